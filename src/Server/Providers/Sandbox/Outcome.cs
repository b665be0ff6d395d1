namespace Rpd.Server.Providers.Sandbox;

/// <summary>
/// How a sandbox run ends. A model of Sandbox's own is named after its outcome (<c>sandbox-failure</c>); with a test key a word in the prompt chooses it for
/// any model (<c>sandbox:failure</c>). Without either it succeeds at once.
/// </summary>
/// <param name="DelaySeconds">Until the vendor that is played is ready; null when it answers in the same call.</param>
/// <param name="DeadlineSeconds">A deadline of its own, where running into it is the point.</param>
public sealed record Outcome(string Name, int? DelaySeconds = null, int? DeadlineSeconds = null)
{
    public static readonly Outcome Success = new("success");

    public static readonly IReadOnlyList<Outcome> All =
    [
        Success, new("slow", 10), new("failure"), new("timeout", Never, 5), new("moderation"), new("down"), new("flaky-callback", 3), new("duplicate-callback", 3),
        new("late-success", 8, 5),
    ];

    /// <summary>Longer than anybody waits.</summary>
    public const int Never = 10 * 365 * 24 * 3600;

    private const string Model = "sandbox-", Word = "sandbox:";

    public static Outcome Of(string model, string? prompt)
    {
        if (model.StartsWith(Model, StringComparison.Ordinal)) return Named(model[Model.Length..]) ?? Success;
        var at = prompt?.IndexOf(Word, StringComparison.Ordinal) ?? -1;
        if (at < 0) return Success;
        var rest = prompt.AsSpan(at + Word.Length);
        var end = rest.IndexOfAnyExcept("abcdefghijklmnopqrstuvwxyz-");
        return Named((end < 0 ? rest : rest[..end]).ToString()) ?? Success;
    }

    private static Outcome? Named(string name) => All.FirstOrDefault(outcome => outcome.Name == name);
}
