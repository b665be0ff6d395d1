using System.Text;
using System.Text.RegularExpressions;

namespace Rpd.Server.Chat.Assistant.Knowledge;

/// <summary>A passage as an answer shows it: the blocks that speak of what was asked, word for word, and where they stand.</summary>
internal static partial class Quotes
{
    private const int LengthMax = 900;

    public static string Of(Passage passage, IReadOnlySet<string> asked, PassageIndex index)
    {
        var quote = new StringBuilder($"**{Plain(passage.Title)}** – {Where(passage)}\n");
        foreach (var block in Chosen(passage.Blocks, asked, index))
        {
            quote.Append('\n');
            foreach (var line in Plain(Cut(block)).Split('\n')) quote.Append("> ").Append(line).Append('\n');
            quote.Append('>');
        }
        return quote.ToString().TrimEnd('>', '\n');
    }

    public static string Where(Passage passage) => passage.Address is { } address ? $"{Plain(passage.Source)}, [{address}]({address})" : Plain(passage.Source);

    /// <summary>In their order, as many as there is room for; code goes along with what stands before it.</summary>
    private static IEnumerable<string> Chosen(IReadOnlyList<string> blocks, IReadOnlySet<string> asked, PassageIndex index)
    {
        var scores = blocks.Select(block => Terms.Of(block).Distinct().Where(asked.Contains).Sum(index.Weight)).ToArray();
        for (var i = 1; i < blocks.Count; i++)
            if (blocks[i].StartsWith("```", StringComparison.Ordinal)) scores[i] = Math.Max(scores[i], scores[i - 1] * 0.95);
        var room = LengthMax;
        var chosen = new SortedSet<int>();
        foreach (var i in Enumerable.Range(0, blocks.Count).OrderByDescending(i => scores[i]).ThenBy(i => i))
        {
            if (chosen.Count > 0 && (room < blocks[i].Length || scores[i] < scores[chosen.First()] * 0.4)) continue;
            chosen.Add(i);
            room -= blocks[i].Length;
        }
        return chosen.Select(i => blocks[i]);
    }

    private static string Cut(string block) => block.Length <= LengthMax || block.StartsWith("```", StringComparison.Ordinal) ? block
        : block[..block.LastIndexOf(' ', LengthMax)] + " …";

    /// <summary>Links between files lead nowhere here, and a sign that begins a tag is only a sign.</summary>
    private static string Plain(string text)
    {
        if (text.StartsWith("```", StringComparison.Ordinal)) return text;
        var parts = FileLink().Replace(text, "$1").Split('`');
        for (var i = 0; i < parts.Length; i += 2) parts[i] = parts[i].Replace("<", "&lt;", StringComparison.Ordinal);
        return string.Join('`', parts);
    }

    [GeneratedRegex(@"\[([^\]]+)\]\((?!/|https?://)[^)]*\)")]
    private static partial Regex FileLink();
}
