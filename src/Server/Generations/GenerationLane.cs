using Rpd.Server.Jobs;
using Rpd.Server.Providers.Sandbox;
using Rpd.Server.Providers.Studio;

namespace Rpd.Server.Generations;

/// <summary>Which workers run a generation: this server's own work shares a lane, each vendor's has one. The database's <c>generation_lane</c> says the same.</summary>
public static class GenerationLane
{
    public static string Of(string provider, bool test) => test || provider is StudioProvider.ProviderName or SandboxProvider.ProviderName ? Lanes.Slow : provider;
}
