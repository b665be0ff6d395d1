using Microsoft.Extensions.Caching.Memory;
using Rpd.Server.CustomModels.Learning;
using Rpd.Server.Storage;

namespace Rpd.Server.CustomModels.Predicting;

/// <summary>Weights of the models that are asked, in memory up to a limit. They never change; whether a model may be asked, its row says each time.</summary>
public sealed class KeptClassifiers(IStorage storage, CustomModelOptions options) : IDisposable
{
    private readonly MemoryCache kept = new(new MemoryCacheOptions { SizeLimit = (long)options.MemoryMegabytes << 20 });

    public async ValueTask<Classifier> Of(Guid account, Guid model, CancellationToken cancel)
    {
        if (kept.TryGetValue(model, out Classifier? known)) return known!;
        await using var stored = await storage.Open(CustomModelKeys.Weights(account, model), cancel) ?? throw new FileNotFoundException($"The weights of the custom model {model} are gone.");
        using var bytes = new MemoryStream();
        await stored.CopyToAsync(bytes, cancel);
        return kept.Set(model, Classifier.Read(bytes.ToArray()), new MemoryCacheEntryOptions { Size = bytes.Length, SlidingExpiration = TimeSpan.FromMinutes(30) });
    }

    public void Dispose() => kept.Dispose();
}
