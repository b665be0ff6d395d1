using Npgsql;
using NpgsqlTypes;
using Rpd.Server.Http;
using Rpd.Shared;
using Rpd.Shared.Admin;

namespace Rpd.Server.Admin;

/// <summary>Webhooks that need somebody, of all accounts: an index holds just those.</summary>
public sealed class FailingWebhooks(NpgsqlDataSource database, Cursors cursors)
{
    public const string ListName = "failing-webhooks";

    /// <param name="before">Where the page before this one ended.</param>
    public async Task<Page<FailingWebhookView>> Read(Guid? before, int limit, CancellationToken cancel)
    {
        await using var command = database.CreateCommand("""
            select w.id, w.account_id, a.handle, w.url, w.status, w.status_reason, w.failing_since, d.failed, d.latest, l.response_status, l.error
            from webhook_endpoints w join accounts a on a.id = w.account_id
              cross join lateral (select count(*) filter (where state = 'failed' or (state = 'pending' and attempt > 0))::int as failed, count(*)::int as latest
                from (select state, attempt from webhook_deliveries where endpoint_id = w.id order by event_id desc limit 100) latest) d
              left join lateral (select response_status, error from webhook_deliveries where endpoint_id = w.id and attempt > 0 order by event_id desc limit 1) l on true
            where (w.status = 'disabled' or w.status_reason is not null or w.failing_since is not null) and ($1::uuid is null or w.id < $1) order by w.id desc limit $2
            """);
        command.Parameters.Add(new() { Value = (object?)before ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid });
        command.Parameters.AddWithValue(limit + 1);
        await using var row = await command.ExecuteReaderAsync(cancel);
        var found = new List<FailingWebhookView>();
        while (await row.ReadAsync(cancel))
        {
            found.Add(new(row.GetGuid(0), row.GetGuid(1), row.GetString(2), row.GetString(3), row.GetString(4), Text(5), row.IsDBNull(6) ? null : row.GetFieldValue<DateTimeOffset>(6),
                row.GetInt32(7), row.GetInt32(8), row.IsDBNull(9) ? null : row.GetInt32(9), Text(10)));
        }
        return new([.. found.Take(limit)], found.Count > limit ? cursors.Write(ListName, found[limit - 1].Id.ToString()) : null);

        string? Text(int column) => row.IsDBNull(column) ? null : row.GetString(column);
    }
}
