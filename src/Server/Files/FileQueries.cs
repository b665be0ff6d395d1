using System.Globalization;
using Npgsql;
using Rpd.Server.Http;
using Rpd.Server.Storage;
using Rpd.Shared;
using Rpd.Shared.Files;

namespace Rpd.Server.Files;

/// <summary>What lies where, for those who read its bytes.</summary>
public sealed record StoredFile(string Key, string ContentType);

/// <summary>Reads of one's own uploads.</summary>
public sealed class FileQueries(NpgsqlDataSource database, SignedUrls urls, PublicAddress address, Cursors cursors)
{
    public const string List = "files";

    private const string Select = "select id, storage_key, content_type, bytes, sha256, name, width, height, duration_seconds, created_at, confirmed_at from files";

    public async Task<FileView?> Find(Guid account, Guid id, CancellationToken cancel)
    {
        await using var command = database.CreateCommand(Select + " where id = $1 and account_id = $2");
        command.Parameters.AddWithValue(id);
        command.Parameters.AddWithValue(account);
        return (await Read(command, cancel)).FirstOrDefault();
    }

    /// <summary>Only a confirmed one.</summary>
    public async Task<StoredFile?> Stored(Guid account, Guid id, CancellationToken cancel)
    {
        await using var command = database.CreateCommand("select storage_key, content_type from files where id = $1 and account_id = $2 and confirmed_at is not null");
        command.Parameters.AddWithValue(id);
        command.Parameters.AddWithValue(account);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        return await reader.ReadAsync(cancel) ? new(reader.GetString(0), reader.GetString(1)) : null;
    }

    /// <summary>The newest first.</summary>
    public async Task<Page<FileView>> All(Guid account, bool confirmed, Guid? before, int limit, CancellationToken cancel)
    {
        await using var command = database.CreateCommand(
            $"{Select} where account_id = $1 and (confirmed_at is not null) = $2 and ($3::uuid is null or id < $3) order by id desc limit {(limit + 1).ToString(CultureInfo.InvariantCulture)}");
        command.Parameters.AddWithValue(account);
        command.Parameters.AddWithValue(confirmed);
        command.Parameters.Add(new() { Value = (object?)before ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Uuid });
        var found = await Read(command, cancel);
        return new([.. found.Take(limit)], found.Count > limit ? cursors.Write(List, found[limit - 1].FileId.ToString()) : null);
    }

    private async Task<List<FileView>> Read(NpgsqlCommand command, CancellationToken cancel)
    {
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var found = new List<FileView>();
        while (await reader.ReadAsync(cancel))
        {
            var key = reader.IsDBNull(1) ? null : reader.GetString(1);
            found.Add(new(reader.GetGuid(0), key is null ? null : address.Link(urls.Of(key)), reader.GetString(2), key is null ? null : reader.GetInt64(3),
                key is null ? null : Convert.ToHexStringLower(reader.GetFieldValue<byte[]>(4)), key is null ? FileStatus.Pending : FileStatus.Confirmed, reader.GetString(5),
                Optional<int>(6), Optional<int>(7), Optional<double>(8), reader.GetFieldValue<DateTimeOffset>(9), Optional<DateTimeOffset>(10)));
        }
        return found;

        T? Optional<T>(int column) where T : struct => reader.IsDBNull(column) ? null : reader.GetFieldValue<T>(column);
    }
}
