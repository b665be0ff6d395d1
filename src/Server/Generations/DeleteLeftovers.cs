using Rpd.Server.Storage;
using Rpd.Shared.Generations;

namespace Rpd.Server.Generations;

/// <summary>Files that were stored for a generation which then failed, was cancelled or is gone altogether: nobody will ever be shown them.</summary>
public sealed class DeleteLeftovers(GenerationQueries queries, DeliverLate late, IStorage storage)
{
    /// <summary>
    /// Does nothing unless it has ended without outputs: a run that merely lost its lease shares the keys with its heir, and so does what is still delivered
    /// after our deadline.
    /// </summary>
    public async Task Delete(Guid account, Guid id, CancellationToken cancel)
    {
        if (await late.Awaited(id, cancel)) return;
        if (await queries.Status(account, id, cancel) is null or GenerationStatus.Failed or GenerationStatus.Cancelled)
            await storage.DeleteAll(CollectOutputs.Folder(id), cancel);
    }
}
