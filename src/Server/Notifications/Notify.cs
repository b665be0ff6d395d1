using System.Globalization;
using Npgsql;
using NpgsqlTypes;
using Rpd.Server.Live;
using Rpd.Shared.Notifications;

namespace Rpd.Server.Notifications;

/// <param name="Group">What belongs together, such as <c>like:&lt;publication&gt;</c>. While unread it is one row.</param>
/// <param name="Link">A path on this site.</param>
/// <param name="TitleOfMany">The title from the second time on: <c>{others}</c> becomes "1 other" or "12 others", <c>{count}</c> the number of all.</param>
/// <param name="Actor">Who or what caused it. The same one again does not count again.</param>
/// <param name="OwnLetter">Whoever tells it writes the letter too.</param>
public sealed record Notice(Guid Account, string Kind, string Group, string Title, string? Link, string? TitleOfMany = null, Guid? Actor = null, bool OwnLetter = false);

/// <summary>
/// The writer of notifications, as a part of the transaction that causes them. What somebody does not want to be told, here or by letter, they are not.
/// After the commit its caller tells that <see cref="Unread"/> has changed.
/// </summary>
public static class Notify
{
    /// <summary>More than these are not counted for a page.</summary>
    public const int UnreadMax = 100;

    public static readonly LiveNumber Unread = new("unread", LiveStream.Account, string.Create(CultureInfo.InvariantCulture,
        $"select a.id, (select count(*) from (select 1 from notifications n where n.account_id = a.id and n.read_at is null limit {UnreadMax}) unread) from unnest($1) a(id)"));

    // Of the actors the last hundred are remembered: enough to see through somebody who likes, unlikes and likes again. What goes by letter is gathered, and counts as seldom: the
    // first of a kind has a letter at once, and those of the hour after it one together.
    public const string Sql = """
        with wanted as (
          select coalesce(p.site, true) as site, coalesce(p.email, $10) and not $11 as email
          from (values (1)) once left join notification_preferences p on p.account_id = $2 and p.kind = $3
        ), gathered as (
          insert into notification_letters as l (account_id, kind, titles, link, waiting) select $2, $3, array[$5], $6, 1 from wanted
            where email and not exists (select 1 from notifications n where n.account_id = $2 and n.group_key = $4 and n.read_at is null and $7 <> '{}' and $7 <@ n.actors)
          on conflict (account_id, kind) do update set waiting = l.waiting + 1, link = excluded.link,
            titles = case when excluded.titles <@ l.titles or cardinality(l.titles) >= 20 then l.titles else l.titles || excluded.titles end
          returning waiting, sent_at
        ), written as (
          insert into jobs (kind, lane, args, state, run_at, attempts_max, created_at)
          select 'notification.letter', 'quick', jsonb_build_object('account', $2, 'kind', $3), 'ready', greatest(now(), sent_at + interval '1 hour'), 8, now() from gathered where waiting = 1
        )
        insert into notifications as n (id, account_id, kind, group_key, title, link, actors, created_at) select $1, $2, $3, $4, $5, $6, $7, $8 from wanted where site
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
        new() { Value = now }, Text(notice.TitleOfMany), new() { Value = NotificationKind.Find(notice.Kind)?.EmailByDefault ?? false }, new() { Value = notice.OwnLetter },
    ];

    public static async Task Write(NpgsqlTransaction within, Notice notice, DateTimeOffset now, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(Sql, within.Connection, within);
        command.Parameters.AddRange(Values(notice, now));
        await command.ExecuteNonQueryAsync(cancel);
    }

    private static NpgsqlParameter Text(string? value) => new() { Value = value ?? (object)DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text };
}
