using Npgsql;
using NpgsqlTypes;
using Rpd.Server.Events;
using Rpd.Shared.Webhooks;

namespace Rpd.Server.Webhooks;

/// <param name="Status">The endpoint's; null when it is gone. Requests with a webhookUrl of their own are always active.</param>
/// <param name="Body">Null when the event has been forgotten.</param>
public sealed record ClaimedDelivery(
    Guid Id, int Fence, int Step, Guid Account, Guid? Endpoint, Guid Target, string MessageId, bool Test, string? Url, string? Status, string? Secret,
    string? OldSecret, byte[]? Body, DateTimeOffset LeaseUntil);

/// <summary>How an attempt ended, ready to be written.</summary>
/// <param name="Next">When it is tried again; null when it is not.</param>
public sealed record AttemptOutcome(
    ClaimedDelivery Delivery, DateTimeOffset At, string State, DateTimeOffset? Next, int? ResponseStatus, int LatencyMs, string? Excerpt, string? Error, bool Gone)
{
    public bool Delivered => State == DeliveryStatus.Delivered;
}

/// <summary>The statements of the deliveries' queue. Everything is taken and written in batches: the attempts are cheap, their rows are not.</summary>
public sealed class DeliveryQueue(NpgsqlDataSource database, TimeProvider time)
{
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(60);

    // A request's receiver has the account's default secret, which may not have been made yet.
    private const string ClaimSql = """
        with due as (
          select id from webhook_deliveries where state = 'pending' and next_attempt_at <= $1 and not target = any($4)
          order by next_attempt_at limit $2 for update skip locked
        ), claimed as (
          update webhook_deliveries d set next_attempt_at = $3, lease_until = $3, fence = fence + 1 from due where d.id = due.id
          returning d.id, d.fence, d.step, d.account_id, d.endpoint_id, d.target, d.uid, d.test, d.url, d.event_id
        )
        select c.id, c.fence, c.step, c.account_id, c.endpoint_id, c.target, c.uid, c.test, coalesce(c.url, e.url), case when c.endpoint_id is null then 'active' else e.status end,
          coalesce(e.secret, s.secret), case when coalesce(e.old_secret_until, s.old_secret_until) > $1 then coalesce(e.old_secret, s.old_secret) end,
          v.name, v.at, v.data::text
        from claimed c left join events v on v.id = c.event_id left join webhook_endpoints e on e.id = c.endpoint_id
          left join webhook_secrets s on c.endpoint_id is null and s.account_id = c.account_id
        """;

    private const string RecordSql = """
        with ended as (
          select * from unnest($1::uuid[], $2::int[], $3::timestamptz[], $4::text[], $5::timestamptz[], $6::int[], $7::int[], $8::text[], $9::text[])
            as o (id, fence, at, state, next, response_status, latency_ms, excerpt, error)
        ), moved as (
          update webhook_deliveries d set state = o.state, attempt = d.attempt + 1, step = d.step + 1, next_attempt_at = o.next, lease_until = null,
            response_status = o.response_status, latency_ms = o.latency_ms, excerpt = o.excerpt, error = o.error
          from ended o where d.id = o.id and d.fence = o.fence and d.state = 'pending' returning d.id, d.fence, d.attempt
        )
        insert into webhook_attempts (delivery_id, attempt, at, response_status, latency_ms, excerpt, error)
        select m.id, m.attempt, o.at, o.response_status, o.latency_ms, o.excerpt, o.error from moved m join ended o using (id, fence)
        """;

    /// <param name="full">Receivers that have enough in hand.</param>
    public async Task<IReadOnlyList<ClaimedDelivery>> Claim(int most, Guid[] full, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var until = now + Lease;
        await using var command = database.CreateCommand(ClaimSql);
        command.Parameters.AddWithValue(now);
        command.Parameters.AddWithValue(most);
        command.Parameters.AddWithValue(until);
        command.Parameters.AddWithValue(full);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var claimed = new List<ClaimedDelivery>();
        while (await reader.ReadAsync(cancel))
        {
            claimed.Add(new(reader.GetGuid(0), reader.GetInt32(1), reader.GetInt32(2), reader.GetGuid(3), reader.IsDBNull(4) ? null : reader.GetGuid(4), reader.GetGuid(5),
                EventBody.Id(reader.GetGuid(6)), reader.GetBoolean(7), Text(8), Text(9), Text(10), Text(11),
                reader.IsDBNull(14) ? null : EventBody.Write(reader.GetString(12), reader.GetFieldValue<DateTimeOffset>(13), reader.GetString(14)), until));
        }
        return claimed;

        string? Text(int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
    }

    /// <summary>Writes how attempts ended. What another node claimed meanwhile stays that node's.</summary>
    public static async Task Record(NpgsqlTransaction within, IReadOnlyList<AttemptOutcome> all, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(RecordSql, within.Connection, within);
        Add(NpgsqlDbType.Uuid, one => one.Delivery.Id);
        Add(NpgsqlDbType.Integer, one => one.Delivery.Fence);
        Add(NpgsqlDbType.TimestampTz, one => one.At);
        Add(NpgsqlDbType.Text, one => one.State);
        Add(NpgsqlDbType.TimestampTz, one => one.Next);
        Add(NpgsqlDbType.Integer, one => one.ResponseStatus);
        Add(NpgsqlDbType.Integer, one => one.LatencyMs);
        Add(NpgsqlDbType.Text, one => one.Excerpt);
        Add(NpgsqlDbType.Text, one => one.Error);
        await command.ExecuteNonQueryAsync(cancel);

        void Add<T>(NpgsqlDbType type, Func<AttemptOutcome, T> value) => command.Parameters.Add(new() { Value = all.Select(value).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | type });
    }

    /// <summary>Gives back what was claimed and not tried. Not an attempt.</summary>
    public async Task GiveBack(IReadOnlyList<ClaimedDelivery> all, TimeSpan delay, CancellationToken cancel)
    {
        await using var command = database.CreateCommand("""
            update webhook_deliveries d set next_attempt_at = $3, lease_until = null from unnest($1::uuid[], $2::int[]) as o (id, fence)
            where d.id = o.id and d.fence = o.fence and d.state = 'pending'
            """);
        command.Parameters.AddWithValue(all.Select(one => one.Id).ToArray());
        command.Parameters.AddWithValue(all.Select(one => one.Fence).ToArray());
        command.Parameters.AddWithValue(time.GetUtcNow() + delay);
        await command.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>Never again on its own: the webhook was stopped or removed, or the event is forgotten. Its owner may redeliver.</summary>
    public async Task Cancel(IReadOnlyList<ClaimedDelivery> all, CancellationToken cancel)
    {
        await using var command = database.CreateCommand("""
            update webhook_deliveries d set state = 'cancelled', next_attempt_at = null, lease_until = null from unnest($1::uuid[], $2::int[]) as o (id, fence)
            where d.id = o.id and d.fence = o.fence and d.state = 'pending'
            """);
        command.Parameters.AddWithValue(all.Select(one => one.Id).ToArray());
        command.Parameters.AddWithValue(all.Select(one => one.Fence).ToArray());
        await command.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>Puts off what waits for a receiver that is slow now, so that its backlog is not walked over again and again on the way to the others'.</summary>
    public async Task PutOff(Guid target, TimeSpan delay, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        await using var command = database.CreateCommand("""
            update webhook_deliveries set next_attempt_at = $2 + random() * $3 where id in (
              select id from webhook_deliveries where state = 'pending' and next_attempt_at <= $1 and target = $4 order by next_attempt_at limit 5000)
            """);
        command.Parameters.AddWithValue(now);
        command.Parameters.AddWithValue(now + delay);
        command.Parameters.AddWithValue(delay);
        command.Parameters.AddWithValue(target);
        await command.ExecuteNonQueryAsync(cancel);
    }
}
