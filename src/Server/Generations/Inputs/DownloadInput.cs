using Rpd.Server.Outbound;

namespace Rpd.Server.Generations.Inputs;

/// <summary>Fetches an input from somebody else's server, within bounds, and once or twice more when the trouble may pass.</summary>
public sealed class DownloadInput(OutboundHttp outbound, InputOptions options, TimeProvider time)
{
    private static readonly TimeSpan[] Pauses = [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(3)];

    /// <returns>Null when the file is there; otherwise a sentence that tells nothing of networks the customer cannot see.</returns>
    public async Task<string?> Run(InputKind kind, Uri address, string path, CancellationToken cancel)
    {
        for (var attempt = 0; ; attempt++)
        {
            OutboundResult<Downloaded> result;
            await using (var file = File.Create(path)) result = await outbound.Download(address, file, options.BytesMax, TimeSpan.FromSeconds(options.FetchSeconds), cancel);
            if (!result.Failed) return null;
            // What our rules forbid and what is too large stays so.
            if (attempt == Pauses.Length || result.Failure.Fault is OutboundFault.Refused or OutboundFault.TooLarge) return $"{kind.Field} could not be fetched. {result.Failure.Message}";
            await Task.Delay(Pauses[attempt], time, cancel);
        }
    }
}
