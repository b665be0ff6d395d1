using Rpd.Server.CustomModels.Examples;
using Rpd.Server.CustomModels.Learning;
using Rpd.Server.Storage;
using Rpd.Shared;
using Rpd.Shared.CustomModels;

namespace Rpd.Server.CustomModels.Training;

/// <summary>The uploaded examples as the classifier sees them, in the order of the upload. A picture that cannot be read is a refusal that names it.</summary>
public sealed class ReadExamples(IStorage storage, PictureFeatures pictures)
{
    public async Task<Outcome<IReadOnlyList<Example>>> Run(ModelToTrain model, IProgress<int> progress, CancellationToken cancel)
    {
        await using var file = await storage.Open(CustomModelKeys.Examples(model.AccountId, model.Id), cancel) ?? throw new FileNotFoundException($"The examples of the custom model {model.Id} are gone.");
        return model.Kind == CustomModelKinds.Text ? await Texts(file, model.Labels, progress, cancel) : await Pictures(file, model.Labels, progress, cancel);
    }

    private static async Task<Outcome<IReadOnlyList<Example>>> Texts(Stream file, string[] labels, IProgress<int> progress, CancellationToken cancel)
    {
        using var bytes = new MemoryStream();
        await file.CopyToAsync(bytes, cancel);
        var read = LabelledTexts.Read(bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
        if (read.Declined) return read.Refusal;
        var examples = new Example[read.Value.Count];
        for (var i = 0; i < examples.Length; i++)
        {
            cancel.ThrowIfCancellationRequested();
            examples[i] = new(TextFeatures.Of(read.Value[i].Text), Array.IndexOf(labels, read.Value[i].Label));
            progress.Report((i + 1) * 100 / examples.Length);
        }
        return examples;
    }

    private async Task<Outcome<IReadOnlyList<Example>>> Pictures(Stream file, string[] labels, IProgress<int> progress, CancellationToken cancel)
    {
        using var zip = OpenZip.Run(file);
        var list = LabelledPictures.List(zip);
        if (list.Declined) return list.Refusal;
        var (examples, left) = (new Example[list.Value.Count], UploadLimits.UnpackedBytesMax);
        for (var i = 0; i < examples.Length; i++)
        {
            var unpacked = Unpack(list.Value[i], ref left);
            if (unpacked.Declined) return unpacked.Refusal;
            var features = await pictures.Run(unpacked.Value, cancel);
            if (features.Declined) return features.Refusal with { Message = $"{list.Value[i].Name}: {features.Refusal.Message}" };
            examples[i] = new(features.Value, Array.IndexOf(labels, list.Value[i].Label));
            progress.Report((i + 1) * 100 / examples.Length);
        }
        return examples;
    }

    private static Outcome<byte[]> Unpack(LabelledPicture picture, ref long left)
    {
        try
        {
            return LabelledPictures.Unpack(picture, ref left);
        }
        catch (InvalidDataException fault)
        {
            return Refusal.Invalid("file", fault.Message.Contains(picture.Name, StringComparison.Ordinal) ? fault.Message : $"{picture.Name} is damaged in the archive.");
        }
    }
}
