using System.Collections.Concurrent;
using Rpd.Server.Providers;

namespace Rpd.Server.Tests.Generations.Inputs;

/// <summary>Plays a vendor whose models start from files: remembers what it was given and answers with the same film.</summary>
internal sealed class FilmProvider(byte[] film, string name = "kling") : IProvider
{
    public ConcurrentDictionary<Guid, Given> Runs { get; } = [];

    public string Name => name;

    public string? Unavailable(string model) => null;

    public async Task<ProviderResult> Submit(ProviderRequest request, IProgress<int> progress, CancellationToken cancel)
    {
        var inputs = request.Inputs;
        Runs[request.GenerationId] = new(await Read(inputs.Image), await Read(inputs.Video), await Read(inputs.Audio), [.. new[] { inputs.Image, inputs.Video, inputs.Audio }.Select(Path.GetExtension)]);
        var made = Path.Combine(request.WorkFolder, "made.mp4");
        await File.WriteAllBytesAsync(made, film, cancel);
        return new ProviderResult.Finished([new(made)]);
    }

    private static async Task<byte[]?> Read(string? path) => path is null ? null : await File.ReadAllBytesAsync(path);

    public sealed record Given(byte[]? Image, byte[]? Video, byte[]? Audio, string?[] Extensions);
}
