using System.Collections.Frozen;

namespace Rpd.Server.Analysis.Builtin;

/// <summary>What is known of a language whose words stand between spaces: its stop words and its words of opinion.</summary>
internal sealed class TextLanguage
{
    public static readonly FrozenDictionary<string, TextLanguage> All =
        new[] { "en", "de", "fr", "es", "it", "pt" }.ToFrozenDictionary(code => code, code => new TextLanguage(code));

    private readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> stop;

    private TextLanguage(string code)
    {
        Code = code;
        Elision = code is "fr" or "it";
        var words = WordLists.Lines("stop-" + code).SelectMany(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToFrozenSet();
        stop = words.GetAlternateLookup<ReadOnlySpan<char>>();
        StopWords = words;
        Opinions = new(code);
    }

    public string Code { get; }

    /// <summary>Articles and pronouns lose their vowel before another: <c>l'eau</c>.</summary>
    public bool Elision { get; }

    public IReadOnlyCollection<string> StopWords { get; }

    public OpinionWords Opinions { get; }

    /// <param name="word">In lower case.</param>
    public bool IsStopWord(ReadOnlySpan<char> word) => stop.Contains(word);
}
