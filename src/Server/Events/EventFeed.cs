using System.Globalization;
using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using Rpd.Server.Http;
using Rpd.Shared;
using Rpd.Shared.Events;

namespace Rpd.Server.Events;

/// <param name="Next">Where to read on, also when nothing more is there yet.</param>
public sealed record FeedPage(IReadOnlyList<EventView> Items, string? Next, bool HasMore);

/// <summary>
/// An account's events in the order of their transactions. Only what lies before the oldest open transaction is shown, so that an event which commits
/// late still comes behind every position that was handed out before.
/// </summary>
public sealed class EventFeed(NpgsqlDataSource database, Cursors cursors)
{
    private const string List = "events", RecentList = "events-recent";
    private const int LookedThrough = 2000;

    private const string Sql = """
        select e.id, e.transaction_id, e.uid, e.name, e.at, e.data::text from events e
        where e.account_id = $1 and e.uid is not null and (e.transaction_id, e.id) > ($2, $3) and e.transaction_id < pg_snapshot_xmin(pg_current_snapshot())
        order by e.transaction_id, e.id limit $4
        """;

    // The open transactions' events are left out here too: whoever goes on from here in the feed has missed none.
    private const string RecentSql = """
        select e.id, e.transaction_id, e.uid, e.name, e.at, e.data::text from events e
        where e.account_id = $1 and e.uid is not null and (e.transaction_id, e.id) < ($2, $3) and e.transaction_id < pg_snapshot_xmin(pg_current_snapshot())
        order by e.transaction_id desc, e.id desc limit $4
        """;

    /// <param name="after">A position that this gave out; null for the oldest that is kept.</param>
    public async Task<Outcome<FeedPage>> Read(Guid account, string? after, int limit, CancellationToken cancel)
    {
        var epoch = await Epoch(cancel);
        var from = new Position(0, 0);
        if (after is not null)
        {
            if (cursors.Read(List, after) is not { } text) return Refusal.Invalid("after", "after is not one of this feed's positions.");
            from = Position.Read(text, epoch);
        }
        await using var command = database.CreateCommand(Sql);
        command.Parameters.AddWithValue(account);
        command.Parameters.Add(new() { Value = from.Transaction, NpgsqlDbType = NpgsqlDbType.Xid8 });
        command.Parameters.AddWithValue(from.Id);
        command.Parameters.AddWithValue(limit + 1);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var events = new List<EventView>();
        var more = false;
        while (!more && await reader.ReadAsync(cancel))
        {
            if (more = events.Count == limit) break;
            from = new(reader.GetFieldValue<ulong>(1), reader.GetInt64(0));
            events.Add(View(reader.GetGuid(2), reader.GetString(3), reader.GetFieldValue<DateTimeOffset>(4), reader.GetString(5)));
        }
        return new FeedPage(events, events.Count > 0 ? cursors.Write(List, from.Write(epoch)) : after, more);
    }

    /// <summary>The newest first, for people. Of a kind that is rare it looks through a bounded number at a time, so a short page may still have a next one.</summary>
    /// <param name="name">Only these; null for all.</param>
    /// <param name="before">A position that this gave out; null for the newest.</param>
    /// <returns>The page, and the feed's position behind its first event: what is read from there on is newer.</returns>
    public async Task<(Page<EventView> Page, string? Newest)> Recent(Guid account, string? name, string? before, int limit, CancellationToken cancel)
    {
        var epoch = await Epoch(cancel);
        var from = before is not null && cursors.Read(RecentList, before) is { } text ? Position.Read(text, epoch) : new Position(ulong.MaxValue >> 1, long.MaxValue);
        await using var command = database.CreateCommand(RecentSql);
        command.Parameters.AddWithValue(account);
        command.Parameters.Add(new() { Value = from.Transaction, NpgsqlDbType = NpgsqlDbType.Xid8 });
        command.Parameters.AddWithValue(from.Id);
        command.Parameters.AddWithValue(LookedThrough);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var events = new List<EventView>();
        Position? first = null;
        var (looked, last) = (0, from);
        while (await reader.ReadAsync(cancel))
        {
            if (events.Count == limit) return (new(events, cursors.Write(RecentList, last.Write(epoch))), First());
            last = new(reader.GetFieldValue<ulong>(1), reader.GetInt64(0));
            first ??= last;
            looked++;
            if (name is null || reader.GetString(3) == name) events.Add(View(reader.GetGuid(2), reader.GetString(3), reader.GetFieldValue<DateTimeOffset>(4), reader.GetString(5)));
        }
        return (new(events, looked == LookedThrough ? cursors.Write(RecentList, last.Write(epoch)) : null), First());

        string? First() => first is { } position ? cursors.Write(List, position.Write(epoch)) : null;
    }

    private static EventView View(Guid uid, string name, DateTimeOffset at, string data)
    {
        using var json = JsonDocument.Parse(data);
        return new(EventBody.Id(uid), name, at, json.RootElement.Clone());
    }

    // Transactions are numbered anew where a backup was put back; then the events' own numbers say where a reader was.
    private async Task<string> Epoch(CancellationToken cancel)
    {
        await using var command = database.CreateCommand("select value from installation where name = 'events.epoch'");
        return (string?)await command.ExecuteScalarAsync(cancel) ?? "";
    }

    private readonly record struct Position(ulong Transaction, long Id)
    {
        public string Write(string epoch) => string.Create(CultureInfo.InvariantCulture, $"{Transaction}.{Id}.{epoch}");

        public static Position Read(string text, string epoch)
        {
            var parts = text.Split('.', 3);
            return new(parts[2] == epoch ? ulong.Parse(parts[0], CultureInfo.InvariantCulture) : 0, long.Parse(parts[1], CultureInfo.InvariantCulture));
        }
    }
}
