using Npgsql;
using NpgsqlTypes;
using Rpd.Shared;

namespace Rpd.Server.Collections;

/// <param name="ChangeDescription">Whether <paramref name="Description"/> is to be written; null then clears it.</param>
/// <param name="Order">The items that come first, in this order; the others stay as they are behind them. Null leaves the order.</param>
public sealed record CollectionChanges(string? Name, bool ChangeDescription, string? Description, string? Visibility, IReadOnlyList<Guid>? Order);

/// <summary>An owner renames, opens, closes or orders a collection, all at once or not at all.</summary>
public sealed class ChangeCollection(NpgsqlDataSource database)
{
    public async Task<Refusal?> Run(Guid account, Guid id, CollectionChanges changes, CancellationToken cancel)
    {
        await using var connection = await database.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await using var update = new NpgsqlCommand("""
            update collections set name = coalesce($3, name), description = case when $4 then $5 else description end, visibility = coalesce($6, visibility)
            where id = $1 and account_id = $2
            """, connection)
        {
            Parameters =
            {
                new() { Value = id }, new() { Value = account }, Text(changes.Name), new() { Value = changes.ChangeDescription }, Text(changes.Description), Text(changes.Visibility),
            },
        };
        if (await update.ExecuteNonQueryAsync(cancel) == 0) return Refusal.NotFound("The collection");
        if (changes.Order is { Count: > 0 } order && await Order(connection, id, order, cancel) is { } wrong) return wrong;
        await transaction.CommitAsync(cancel);
        return null;
    }

    private static async Task<Refusal?> Order(NpgsqlConnection connection, Guid id, IReadOnlyList<Guid> order, CancellationToken cancel)
    {
        await using var move = new NpgsqlCommand("""
            with wanted as (select item, n from unnest($2::uuid[]) with ordinality as w(item, n)),
            ranked as (
              select i.generation_id, row_number() over (order by w.n nulls last, i.position, i.generation_id) as place
              from collection_items i left join wanted w on w.item = i.generation_id where i.collection_id = $1),
            moved as (
              update collection_items i set position = r.place from ranked r where i.collection_id = $1 and i.generation_id = r.generation_id and i.position <> r.place)
            select array(select w.item from wanted w where not exists (select 1 from collection_items i where i.collection_id = $1 and i.generation_id = w.item))
            """, connection)
        { Parameters = { new() { Value = id }, new() { Value = order.ToArray() } } };
        var unknown = (Guid[])(await move.ExecuteScalarAsync(cancel))!;
        return unknown.Length == 0 ? null : Refusal.Invalid("itemIds", $"itemIds names what is not in the collection: {string.Join(", ", unknown.Take(5))}.");
    }

    private static NpgsqlParameter Text(string? value) => new() { Value = (object?)value ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text };
}
