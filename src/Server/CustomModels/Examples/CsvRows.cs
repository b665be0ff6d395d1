using System.Text;

namespace Rpd.Server.CustomModels.Examples;

/// <param name="Line">Where it begins, from 1.</param>
public readonly record struct CsvRow(int Line, IReadOnlyList<string> Values);

/// <summary>RFC 4180: commas, line ends of any kind, quoted values with doubled quotes inside. A quote that is never closed is an <see cref="InvalidDataException"/>.</summary>
public static class CsvRows
{
    public static IEnumerable<CsvRow> Read(string csv)
    {
        var (values, value, line, began) = (new List<string>(), new StringBuilder(), 1, 1);
        var (quoted, wasQuoted) = (false, false);
        for (var at = 0; at < csv.Length; at++)
        {
            var letter = csv[at];
            if (letter == '\n') line++;
            if (quoted)
            {
                if (letter != '"') value.Append(letter);
                else if (at + 1 < csv.Length && csv[at + 1] == '"') value.Append(csv[at++]);
                else quoted = false;
            }
            else if (letter == '"' && value.Length == 0 && !wasQuoted) quoted = wasQuoted = true;
            else if (letter == ',') End();
            else if (letter is '\r' or '\n')
            {
                if (letter == '\r' && at + 1 < csv.Length && csv[at + 1] == '\n') continue;
                End();
                if (values is not [""]) yield return new(began, [.. values]);
                values.Clear();
                began = line;
            }
            else value.Append(letter);
        }
        if (quoted) throw new InvalidDataException($"The quote that begins in line {began} is never closed.");
        End();
        if (values is not [""]) yield return new(began, [.. values]);

        void End()
        {
            values.Add(value.ToString());
            value.Clear();
            wasQuoted = false;
        }
    }
}
