using Rpd.Server.Providers.Studio.Sketch;

namespace Rpd.Server.Providers.Studio;

/// <summary>Where Studio's chance begins.</summary>
internal static class Seeds
{
    /// <summary>Without a seed, or with −1 as some clients say it, the generation's own id decides: chance that repeats after a crash.</summary>
    public static long Seed(this ProviderRequest request) =>
        request.Whole("seed") is { } seed and not -1 ? seed : (long)(Rng.Hash(request.GenerationId.ToString("N")) >> 1);
}
