using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;
using Rpd.Server.Events;
using Rpd.Server.Http;
using Rpd.Shared;
using Rpd.Shared.Webhooks;

namespace Rpd.Server.Webhooks;

/// <summary>Reads. The owner stands in every WHERE.</summary>
public sealed class WebhookQueries(AppDb db, NpgsqlDataSource database, Cursors cursors, TimeProvider time)
{
    public const string ListName = "webhooks", DeliveriesName = "webhook-deliveries";

    private const int AttemptsShown = 50;

    private const string DeliveryColumns = """
        select d.id, d.uid, coalesce(v.name, ''), d.attempt, d.state, d.response_status, d.latency_ms, d.excerpt, d.error, d.next_attempt_at, d.created_at, d.test, d.event_id, v.at, v.data::text,
          v.subject_id, d.url
        from webhook_deliveries d left join events v on v.id = d.event_id where d.account_id = $1
        """;

    private static string Columns(Guid? webhook) => DeliveryColumns + (webhook is null ? " and d.endpoint_id is null"
        : " and d.endpoint_id = $2 and exists (select 1 from webhook_endpoints w where w.id = $2 and w.account_id = $1)");

    public async Task<Page<WebhookView>> List(Guid account, Guid? before, int limit, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var found = await db.WebhookEndpoints.AsNoTracking().Where(webhook => webhook.AccountId == account && (before == null || webhook.Id < before))
            .OrderByDescending(webhook => webhook.Id).Take(limit + 1).ToListAsync(cancel);
        return new([.. found.Take(limit).Select(webhook => webhook.View(now))], found.Count > limit ? cursors.Write(ListName, found[limit - 1].Id.ToString()) : null);
    }

    public async Task<WebhookView?> Find(Guid account, Guid id, CancellationToken cancel) =>
        (await db.WebhookEndpoints.AsNoTracking().SingleOrDefaultAsync(webhook => webhook.Id == id && webhook.AccountId == account, cancel))?.View(time.GetUtcNow());

    public async Task<DefaultSecretView> DefaultSecret(Guid account, WebhookSecrets secrets, CancellationToken cancel)
    {
        await secrets.Default(account, cancel);
        var row = await db.WebhookSecrets.AsNoTracking().SingleAsync(secret => secret.AccountId == account, cancel);
        return new(secrets.Open(row.Secret), row.CreatedAt, row.OldSecretUntil > time.GetUtcNow() ? row.OldSecretUntil : null);
    }

    /// <summary>How the account's webhooks fare, by their latest deliveries.</summary>
    public async Task<IReadOnlyDictionary<Guid, WebhookHealth>> Health(Guid account, CancellationToken cancel)
    {
        await using var command = database.CreateCommand("""
            select w.id, count(*) filter (where d.state = 'delivered' and not d.test)::int, count(*) filter (where d.state = 'failed' and not d.test)::int,
              count(*) filter (where d.state = 'pending' and not d.test)::int, max(a.at)
            from webhook_endpoints w
              join lateral (select id, state, test, attempt from webhook_deliveries where endpoint_id = w.id order by event_id desc limit $2) d on true
              left join webhook_attempts a on d.state = 'delivered' and a.delivery_id = d.id and a.attempt = d.attempt
            where w.account_id = $1 group by w.id
            """);
        command.Parameters.AddWithValue(account);
        command.Parameters.AddWithValue(WebhookHealth.Latest);
        await using var row = await command.ExecuteReaderAsync(cancel);
        var found = new Dictionary<Guid, WebhookHealth>();
        while (await row.ReadAsync(cancel)) found[row.GetGuid(0)] = new(row.GetInt32(1), row.GetInt32(2), row.GetInt32(3), row.IsDBNull(4) ? null : row.GetFieldValue<DateTimeOffset>(4));
        return found;
    }

    /// <summary>The newest events first.</summary>
    /// <param name="webhook">Null: what requests' own webhookUrls were told.</param>
    public async Task<Page<DeliveryView>> Deliveries(Guid account, Guid? webhook, string? status, long? before, int limit, CancellationToken cancel)
    {
        await using var command = database.CreateCommand(
            $"{Columns(webhook)} and ($3::text is null or d.state = $3) and ($4::bigint is null or d.event_id < $4) order by d.event_id desc limit $5");
        command.Parameters.AddWithValue(account);
        command.Parameters.Add(Optional(webhook));
        command.Parameters.Add(new() { Value = status ?? (object)DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
        command.Parameters.Add(new() { Value = before ?? (object)DBNull.Value, NpgsqlDbType = NpgsqlDbType.Bigint });
        command.Parameters.AddWithValue(limit + 1);
        await using var row = await command.ExecuteReaderAsync(cancel);
        var (found, last) = (new List<DeliveryView>(), 0L);
        while (await row.ReadAsync(cancel))
        {
            if (found.Count == limit) return new(found, cursors.Write($"{DeliveriesName}:{webhook}", last.ToString(CultureInfo.InvariantCulture)));
            found.Add(View(row));
            last = row.GetInt64(12);
        }
        return new(found, null);
    }

    /// <param name="webhook">Null: what a request's own webhookUrl was told.</param>
    public async Task<DeliveryDetail?> Delivery(Guid account, Guid? webhook, Guid id, CancellationToken cancel)
    {
        await using var command = database.CreateCommand(Columns(webhook) + " and d.id = $3");
        command.Parameters.AddWithValue(account);
        command.Parameters.Add(Optional(webhook));
        command.Parameters.AddWithValue(id);
        string? body;
        DeliveryView view;
        // Closed before the next query, which would need a second connection.
        await using (var row = await command.ExecuteReaderAsync(cancel))
        {
            if (!await row.ReadAsync(cancel)) return null;
            view = View(row);
            body = row.IsDBNull(13) ? null : Encoding.UTF8.GetString(EventBody.Write(row.GetString(2), row.GetFieldValue<DateTimeOffset>(13), row.GetString(14)));
        }
        var attempts = await db.WebhookAttempts.AsNoTracking().Where(attempt => attempt.DeliveryId == id).OrderByDescending(attempt => attempt.Attempt).Take(AttemptsShown)
            .Select(attempt => new AttemptView(attempt.Attempt, attempt.At, attempt.ResponseStatus, attempt.LatencyMs, attempt.Excerpt, attempt.Error)).ToListAsync(cancel);
        return new(view, body, attempts);
    }

    private static NpgsqlParameter Optional(Guid? webhook) => new() { Value = webhook ?? (object)DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid };

    private static DeliveryView View(NpgsqlDataReader row)
    {
        return new(row.GetGuid(0), EventBody.Id(row.GetGuid(1)), row.GetString(2), row.GetInt32(3), row.GetString(4), Number(5), Number(6), Text(7), Text(8),
            row.IsDBNull(9) ? null : row.GetFieldValue<DateTimeOffset>(9), row.GetFieldValue<DateTimeOffset>(10), row.GetBoolean(11), row.IsDBNull(15) ? null : row.GetGuid(15), Text(16));

        int? Number(int column) => row.IsDBNull(column) ? null : row.GetInt32(column);
        string? Text(int column) => row.IsDBNull(column) ? null : row.GetString(column);
    }
}
