using System.Text;
using Rpd.Shared;

namespace Rpd.Server.CustomModels.Examples;

public readonly record struct LabelledText(string Text, string Label);

/// <summary>A CSV with the columns <c>text</c> and <c>label</c>, in UTF-8; other columns are left alone. Whatever is wrong is said with its line, up to <see cref="ErrorsMax"/> of them.</summary>
public static class LabelledTexts
{
    private const int ErrorsMax = 20;
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static Outcome<IReadOnlyList<LabelledText>> Read(ReadOnlySpan<byte> file)
    {
        if (file.Length > UploadLimits.CsvBytesMax) return UploadLimits.CsvTooLarge;
        try
        {
            return Read(Strict.GetString(file.StartsWith(Encoding.UTF8.Preamble) ? file[Encoding.UTF8.Preamble.Length..] : file));
        }
        catch (DecoderFallbackException)
        {
            return Refusal.Invalid("file", "The file is not text in UTF-8. Save it as \"CSV UTF-8\".");
        }
        catch (InvalidDataException unclosed)
        {
            return Refusal.Invalid("file", unclosed.Message);
        }
    }

    private static Outcome<IReadOnlyList<LabelledText>> Read(string csv)
    {
        var rows = CsvRows.Read(csv).Take(UploadLimits.TextsMax + 2).ToArray();
        if (rows.Length == 0) return Refusal.Invalid("file", "The file is empty.");
        string[] head = [.. rows[0].Values.Select(name => name.Trim().ToLowerInvariant())];
        var (text, label) = (Array.IndexOf(head, "text"), Array.IndexOf(head, "label"));
        if (text < 0 || label < 0) return Refusal.Invalid("file", "The first line must name the columns text and label, separated by a comma.");
        if (rows.Length - 1 > UploadLimits.TextsMax) return Refusal.Invalid("file", $"There may be {UploadLimits.TextsMax} examples.");
        var examples = rows.Skip(1).Select(row => (row.Line, Wrong: Wrong(row, head.Length, text, label), Row: row)).ToArray();
        FieldError[] wrong = [.. examples.Where(example => example.Wrong is not null).Take(ErrorsMax).Select(example => new FieldError("file", $"Line {example.Line} {example.Wrong}."))];
        if (wrong.Length > 0) return Refusal.Invalid(wrong);
        LabelledText[] all = [.. examples.Select(example => new LabelledText(example.Row.Values[text].Trim(), example.Row.Values[label].Trim()))];
        return UploadLimits.TooFew(all.Select(one => one.Label)) is { } few ? few : all;
    }

    private static string? Wrong(CsvRow row, int columns, int text, int label)
    {
        if (row.Values.Count != columns) return $"has {row.Values.Count} values, the first line {columns}";
        var said = row.Values[text].Trim();
        return said.Length == 0 ? "has no text" : said.Length > UploadLimits.TextMax ? $"has a text of more than {UploadLimits.TextMax} characters"
            : said.Contains('\0', StringComparison.Ordinal) ? "holds a NUL character" : UploadLimits.WrongLabel(row.Values[label].Trim());
    }
}
