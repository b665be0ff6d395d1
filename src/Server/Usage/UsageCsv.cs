using System.Text;

namespace Rpd.Server.Usage;

/// <summary>A table for spreadsheets, written row by row as the rows come.</summary>
internal static class UsageCsv
{
    public static IResult Answer(string fileName, IReadOnlyList<string> head, IAsyncEnumerable<IReadOnlyList<string>> rows) => Results.Stream(async body =>
    {
        await using var writer = new StreamWriter(body, new UTF8Encoding(false), leaveOpen: true);
        await writer.WriteAsync(Line(head));
        await foreach (var row in rows) await writer.WriteAsync(Line(row));
    }, "text/csv; charset=utf-8", fileName);

    private static string Line(IEnumerable<string> cells) => string.Join(',', cells.Select(Cell)) + "\r\n";

    /// <summary>A spreadsheet takes a text that begins like a formula for one, and people choose the names of keys: such a text begins with an apostrophe.</summary>
    internal static string Cell(string text)
    {
        if (text.Length > 0 && "=+-@\t\r\n".Contains(text[0], StringComparison.Ordinal)) text = "'" + text;
        return text.AsSpan().IndexOfAny(",\"\r\n\t") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
