using System.Globalization;
using System.Text.Json;
using Rpd.Server.Media;

namespace Rpd.Server.Providers.Sandbox;

/// <summary>
/// A vendor that is played: every way in which work can end, on demand and without cost, for developers of clients and for our own tests. It keeps nothing:
/// its name for a run says when the run is ready, so that a restart changes nothing.
/// </summary>
public sealed class SandboxProvider(Tools tools, IProviderCallbacks callbacks, TimeProvider time) : ICollectingProvider
{
    public const string ProviderName = "sandbox";

    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1), PollOfNever = TimeSpan.FromMinutes(1);

    public string Name => ProviderName;

    public string? Unavailable(string model) => null;

    public async Task<ProviderResult> Submit(ProviderRequest request, IProgress<int> progress, CancellationToken cancel)
    {
        var outcome = Outcome.Of(request.Model, request.Prompt);
        switch (outcome.Name)
        {
            case "failure":
                return new ProviderResult.Failed(ProviderFault.Internal, "Sandbox failed, as it was asked to.");
            case "moderation":
                return new ProviderResult.Failed(ProviderFault.ContentPolicy, "Sandbox refused the prompt, as it was asked to.");
            case "down":
                return new ProviderResult.Failed(ProviderFault.Unavailable, "Sandbox is down, as it was asked to be.");
        }
        if (outcome.DelaySeconds is not { } usual) return await SandboxMedia.Make(request, tools, progress, cancel);
        var delay = outcome.DelaySeconds == Outcome.Never ? usual : Number(request, "delay") ?? usual;
        var ready = time.GetUtcNow().AddSeconds(delay);
        if (outcome.Name == "duplicate-callback") _ = CallTwice(request.GenerationId, ready);
        return Pending(ready.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture), ready);
    }

    public async Task<ProviderResult> Collect(string upstreamId, ProviderRequest request, IProgress<int> progress, CancellationToken cancel)
    {
        var ready = DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(upstreamId, CultureInfo.InvariantCulture));
        return time.GetUtcNow() < ready ? Pending(upstreamId, ready) : await SandboxMedia.Make(request, tools, progress, cancel);
    }

    private ProviderResult.Pending Pending(string upstreamId, DateTimeOffset ready)
    {
        var left = ready - time.GetUtcNow();
        return new(upstreamId, left > TimeSpan.FromDays(1) ? PollOfNever : left > Poll || left < TimeSpan.Zero ? Poll : left);
    }

    // Lost when the server stops, as callbacks are: the poll finds what is ready.
    private async Task CallTwice(Guid generation, DateTimeOffset ready)
    {
        await Task.Delay(ready > time.GetUtcNow() ? ready - time.GetUtcNow() : TimeSpan.Zero, time);
        callbacks.Arrived(generation);
        callbacks.Arrived(generation);
    }

    private static double? Number(ProviderRequest request, string name) =>
        request.Params.TryGetValue(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : null;
}

public static class SandboxSetup
{
    public static IServiceCollection AddSandbox(this IServiceCollection services) => services.AddSingleton<IProvider, SandboxProvider>();
}
