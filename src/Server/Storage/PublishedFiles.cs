using Npgsql;
using Rpd.Server.Media;

namespace Rpd.Server.Storage;

/// <summary>What lies behind the address of a published file: <c>/media/{publication}/{name}</c>.</summary>
public sealed class PublishedFiles(NpgsqlDataSource database)
{
    /// <returns>The storage key; null when there is no such publication (any more) or no such file in it.</returns>
    public async Task<string?> Find(Guid publication, string name, CancellationToken cancel)
    {
        await using var command = database.CreateCommand("""
            select o.storage_key, o.thumbnail_widths from publications p join outputs o on o.generation_id = p.generation_id
            join accounts a on a.id = p.account_id and a.status = 'active' where p.id = $1 and not p.hidden
            """);
        command.Parameters.AddWithValue(publication);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel))
        {
            // The last segment of a key is unique within its generation: "0.png", "0-640.webp".
            var original = reader.GetString(0);
            var keys = reader.GetFieldValue<int[]>(1).Select(width => Thumbnails.Key(original, width)).Prepend(original);
            if (keys.FirstOrDefault(key => Path.GetFileName(key) == name) is { } found) return found;
        }
        return null;
    }
}
