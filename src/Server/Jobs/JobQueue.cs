using System.Text.Json;
using Npgsql;

namespace Rpd.Server.Jobs;

/// <summary>The statements of the queue. Times are the database's, so that clocks of nodes do not matter.</summary>
public sealed class JobQueue(NpgsqlDataSource database, JobOptions options)
{
    private const string ClaimSql = """
        with picked as (
          select id from jobs where state = 'ready' and lane = $1 and run_at <= now()
          order by run_at, id limit $2 for update skip locked)
        update jobs j set state = 'running', attempts = attempts + 1, fence = fence + 1, lease_until = now() + make_interval(secs => $3)
        from picked where j.id = picked.id
        returning j.id, j.kind, j.args, j.attempts, j.attempts_max, j.fence
        """;

    // A node has a lane for each vendor. Without a limit all would look at once, each over a connection of its own, for a statement of a millisecond.
    private readonly SemaphoreSlim looks = new(4);

    public async Task<IReadOnlyList<ClaimedJob>> Claim(string lane, int most, CancellationToken cancel)
    {
        await looks.WaitAsync(cancel);
        try
        {
            return await ClaimNow(lane, most, cancel);
        }
        finally
        {
            looks.Release();
        }
    }

    private async Task<IReadOnlyList<ClaimedJob>> ClaimNow(string lane, int most, CancellationToken cancel)
    {
        await using var command = database.CreateCommand(ClaimSql);
        command.Parameters.AddWithValue(lane);
        command.Parameters.AddWithValue(most);
        command.Parameters.AddWithValue((double)options.LeaseSeconds);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var claimed = new List<ClaimedJob>();
        while (await reader.ReadAsync(cancel))
        {
            claimed.Add(new(reader.GetInt64(0), reader.GetString(1), reader.GetFieldValue<JsonElement>(2), reader.GetInt32(3), reader.GetInt32(4), reader.GetInt64(5)));
        }
        return claimed;
    }

    /// <returns>False when the lease is lost: the worker must stop.</returns>
    public Task<bool> Renew(ClaimedJob job, CancellationToken cancel) => Write(job,
        "update jobs set lease_until = now() + make_interval(secs => $3) where id = $1 and fence = $2 and state = 'running'", cancel, (double)options.LeaseSeconds);

    public Task<bool> Finish(ClaimedJob job, CancellationToken cancel) => Write(job,
        "delete from jobs where id = $1 and fence = $2 and state = 'running'", cancel);

    /// <summary>Not an attempt.</summary>
    /// <param name="fresh">It went well and goes on: what went wrong before counts no more.</param>
    public Task<bool> Snooze(ClaimedJob job, TimeSpan delay, bool fresh, CancellationToken cancel) => Write(job, """
        update jobs set state = 'ready', lease_until = null, attempts = case when $4 then 0 else attempts - 1 end, run_at = now() + make_interval(secs => $3)
        where id = $1 and fence = $2 and state = 'running'
        """, cancel, delay.TotalSeconds, fresh);

    public Task<bool> Retry(ClaimedJob job, string error, CancellationToken cancel) => Write(job, """
        update jobs set state = 'ready', lease_until = null, last_error = $4, run_at = now() + make_interval(secs => $3)
        where id = $1 and fence = $2 and state = 'running'
        """, cancel, BackOffSeconds(job.Attempt), error);

    public Task<bool> Bury(ClaimedJob job, string reason, CancellationToken cancel) => Write(job,
        "update jobs set state = 'dead', lease_until = null, last_error = $3 where id = $1 and fence = $2 and state = 'running'", cancel, reason);

    /// <summary>Returns the work of workers that died. The attempt counts: a job that kills its process must not run for ever.</summary>
    public async Task<int> Rescue(CancellationToken cancel)
    {
        await using var command = database.CreateCommand("""
            update jobs set lease_until = null, run_at = now(),
              state = case when attempts >= attempts_max then 'dead' else 'ready' end,
              last_error = case when attempts >= attempts_max then 'The worker died on every attempt.' else last_error end
            where state = 'running' and lease_until < now()
            """);
        return await command.ExecuteNonQueryAsync(cancel);
    }

    public async Task<int> Clean(CancellationToken cancel)
    {
        await using var command = database.CreateCommand("delete from jobs where state = 'dead' and run_at < now() - make_interval(days => $1)");
        command.Parameters.AddWithValue(options.KeepDeadDays);
        return await command.ExecuteNonQueryAsync(cancel);
    }

    // 2, 4, 8 … 256 seconds, with up to a quarter of jitter so that a crowd does not come back as a crowd.
    private static double BackOffSeconds(int attempt) => Math.Pow(2, Math.Min(attempt, 8)) * (1 + (Random.Shared.NextDouble() / 4));

    private async Task<bool> Write(ClaimedJob job, string sql, CancellationToken cancel, params object[] more)
    {
        await using var command = database.CreateCommand(sql);
        command.Parameters.AddWithValue(job.Id);
        command.Parameters.AddWithValue(job.Fence);
        foreach (var value in more) command.Parameters.AddWithValue(value);
        return await command.ExecuteNonQueryAsync(cancel) == 1;
    }
}

public sealed record ClaimedJob(long Id, string Kind, JsonElement Args, int Attempt, int AttemptsMax, long Fence);
