using Rpd.Server.Providers.Studio.Sketch;

namespace Rpd.Server.Providers.Studio.Motion;

/// <summary>The hours a film goes through. One: the light stays.</summary>
internal static class Daylight
{
    public static readonly IReadOnlyList<string> Wishes = ["steady", "day to night", "night to day"];

    private static readonly string[] Hurried = ["time-lapse", "timelapse", "time lapse", "zeitraffer"];

    /// <summary>Null: as the prompt's first word for an hour says. Several such words are a way from the first to the last.</summary>
    public static IReadOnlyList<Hour?> Of(string? wish, string prompt)
    {
        if (wish == "steady") return [null];
        if (wish == "day to night") return Between(Hour.Day, Hour.Night);
        if (wish == "night to day") return Between(Hour.Night, Hour.Day);
        var words = Prompt.Words(prompt);
        var said = Lexicon.Hours.In(words).OrderBy(hour => hour.At).Select(hour => hour.Meaning).Distinct().ToList();
        if (said.Count > 1 && words.Any(word => word is "to" or "into" or "until" or "turning" or "turns" or "becomes")) return Between(said[0], said[^1]);
        return Hurried.Any(word => prompt.Contains(word, StringComparison.OrdinalIgnoreCase)) ? Between(Hour.Day, Hour.Night) : [null];
    }

    /// <summary>How far into the way a moment is, 0–1: the first and the last light are held a little.</summary>
    public static double Progress(double share)
    {
        var t = Math.Clamp((share - 0.08) / 0.84, 0, 1);
        return t * t * (3 - 2 * t);
    }

    private static IReadOnlyList<Hour?> Between(Hour from, Hour to) => (from, to) switch
    {
        (Hour.Day or Hour.Golden, Hour.Night) => [from, Hour.Sunset, to],
        (Hour.Night, Hour.Day or Hour.Golden) => [from, Hour.Dawn, to],
        (Hour.Dawn, Hour.Night) => [from, Hour.Day, Hour.Sunset, to],
        _ => [from, to],
    };
}
