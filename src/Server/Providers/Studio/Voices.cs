namespace Rpd.Server.Providers.Studio;

/// <summary>The voices' names as callers write them and as the speech program does.</summary>
public static class Voices
{
    public const string Usual = "en-us";

    private static readonly (string Name, string Voice)[] Languages =
    [
        ("en-us", "en-us"), ("en-gb", "en-gb"), ("de", "de"), ("es", "es"), ("es-419", "es-419"), ("it", "it"), ("pt", "pt"), ("pt-br", "pt-br"), ("fr", "fr-fr"),
        ("nl", "nl"), ("pl", "pl"), ("ru", "ru"), ("sv", "sv"), ("tr", "tr"), ("ja", "ja"), ("ko", "ko"), ("hi", "hi"), ("ar", "ar"), ("zh", "cmn"),
    ];

    private static readonly Dictionary<string, string> Known = Languages
        .SelectMany(l => new[] { (l.Name, l.Voice), ($"{l.Name}-female", $"{l.Voice}+f3"), ($"{l.Name}-male", $"{l.Voice}+m3") })
        .ToDictionary(v => v.Item1, v => v.Item2, StringComparer.OrdinalIgnoreCase);

    /// <summary>Every language alone, and as <c>-female</c> and <c>-male</c>.</summary>
    public static IEnumerable<string> Names => Known.Keys;

    internal static string? Find(string name) => Known.GetValueOrDefault(name);
}
