using System.Reflection;
using System.Text.RegularExpressions;

namespace Rpd.Server.Chat.Assistant.Knowledge;

/// <summary>
/// The pages of <c>docs/</c> that are shipped inside the program, cut into passages: a section under its heading; a paragraph that begins with bold words, and a
/// row of a table that begins with code, by themselves.
/// </summary>
internal static partial class MarkdownPages
{
    private const string Folder = "docs/";

    public static IEnumerable<Passage> All()
    {
        var here = typeof(MarkdownPages).Assembly;
        return here.GetManifestResourceNames().Where(name => name.StartsWith(Folder, StringComparison.Ordinal)).Order(StringComparer.Ordinal).SelectMany(name => Passages(name, Text(here, name)));
    }

    internal static IEnumerable<Passage> Passages(string file, string text)
    {
        string page = "", section = "";
        var open = new List<string>();
        foreach (var block in Blocks(text))
        {
            if (block.StartsWith('#'))
            {
                if (open.Count > 0) yield return Made(file, page, section, open);
                open = [];
                var title = block.TrimStart('#', ' ');
                if (block.StartsWith("# ", StringComparison.Ordinal)) (page, section) = (title, "");
                else section = title;
                continue;
            }
            if (Bold().Match(block) is { Success: true } bold) yield return Made(file, page, Inside(section, bold.Groups[1].Value), [block]);
            var row = Row().Match(block);
            if (row.Success) yield return Made(file, page, Inside(section, row.Groups[1].Value), [Sentence(block)]);
            else open.Add(block.StartsWith('|') ? Sentence(block) : block);
        }
        if (open.Count > 0) yield return Made(file, page, section, open);
    }

    /// <summary>Headings, paragraphs, items, rows and code, one after the other. Lines of one paragraph become one line.</summary>
    internal static IEnumerable<string> Blocks(string text)
    {
        var open = new List<string>();
        var fence = false;
        foreach (var line in text.ReplaceLineEndings("\n").Split('\n').Append(""))
        {
            var code = line.StartsWith("```", StringComparison.Ordinal);
            if (fence)
            {
                open.Add(line);
                if (!code) continue;
                fence = false;
                yield return string.Join('\n', open);
                open = [];
                continue;
            }
            var indented = line.StartsWith("    ", StringComparison.Ordinal) && (open.Count == 0 || open[0].StartsWith("    ", StringComparison.Ordinal));
            var begins = code || indented != (open.Count > 0 && open[0].StartsWith("    ", StringComparison.Ordinal)) || line.StartsWith('#') || line.StartsWith('|') || line.StartsWith("- ", StringComparison.Ordinal);
            if (line.StartsWith("|--", StringComparison.Ordinal))
            {
                // The line before it was the table's head.
                open = [];
                continue;
            }
            if (open.Count > 0 && (begins || line.Length == 0))
            {
                yield return open[0].StartsWith("    ", StringComparison.Ordinal) ? Fenced(open) : string.Join(' ', open.Select(part => part.Trim()));
                open = [];
            }
            if (line.Length == 0) continue;
            fence = code;
            open.Add(line);
        }
    }

    private static string Fenced(List<string> lines) => "```\n" + string.Join('\n', lines.Select(line => line[Math.Min(4, line.Length)..])) + "\n```";

    private static string Inside(string section, string part) => section.Length == 0 ? part : $"{section}: {part}";

    private static Passage Made(string file, string page, string section, IReadOnlyList<string> blocks) =>
        new(Code().Replace(Address().Replace(section.Length == 0 ? page : section, ""), "$1"), $"{page} (`{file}`)", Address().Match(section) is { Success: true } address ? address.Groups[1].Value : Shown(file), blocks);

    /// <summary>Pages of this server that have the same things.</summary>
    private static string? Shown(string file) => file switch { Folder + "webhooks.md" => "/docs#webhooks", Folder + "sandbox.md" => "/docs#test-keys", Folder + "studio.md" => "/models?provider=studio", _ => null };

    /// <summary>"| `a` | 1 | what it is |" as people would say it: "`a`, 1: what it is".</summary>
    private static string Sentence(string row)
    {
        var cells = row.Trim().Trim('|').Split('|', StringSplitOptions.TrimEntries);
        var between = string.Join(", ", cells.Skip(1).SkipLast(1).Where(cell => cell.Length > 0));
        return cells[0] + (between.Length > 0 ? $" ({between})" : "") + (cells is [_, .., { Length: > 0 } last] ? $": {last}" : "");
    }

    private static string Text(Assembly from, string name)
    {
        using var reader = new StreamReader(from.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }

    [GeneratedRegex(@"^(?:- )?\*\*(.+?)\*\*")]
    private static partial Regex Bold();

    // A last cell with a sentence: a number alone would say nothing.
    [GeneratedRegex(@"^\|\s*`([^`]+)`.*\|[^|]{26,}\|\s*$")]
    private static partial Regex Row();

    [GeneratedRegex("`([^`]*)`")]
    private static partial Regex Code();

    [GeneratedRegex(@"\s*\(`(/[a-z][a-z/-]*)`\)$")]
    private static partial Regex Address();
}
