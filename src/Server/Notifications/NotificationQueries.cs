using System.Globalization;
using Npgsql;
using NpgsqlTypes;
using Rpd.Server.Http;
using Rpd.Shared;
using Rpd.Shared.Notifications;

namespace Rpd.Server.Notifications;

public sealed class NotificationQueries(NpgsqlDataSource database, Cursors cursors)
{
    public const string ListName = "notifications";

    /// <param name="position">Of a page before: microseconds and id.</param>
    public async Task<Page<NotificationView>> List(Guid account, string? position, int limit, CancellationToken cancel, bool unreadOnly = false)
    {
        var parts = position?.Split('.');
        await using var command = database.CreateCommand($"""
            select id, kind, title, link, count, read_at is not null, created_at, (extract(epoch from created_at) * 1000000)::bigint from notifications
            where account_id = $1{(unreadOnly ? " and read_at is null" : "")} and ($2::bigint is null or (created_at, id) < (to_timestamp(0) + $2 * interval '1 microsecond', $3))
            order by created_at desc, id desc limit $4
            """);
        command.Parameters.AddWithValue(account);
        command.Parameters.Add(new() { Value = parts is null ? DBNull.Value : long.Parse(parts[0], CultureInfo.InvariantCulture), NpgsqlDbType = NpgsqlDbType.Bigint });
        command.Parameters.Add(new() { Value = parts is null ? DBNull.Value : Guid.Parse(parts[1]), NpgsqlDbType = NpgsqlDbType.Uuid });
        command.Parameters.AddWithValue(limit + 1);
        await using var row = await command.ExecuteReaderAsync(cancel);
        var (found, last) = (new List<NotificationView>(), "");
        while (await row.ReadAsync(cancel))
        {
            if (found.Count == limit) return new(found, cursors.Write(ListName, last));
            found.Add(Row(row));
            last = string.Create(CultureInfo.InvariantCulture, $"{row.GetInt64(7)}.{row.GetGuid(0)}");
        }
        return new(found, null);
    }

    /// <returns>Null when it is not theirs.</returns>
    public async Task<NotificationView?> Find(Guid account, Guid id, CancellationToken cancel)
    {
        await using var command = database.CreateCommand("select id, kind, title, link, count, read_at is not null, created_at from notifications where account_id = $1 and id = $2");
        command.Parameters.AddWithValue(account);
        command.Parameters.AddWithValue(id);
        await using var row = await command.ExecuteReaderAsync(cancel);
        return await row.ReadAsync(cancel) ? Row(row) : null;
    }

    public async Task<long> Unread(Guid account, CancellationToken cancel)
    {
        await using var command = database.CreateCommand("select count(*) from notifications where account_id = $1 and read_at is null");
        command.Parameters.AddWithValue(account);
        return (long)(await command.ExecuteScalarAsync(cancel))!;
    }

    private static NotificationView Row(NpgsqlDataReader row) =>
        new(row.GetGuid(0), row.GetString(1), row.GetString(2), row.IsDBNull(3) ? null : row.GetString(3), row.GetInt32(4), row.GetBoolean(5), row.GetFieldValue<DateTimeOffset>(6));
}
