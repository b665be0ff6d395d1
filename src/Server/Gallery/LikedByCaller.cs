using Npgsql;
using Rpd.Shared.Explore;

namespace Rpd.Server.Gallery;

/// <summary>Fills <c>liked</c> for who asks; strangers like nothing. A question of its own, so that lists of strangers stay as quick as they are.</summary>
public sealed class LikedByCaller(NpgsqlDataSource database)
{
    public async Task<IReadOnlyList<ExploreItem>> Fill(IReadOnlyList<ExploreItem> items, Guid? caller, CancellationToken cancel)
    {
        if (caller is not { } account || items.Count == 0) return items;
        await using var command = database.CreateCommand("""
            select p.generation_id from publications p join likes l on l.publication_id = p.id and l.account_id = $2 where p.generation_id = any($1)
            """);
        command.Parameters.AddWithValue(items.Select(item => item.Id).ToArray());
        command.Parameters.AddWithValue(account);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var liked = new HashSet<Guid>();
        while (await reader.ReadAsync(cancel)) liked.Add(reader.GetGuid(0));
        return [.. items.Select(item => liked.Contains(item.Id) ? item with { Liked = true } : item)];
    }
}
