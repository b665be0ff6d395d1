using Npgsql;

namespace Rpd.Server.Generations;

/// <summary>The watcher of deadlines: what is overdue, or whose job has died, fails and is refunded, whatever its worker or provider is doing.</summary>
public sealed class ExpireGenerations(
    NpgsqlDataSource database, EndGeneration end, DeleteLeftovers leftovers, AnnounceEnding announce, TimeProvider time, ILogger<ExpireGenerations> log)
{
    public async Task<int> Run(CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var count = 0;
        foreach (var (id, overdue) in await Find(now, cancel))
        {
            try
            {
                var ended = overdue
                    ? await end.Run(id, Ending.Failed(DeliverLate.ErrorCode, "It did not finish in time. The credits are back."), overdueAt: now, wait: false, cancel: cancel)
                    : await end.Run(id, Ending.Failed("internal", "Something went wrong on our side. The credits are back."), wait: false, cancel: cancel);
                if (ended is null) continue;
                announce.After(ended);
                count++;
                await leftovers.Delete(ended.AccountId, id, cancel);
            }
            catch (Exception fault) when (!cancel.IsCancellationRequested)
            {
                // The others' refunds do not wait for this one.
                log.LogError(fault, "Generation {Generation} could not be ended; next try in a second", id);
            }
        }
        return count;
    }

    // Overdue ones, and those whose job died on every attempt: they need not wait for the deadline.
    private async Task<List<(Guid Id, bool Overdue)>> Find(DateTimeOffset now, CancellationToken cancel)
    {
        await using var command = database.CreateCommand("""
            (select id, true from generations where status in ('queued', 'processing') and deadline_at < $1 order by deadline_at limit 500)
            union all
            (select g.id, false from jobs j join generations g on g.id = (j.args ->> 'id')::uuid
             where j.state = 'dead' and j.kind = 'generation.submit' and g.status in ('queued', 'processing') and g.deadline_at >= $1 limit 500)
            """);
        command.Parameters.AddWithValue(now);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var found = new List<(Guid, bool)>();
        while (await reader.ReadAsync(cancel)) found.Add((reader.GetGuid(0), reader.GetBoolean(1)));
        return found;
    }
}
