using Rpd.Shared;

namespace Rpd.Server.Generations;

/// <summary>An owner stops a generation that is queued or processing and gets all credits back (every present provider can be stopped).</summary>
public sealed class CancelGeneration(EndGeneration end, GenerationQueries queries, AnnounceEnding announce)
{
    /// <param name="test">Runs of test keys and all others do not see each other.</param>
    public async Task<Refusal?> Run(Guid account, Guid id, CancellationToken cancel, bool test = false)
    {
        if (await end.Run(id, Ending.Cancelled, owner: (account, test), cancel: cancel) is { } ended)
        {
            announce.After(ended);
            return null;
        }
        return await queries.Status(account, id, cancel, test) is { } status
            ? Refusal.Conflict($"The generation is {status} and cannot be cancelled.") : Refusal.NotFound("The generation");
    }
}
