using Rpd.Shared;

namespace Rpd.Server.CustomModels.Examples;

/// <summary>What may be uploaded to learn from. With less nothing can be learned, with more it would take more than its share of a server.</summary>
public static class UploadLimits
{
    public const int LabelsMin = 2, LabelsMax = 50, LabelMax = 80, EachMin = 5, TextsMax = 20_000, TextMax = 4_000, PicturesMax = 5_000;
    public const int CsvBytesMax = 20 * 1024 * 1024, PictureBytesMax = 10 * 1024 * 1024;
    public const long UnpackedBytesMax = 400L * 1024 * 1024;

    public static Refusal CsvTooLarge => Refusal.Invalid("file", $"A CSV may have {CsvBytesMax / 1024 / 1024} MB.");

    /// <summary>Null when there is enough of everything to learn from.</summary>
    public static Refusal? TooFew(IEnumerable<string> labels)
    {
        var counts = labels.CountBy(label => label).OrderBy(one => one.Key, StringComparer.Ordinal).ToArray();
        if (counts.Length < LabelsMin) return Refusal.Invalid("file", $"At least {LabelsMin} labels are needed; there {(counts.Length == 1 ? "is one" : "are none")}.");
        if (counts.Length > LabelsMax) return Refusal.Invalid("file", $"There may be {LabelsMax} labels; there are {counts.Length}.");
        var few = counts.Where(one => one.Value < EachMin).ToArray();
        return few.Length == 0 ? null : Refusal.Invalid("file", $"Each label needs {EachMin} examples. Too few: {string.Join(", ", few.Take(10).Select(one => $"{one.Key} ({one.Value})"))}.");
    }

    /// <summary>Null when it is one.</summary>
    public static string? WrongLabel(string label) => label.Length == 0 ? "has no label" : label.Length > LabelMax ? $"has a label of more than {LabelMax} characters" : label.Any(char.IsControl) ? "has a label with a control character" : null;
}
