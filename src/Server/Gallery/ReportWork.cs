using Npgsql;
using NpgsqlTypes;
using Rpd.Shared;
using Rpd.Shared.Explore;

namespace Rpd.Server.Gallery;

/// <summary>Puts a work before the moderators. Sent again while it is open, it is the same report with the newer words.</summary>
public sealed class ReportWork(NpgsqlDataSource database, TimeProvider time)
{
    public async Task<Outcome<ReportView>> Run(Guid account, Guid work, string reason, string? details, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        await using var command = database.CreateCommand($"""
            insert into reports (id, generation_id, account_id, reason, details, status, created_at)
            select $1, p.generation_id, $2, $3, $4, 'open', $5 from publications p join accounts a on a.id = p.account_id where p.generation_id = $6 and {Works.Open}
            on conflict (generation_id, account_id) where status = 'open' do update set reason = excluded.reason, details = excluded.details
            returning id, created_at
            """);
        command.Parameters.AddWithValue(Guid.CreateVersion7(now));
        command.Parameters.AddWithValue(account);
        command.Parameters.AddWithValue(reason);
        command.Parameters.Add(new NpgsqlParameter { Value = (object?)details ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
        command.Parameters.AddWithValue(now);
        command.Parameters.AddWithValue(work);
        try
        {
            await using var reader = await command.ExecuteReaderAsync(cancel);
            return await reader.ReadAsync(cancel) ? new ReportView(reader.GetGuid(0), work, reason, details, Report.Open, reader.GetFieldValue<DateTimeOffset>(1)) : Refusal.NotFound("The work");
        }
        catch (PostgresException fault) when (fault.SqlState == PostgresErrorCodes.ForeignKeyViolation)
        {
            // Purged in this moment.
            return Refusal.NotFound("The work");
        }
    }
}
