using System.Globalization;
using Npgsql;
using NpgsqlTypes;
using Rpd.Server.Live;

namespace Rpd.Server.Notifications;

/// <param name="Group">What belongs together, such as <c>like:&lt;publication&gt;</c>. While unread it is one row.</param>
/// <param name="Link">A path on this site.</param>
/// <param name="TitleOfMany">The title from the second time on: <c>{others}</c> becomes "1 other" or "12 others", <c>{count}</c> the number of all.</param>
/// <param name="Actor">Who or what caused it. The same one again does not count again.</param>
public sealed record Notice(Guid Account, string Kind, string Group, string Title, string? Link, string? TitleOfMany = null, Guid? Actor = null);

/// <summary>The writer of notifications, as a part of the transaction that causes them. After the commit its caller tells that <see cref="Unread"/> has changed.</summary>
public static class Notify
{
    /// <summary>More than these are not counted for a page.</summary>
    public const int UnreadMax = 100;

    public static readonly LiveNumber Unread = new("unread", LiveStream.Account, string.Create(CultureInfo.InvariantCulture,
        $"select a.id, (select count(*) from (select 1 from notifications n where n.account_id = a.id and n.read_at is null limit {UnreadMax}) unread) from unnest($1) a(id)"));

    // Of the actors the last hundred are remembered: enough to see through somebody who likes, unlikes and likes again.
    public const string Sql = """
        insert into notifications as n (id, account_id, kind, group_key, title, link, actors, created_at) values ($1, $2, $3, $4, $5, $6, $7, $8)
        on conflict (account_id, group_key) where read_at is null do update set
          count = n.count + case when excluded.actors <@ n.actors and excluded.actors <> '{}' then 0 else 1 end,
          title = case when $9::text is null or n.count + case when excluded.actors <@ n.actors and excluded.actors <> '{}' then 0 else 1 end = 1 then excluded.title
            else replace(replace($9, '{count}', (n.count + case when excluded.actors <@ n.actors and excluded.actors <> '{}' then 0 else 1 end)::text), '{others}',
              case n.count - case when excluded.actors <@ n.actors and excluded.actors <> '{}' then 1 else 0 end when 1 then '1 other'
                else (n.count - case when excluded.actors <@ n.actors and excluded.actors <> '{}' then 1 else 0 end) || ' others' end) end,
          link = excluded.link,
          actors = case when excluded.actors <@ n.actors then n.actors else (excluded.actors || n.actors)[1:100] end,
          created_at = greatest(n.created_at, excluded.created_at)
        """;

    public static NpgsqlParameter[] Values(Notice notice, DateTimeOffset now) =>
    [
        new() { Value = Guid.CreateVersion7(now) }, new() { Value = notice.Account }, new() { Value = notice.Kind }, new() { Value = notice.Group },
        new() { Value = notice.Title }, Text(notice.Link), new() { Value = notice.Actor is { } actor ? new[] { actor } : Array.Empty<Guid>() },
        new() { Value = now }, Text(notice.TitleOfMany),
    ];

    public static async Task Write(NpgsqlTransaction within, Notice notice, DateTimeOffset now, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(Sql, within.Connection, within);
        command.Parameters.AddRange(Values(notice, now));
        await command.ExecuteNonQueryAsync(cancel);
    }

    private static NpgsqlParameter Text(string? value) => new() { Value = value ?? (object)DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text };
}
