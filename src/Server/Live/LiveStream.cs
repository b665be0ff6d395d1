namespace Rpd.Server.Live;

/// <summary>What a page listens to: <c>account</c> (the viewer's own), <c>work:&lt;id&gt;</c> or <c>profile:&lt;id&gt;</c>.</summary>
public readonly record struct LiveStream(string Name, Guid Id)
{
    public const string Account = "account", Work = "work", Profile = "profile";

    public string Group => $"{Name}:{Id:N}";

    /// <returns>Null when there is no such stream for this viewer.</returns>
    public static LiveStream? Read(string text, Guid viewer)
    {
        if (text == Account) return new(Account, viewer);
        foreach (var name in new[] { Work, Profile })
            if (text.Length > name.Length && text[name.Length] == ':' && text.StartsWith(name, StringComparison.Ordinal) && Guid.TryParse(text.AsSpan(name.Length + 1), out var id)) return new(name, id);
        return null;
    }
}
