using System.Globalization;
using Rpd.Server.Media;
using Rpd.Server.Providers;
using Rpd.Server.Storage;

namespace Rpd.Server.Generations;

/// <summary>Probes a provider's files and copies them with their thumbnails into our storage: before anything says <c>completed</c>.</summary>
public sealed class CollectOutputs(Probe probe, Thumbnails thumbnails, Tools tools, IStorage storage)
{
    /// <summary>Keys look like <c>outputs/01/019a…/0.png</c>; the thumbnails are <c>0-640.webp</c> beside it.</summary>
    public static string Folder(Guid generation)
    {
        var hex = generation.ToString("N");
        return $"outputs/{hex[^2..]}/{hex}";
    }

    /// <summary>The generation that a file of that key came out of; null for any other key.</summary>
    public static Guid? GenerationOf(string key) => key.Split('/') is ["outputs", _, var folder, _] && Guid.TryParseExact(folder, "N", out var id) ? id : null;

    /// <summary>May run twice for the same generation: keys are the same and writes replace.</summary>
    /// <param name="first">The ordinal of the first file, where others make the ones before it.</param>
    public async Task<IReadOnlyList<Output>> Run(Guid generation, IReadOnlyList<ProviderOutput> files, CancellationToken cancel, int first = 0)
    {
        var outputs = new List<Output>();
        foreach (var (index, file) in files.Index()) outputs.Add(await Collect(generation, first + index, file, cancel));
        return outputs;
    }

    private async Task<Output> Collect(Guid generation, int ordinal, ProviderOutput file, CancellationToken cancel)
    {
        var path = file.Path;
        var facts = await probe.Read(path, cancel);
        var folder = Folder(generation);
        var key = $"{folder}/{ordinal}{MediaTypes.Extension(facts.ContentType)}";
        await Put(key, path, cancel);
        IReadOnlyList<Thumbnail> small = [];
        string? blurHash = null;
        if (facts.Width is not null)
        {
            // Parts of one generation end side by side in one work folder, and thumbnails have the same names whatever they are of.
            var own = Directory.CreateDirectory(Path.Combine(Path.GetDirectoryName(path)!, string.Create(CultureInfo.InvariantCulture, $"thumbnails-{ordinal}")));
            small = await thumbnails.Make(path, facts, own.FullName, cancel);
            foreach (var thumbnail in small) await Put(Thumbnails.Key(key, thumbnail.Width), thumbnail.Path, cancel);
            if (small.Count > 0) blurHash = await BlurHash.Of(small[0].Path, tools, cancel);
        }
        return new Output
        {
            GenerationId = generation,
            Ordinal = ordinal,
            StorageKey = key,
            ContentType = facts.ContentType,
            Width = facts.Width,
            Height = facts.Height,
            DurationSeconds = facts.DurationSeconds,
            Bytes = facts.Bytes,
            BlurHash = blurHash,
            Seed = file.Seed,
            ThumbnailWidths = [.. small.Select(thumbnail => thumbnail.Width)],
        };
    }

    private async Task Put(string key, string path, CancellationToken cancel)
    {
        await using var content = File.OpenRead(path);
        await storage.Put(key, content, cancel);
    }
}
