using Rpd.Server.Jobs;
using Rpd.Server.Storage;

namespace Rpd.Server.Files;

/// <summary>The job <c>file.erase</c>: deletes bytes that no row names any more. Inserted by the transaction that lets go of them.</summary>
public sealed class EraseFiles(IStorage storage, JobBell bell) : IJob
{
    internal const string InsertSql = "insert into jobs (kind, lane, args, state, run_at, attempts_max, created_at)";

    public sealed record Args(string Prefix);

    public async Task<JobResult> Run(JobRun job, CancellationToken cancel)
    {
        await storage.DeleteAll(job.Read<Args>().Prefix, cancel);
        return JobResult.Done;
    }

    /// <summary>After the commit.</summary>
    public void Announce() => bell.Ring(Lanes.Quick);
}
