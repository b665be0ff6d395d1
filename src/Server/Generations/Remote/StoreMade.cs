using Rpd.Server.Media;
using Rpd.Server.Providers;
using Rpd.Server.Providers.Vendors;

namespace Rpd.Server.Generations.Remote;

/// <summary>Brings what a vendor has made into our storage.</summary>
public sealed class StoreMade(VendorRuns runs, CollectOutputs collect)
{
    /// <param name="ordinal">Of the first of them.</param>
    /// <returns>All of them, or none and why.</returns>
    internal async Task<(IReadOnlyList<Output>? Outputs, string? Trouble)> Run(
        RemoteRun run, Vendor vendor, VendorAccess access, IEnumerable<VendorOutput> made, int ordinal, CancellationToken cancel)
    {
        var files = new List<ProviderOutput>();
        foreach (var output in made)
        {
            var (path, trouble) = await runs.Fetch(vendor, access, output, run.Folder, cancel);
            if (path is null) return (null, trouble ?? "There is no file.");
            files.Add(new(path) { Seed = output.Seed });
        }
        try
        {
            return (await collect.Run(run.Id, files, cancel, ordinal), null);
        }
        catch (MediaRefused refused)
        {
            return (null, $"What the vendor made is no media that we know: {refused.Message}");
        }
    }
}
