namespace Rpd.Server.Tests.Support;

/// <summary>Just as much YAML as docker-compose.yml uses: maps, lists of scalars, comments, quotes. Everything else is refused.</summary>
public static class SimpleYaml
{
    /// <returns>Each scalar under its path: <c>services.server.ports.0</c>. A key without a value has an empty one.</returns>
    public static IReadOnlyDictionary<string, string> Read(string text)
    {
        var values = new Dictionary<string, string>();
        var above = new List<(int Indent, string Path)>();
        foreach (var line in text.Split('\n').Where(line => line.Trim().Length > 0 && !line.TrimStart().StartsWith('#')))
        {
            var indent = line.Length - line.TrimStart().Length;
            if (line.Contains('\t', StringComparison.Ordinal) || indent % 2 == 1) throw new FormatException($"Indentation: {line}");
            var item = line.TrimStart().StartsWith("- ", StringComparison.Ordinal);
            above.RemoveAll(parent => parent.Indent >= indent);
            var parent = above.Count == 0 ? "" : above[^1].Path + ".";
            if (item)
            {
                values.Add($"{parent}{values.Keys.Count(key => key.StartsWith(parent, StringComparison.Ordinal) && key.Length > parent.Length)}", Unquoted(line.Trim()[2..]));
                continue;
            }
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon < 0 || (colon + 1 < line.Length && line[colon + 1] != ' ')) throw new FormatException($"No key: {line}");
            var path = parent + line[..colon].Trim();
            values.Add(path, Unquoted(line[(colon + 1)..].Trim()));
            above.Add((indent, path));
        }
        return values;
    }

    private static string Unquoted(string text) => text.Length > 1 && text[0] == '"' && text[^1] == '"' ? text[1..^1] : text;
}
