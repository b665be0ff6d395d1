using Microsoft.EntityFrameworkCore;
using Rpd.Server.Audit;
using Rpd.Server.Jobs;
using Rpd.Shared;

namespace Rpd.Server.Admin;

/// <summary>Which jobs: one that is dead or stuck, or all dead ones of a kind.</summary>
public sealed record JobPick(long? Id, string? Kind)
{
    /// <summary>So many at once: a click must not lock a queue.</summary>
    private const string MostText = "1000";

    // A running job is somebody's as long as its lease holds.
    internal const string Sql = $$"""
        select id from jobs where ({0}::bigint is not null and id = {0} and (state = 'dead' or (state in ('ready', 'running') and {{QueueQueries.Stuck}})))
          or ({0}::bigint is null and state = 'dead' and kind = {1}) order by id limit {{MostText}} for update skip locked
        """;

    internal string Target => Id is { } id ? $"job {id.ToString(System.Globalization.CultureInfo.InvariantCulture)}" : Kind!;

    internal object[] Values => [new Npgsql.NpgsqlParameter { Value = (object?)Id ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Bigint }, new Npgsql.NpgsqlParameter { Value = Kind ?? "" }];
}

/// <summary>Gives jobs all their attempts again, from now on. A worker that still holds one of them loses it by the fence.</summary>
public sealed class RequeueJobs(AppDb db, RecordAudit audit, JobBell bell)
{
    /// <returns>How many there were.</returns>
    public async Task<Outcome<int>> Run(Actor by, JobPick which, string reason, CancellationToken cancel)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var lanes = await db.Database.SqlQueryRaw<string>($"""
            update jobs j set state = 'ready', attempts = 0, fence = fence + 1, lease_until = null, run_at = now() from ({JobPick.Sql}) picked where j.id = picked.id returning j.lane as "Value"
            """, which.Values).ToListAsync(cancel);
        if (lanes.Count == 0) return Refusal.Conflict("There is no such job any more, or it runs.");
        await audit.Add(by, "queue.requeue", which.Target, null, RecordAudit.Json(new { reason, jobs = lanes.Count }), cancel);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        foreach (var lane in lanes.Distinct()) bell.Ring(lane);
        return lanes.Count;
    }
}
