using Npgsql;
using Rpd.Server.Gallery;
using Rpd.Shared;

namespace Rpd.Server.Collections;

/// <summary>Where an item is to go: one step towards the start or the end, to the very start, or before or after another.</summary>
public enum Move
{
    Up,
    Down,
    First,
    Before,
    After,
}

/// <summary>
/// Moves one item of an own collection. Steps count what the owner sees: works that are withdrawn at present keep their places between the others and are
/// stepped over.
/// </summary>
public sealed class MoveInCollection(NpgsqlDataSource database, MatureChoice choice)
{
    /// <param name="other">For <see cref="Move.Before"/> and <see cref="Move.After"/>.</param>
    /// <returns>The item's place now, from 1, among what the owner sees.</returns>
    public async Task<Outcome<int>> Run(Guid account, Guid id, Guid item, Move move, Guid? other, CancellationToken cancel)
    {
        var mature = await choice.Shown(account, cancel);
        await using var connection = await database.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        // Locked, because two who move at once would lose one of the moves.
        await using (var own = new NpgsqlCommand("select 1 from collections where id = $1 and account_id = $2 for no key update", connection) { Parameters = { new() { Value = id }, new() { Value = account } } })
            if (await own.ExecuteScalarAsync(cancel) is null) return Refusal.NotFound("The collection");
        var order = await Order(connection, account, id, mature, cancel);
        var at = order.FindIndex(one => one.Id == item);
        if (at < 0) return Refusal.NotFound("The work");
        var moved = order[at];
        order.RemoveAt(at);
        var to = move switch
        {
            Move.Up => at > 0 && order.FindLastIndex(at - 1, at, one => one.Seen) is var previous and >= 0 ? previous : at,
            Move.Down => order.FindIndex(at, one => one.Seen) is var next and >= 0 ? next + 1 : at,
            Move.First => 0,
            Move.Before => order.FindIndex(one => one.Id == other),
            _ => order.FindIndex(one => one.Id == other) is var before and >= 0 ? before + 1 : -1,
        };
        if (to < 0) return Refusal.NotFound("The work");
        order.Insert(to, moved);
        await using var write = new NpgsqlCommand("""
            update collection_items i set position = w.place from unnest($2::uuid[]) with ordinality as w(item, place)
            where i.collection_id = $1 and i.generation_id = w.item and i.position <> w.place
            """, connection)
        { Parameters = { new() { Value = id }, new() { Value = order.Select(one => one.Id).ToArray() } } };
        await write.ExecuteNonQueryAsync(cancel);
        await transaction.CommitAsync(cancel);
        return order.Take(to + 1).Count(one => one.Seen);
    }

    private static async Task<List<(Guid Id, bool Seen)>> Order(NpgsqlConnection connection, Guid account, Guid id, bool mature, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand($"""
            select i.generation_id, coalesce(g.account_id = $2 or ({Works.ListedFor(mature)}), false) from collection_items i join generations g on g.id = i.generation_id
              join accounts a on a.id = g.account_id left join publications p on p.generation_id = g.id
            where i.collection_id = $1 order by i.position, i.generation_id
            """, connection)
        { Parameters = { new() { Value = id }, new() { Value = account } } };
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var order = new List<(Guid, bool)>();
        while (await reader.ReadAsync(cancel)) order.Add((reader.GetGuid(0), reader.GetBoolean(1)));
        return order;
    }
}
