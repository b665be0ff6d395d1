using System.Globalization;
using Rpd.Server.Analysis.Pictures;
using Rpd.Server.Media;
using Rpd.Shared;
using Rpd.Shared.Analysis;

namespace Rpd.Server.Analysis.Builtin;

/// <summary>Reads what is written in a picture, by tesseract: lines with their words, where each stands and how sure the program is.</summary>
public sealed class ReadText(Tools tools)
{
    private const int SecondsMax = 30, SidePixelsMax = 3_000;

    /// <summary>Tesseract's data by language; each is a Debian package of its own, named after it.</summary>
    private static readonly Dictionary<string, string> Packs = new(StringComparer.Ordinal)
    {
        ["en"] = "eng",
        ["de"] = "deu",
        ["fr"] = "fra",
        ["es"] = "spa",
        ["it"] = "ita",
        ["pt"] = "por",
        ["ja"] = "jpn",
        ["ko"] = "kor",
        ["hi"] = "hin",
        ["ar"] = "ara",
        ["zh"] = "chi_sim",
        ["zh-TW"] = "chi_tra",
    };

    private static readonly string[] Usual = ["eng", "deu", "fra", "spa", "ita", "por"];

    // Reading is all that a processor can do meanwhile.
    private readonly SemaphoreSlim hands = new(Environment.ProcessorCount);

    public string? Missing => tools.Tesseract.Present ? null : tools.Tesseract.Missing;

    /// <param name="language">Empty: all of those in Latin letters that are installed.</param>
    public async Task<Outcome<TextResult>> Run(Picture picture, string language, CancellationToken cancel)
    {
        var installed = await Installed(cancel);
        var packs = language.Length == 0 ? Usual.Where(installed.Contains).ToArray() : [Packs[language]];
        if (packs.Length == 0 || !installed.Contains(packs[0])) return new Refusal("PROVIDER_UNAVAILABLE", 503, $"Writing in this language cannot be read here: install the package {tools.Tesseract.Package}-{(packs.Length == 0 ? "eng" : packs[0].Replace('_', '-'))}.");
        await hands.WaitAsync(cancel);
        try
        {
            var small = Path.ChangeExtension(picture.Path, ".ocr.jpg");
            var shrunk = await tools.VipsThumbnail.Run([picture.Path, "--size", $"{SidePixelsMax}x{SidePixelsMax}>", "-o", small + "[Q=95]"], Probe.Guarded(SecondsMax), cancel);
            if (shrunk.ExitCode != 0) return Refusal.Invalid("file", "The picture could not be decoded.");
            // It would start a thread for each processor, which makes it slower and others wait. Mode 11 looks for text wherever it stands.
            var read = await tools.Tesseract.Run([small, "stdout", "-l", string.Join('+', packs), "--psm", "11", "tsv"],
                Probe.Guarded(SecondsMax, 4 * 1024 * 1024) with { Environment = new Dictionary<string, string> { ["OMP_THREAD_LIMIT"] = "1" } }, cancel);
            return read.ExitCode == 0 ? Read(read.Text) : Refusal.Invalid("file", "The picture could not be read.");
        }
        catch (TimeoutException)
        {
            return Refusal.Invalid("file", "The picture takes too long to read. Send a smaller one.");
        }
        finally
        {
            hands.Release();
        }
    }

    private async Task<HashSet<string>> Installed(CancellationToken cancel) =>
        [.. (await tools.Tesseract.Run(["--list-langs"], ToolOptions.Within(10), cancel)).Text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];

    /// <summary>Tesseract's table: page, blocks, paragraphs, lines (level 4) and words (level 5), each with left, top, width, height and, for words, a confidence of 0 to 100.</summary>
    internal static TextResult Read(string table)
    {
        var found = new List<TextDetection>();
        var (width, height, box) = (1.0, 1.0, new BoundingBox(0, 0, 0, 0));
        var words = new List<TextDetection>();
        foreach (var row in table.Split('\n').Skip(1).Select(line => line.TrimEnd('\r').Split('\t')).Where(row => row.Length == 12))
        {
            if (row[0] == "1") (width, height) = (Whole(row[8]), Whole(row[9]));
            if (row[0] == "4")
            {
                EndLine();
                box = Box(row);
            }
            if (row[0] == "5" && row[11].Trim() is { Length: > 0 } word) words.Add(new(word, "WORD", Math.Round(Math.Clamp(double.Parse(row[10], CultureInfo.InvariantCulture), 0, 100), 2), new(Box(row))));
        }
        EndLine();
        return new(found);

        BoundingBox Box(string[] row) => new(Math.Round(Whole(row[6]) / width, 6), Math.Round(Whole(row[7]) / height, 6), Math.Round(Whole(row[8]) / width, 6), Math.Round(Whole(row[9]) / height, 6));

        void EndLine()
        {
            if (words.Count > 0) found.Add(new(string.Join(' ', words.Select(word => word.DetectedText)), "LINE", Math.Round(words.Average(word => word.Confidence), 2), new(box)));
            found.AddRange(words);
            words.Clear();
        }
    }

    private static double Whole(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
