using Npgsql;
using Rpd.Server.Jobs;
using Rpd.Server.Live;
using Rpd.Server.Storage;
using Rpd.Shared;

namespace Rpd.Server.Generations;

/// <summary>
/// An owner erases a finished generation. Row, outputs and publication go in one transaction together with the job that deletes the files, so a crash
/// leaves none behind. The ledger keeps its entries: what was paid was paid.
/// </summary>
public sealed class PurgeGeneration(NpgsqlDataSource database, GenerationQueries queries, JobBell bell, LiveFeed live)
{
    public async Task<Refusal?> Run(Guid account, Guid id, CancellationToken cancel, bool test = false)
    {
        await using (var command = database.CreateCommand("""
            with gone as (
              delete from generations where id = $1 and account_id = $2 and test = $3 and completed_at is not null returning id, visibility
            ), queued as (
              insert into jobs (kind, lane, args, state, run_at, attempts_max, created_at)
              select 'generation.erase', 'quick', jsonb_build_object('id', id), 'ready', now(), 8, now() from gone
            )
            select visibility from gone
            """))
        {
            command.Parameters.AddWithValue(id);
            command.Parameters.AddWithValue(account);
            command.Parameters.AddWithValue(test);
            if (await command.ExecuteScalarAsync(cancel) is string visibility)
            {
                bell.Ring(Lanes.Quick);
                if (visibility != Rpd.Shared.Generations.Visibility.Private) live.GalleryChanged();
                return null;
            }
        }
        return await queries.Status(account, id, cancel, test) is { } status
            ? Refusal.Conflict($"The generation is {status}: cancel it first, then it can be purged.") : Refusal.NotFound("The generation");
    }
}

/// <summary>The job <c>generation.erase</c>: the files of a purged generation. Those that are gone already are fine.</summary>
public sealed class EraseFiles(IStorage storage) : IJob
{
    public sealed record Args(Guid Id);

    public async Task<JobResult> Run(JobRun job, CancellationToken cancel)
    {
        await storage.DeleteAll(CollectOutputs.Folder(job.Read<Args>().Id), cancel);
        return JobResult.Done;
    }
}
