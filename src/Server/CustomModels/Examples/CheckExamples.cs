using System.Globalization;
using Rpd.Shared;
using Rpd.Shared.CustomModels;

namespace Rpd.Server.CustomModels.Examples;

/// <param name="Labels">In their ordinal order.</param>
public sealed record ExamplesFound(string[] Labels, int Count);

/// <summary>Looks at an upload before anything is kept of it: whoever has sent it hears at once what is wrong.</summary>
public sealed class CheckExamples(CustomModelOptions options)
{
    // A CSV is unfolded in memory.
    private readonly SemaphoreSlim hands = new(Environment.ProcessorCount);

    /// <param name="file">Stands at its beginning again afterwards.</param>
    public async Task<Outcome<ExamplesFound>> Run(string kind, Stream file, CancellationToken cancel)
    {
        if (file.Length == 0) return Refusal.Invalid("file", "The file is empty.");
        if (file.Length > options.UploadBytesMax) return new Refusal("PAYLOAD_TOO_LARGE", 413, string.Create(CultureInfo.InvariantCulture, $"A file may have {options.UploadBytesMax / 1e6:0.#} MB; this one has {file.Length / 1e6:0.#} MB."));
        if (kind == CustomModelKinds.Text && file.Length > UploadLimits.CsvBytesMax) return UploadLimits.CsvTooLarge;
        await hands.WaitAsync(cancel);
        try
        {
            var labels = kind == CustomModelKinds.Text ? await OfTexts(file, cancel) : OfPictures(file);
            file.Position = 0;
            return labels.Declined ? labels.Refusal : new ExamplesFound([.. labels.Value.Distinct().Order(StringComparer.Ordinal)], labels.Value.Count);
        }
        finally
        {
            hands.Release();
        }
    }

    private static async Task<Outcome<IReadOnlyList<string>>> OfTexts(Stream file, CancellationToken cancel)
    {
        var bytes = new byte[file.Length];
        await file.ReadExactlyAsync(bytes, cancel);
        var read = LabelledTexts.Read(bytes);
        if (read.Declined) return read.Refusal;
        string[] labels = [.. read.Value.Select(one => one.Label)];
        return labels;
    }

    private static Outcome<IReadOnlyList<string>> OfPictures(Stream file)
    {
        try
        {
            using var zip = OpenZip.Run(file);
            var read = LabelledPictures.List(zip);
            if (read.Declined) return read.Refusal;
            string[] labels = [.. read.Value.Select(one => one.Label)];
            return labels;
        }
        catch (InvalidDataException)
        {
            return Refusal.Invalid("file", "The file is no zip archive, or it is damaged.");
        }
    }
}
