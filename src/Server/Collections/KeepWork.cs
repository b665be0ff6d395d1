using Npgsql;
using Rpd.Server.Gallery;
using Rpd.Shared;

namespace Rpd.Server.Collections;

/// <summary>
/// Puts a work into a collection, at its end: an own one with something to show, or anybody's public one. Put in again, it stays where it is.
/// </summary>
public sealed class KeepWork(NpgsqlDataSource database, TimeProvider time)
{
    public const int ItemsMax = 500;

    public async Task<Refusal?> Run(Guid account, Guid id, Guid generation, CancellationToken cancel)
    {
        await using var connection = await database.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        // Locked, because two who add at once would take the same last place.
        if (await Scalar("select count(*) from (select 1 from collections where id = $1 and account_id = $2 for no key update) mine", id, account) == 0) return Refusal.NotFound("The collection");
        if (await Scalar("select count(*) from collection_items where collection_id = $1 and generation_id = $2", id, generation) > 0) return null;
        if (await Scalar($"""
            select count(*) from generations g join accounts a on a.id = g.account_id left join publications p on p.generation_id = g.id
            where g.id = $1 and ((g.account_id = $2 and not g.test) or ({Works.ListedFor(mature: true)})) and exists (select 1 from outputs o where o.generation_id = g.id)
            """, generation, account) == 0) return Refusal.NotFound("The work");
        if (await Scalar("select count(*) from collection_items where collection_id = $1", id) >= ItemsMax) return Refusal.Conflict($"A collection holds {ItemsMax} works at most.");
        try
        {
            await Scalar("""
                insert into collection_items (collection_id, generation_id, position, added_at)
                select $1, $2, coalesce(max(position), 0) + 1, $3 from collection_items where collection_id = $1 returning 1::bigint
                """, id, generation, time.GetUtcNow());
        }
        catch (PostgresException fault) when (fault.SqlState == PostgresErrorCodes.ForeignKeyViolation)
        {
            // Purged since it was looked at.
            return Refusal.NotFound("The work");
        }
        await transaction.CommitAsync(cancel);
        return null;

        async Task<long> Scalar(string sql, params object[] values)
        {
            await using var command = new NpgsqlCommand(sql, connection);
            foreach (var value in values) command.Parameters.Add(new() { Value = value });
            return (long)(await command.ExecuteScalarAsync(cancel))!;
        }
    }
}
