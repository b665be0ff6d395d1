using System.Collections.Concurrent;
using Rpd.Server.Providers;

namespace Rpd.Server.Tests.Support;

/// <summary>Stands in for Studio where a test needs an outcome that real work would not give on demand. The prompt's first word chooses it.</summary>
public sealed class ScriptedProvider : IProvider
{
    /// <summary>A picture of one pixel.</summary>
    private static readonly byte[] Dot = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M/wHwAEBgIApD5fRAAAAABJRU5ErkJggg==");

    public ConcurrentBag<Guid> Started { get; } = [];

    public ConcurrentBag<Guid> Stopped { get; } = [];

    public string Name => "studio";

    /// <summary>From now on it takes nothing.</summary>
    public bool Gone { get; set; }

    public string? Unavailable(string model) => Gone ? "It is gone." : null;

    public async Task<ProviderResult> Submit(ProviderRequest request, IProgress<int> progress, CancellationToken cancel)
    {
        Started.Add(request.GenerationId);
        progress.Report(10);
        switch (request.Prompt.Split(' ')[0])
        {
            case "fail":
                return new ProviderResult.Failed(ProviderFault.ContentPolicy, "The provider refused it.");
            case "throw":
                throw new InvalidOperationException("A bug.");
            case "full":
                throw new IOException("No space left on device", 28);
            case "hang":
                try
                {
                    await Task.Delay(Timeout.Infinite, cancel);
                }
                finally
                {
                    Stopped.Add(request.GenerationId);
                }
                break;
            case "half":
                return new ProviderResult.Finished([Picture(request, 0)]);
        }
        return new ProviderResult.Finished([.. Enumerable.Range(0, request.Count).Select(ordinal => Picture(request, ordinal))]);
    }

    private static ProviderOutput Picture(ProviderRequest request, int ordinal)
    {
        var path = Path.Combine(request.WorkFolder, $"{ordinal}.png");
        File.WriteAllBytes(path, request.Prompt.StartsWith("portrait ", StringComparison.Ordinal) ? Recognition.TestPictures.Astronaut : Dot);
        return new(path);
    }
}
