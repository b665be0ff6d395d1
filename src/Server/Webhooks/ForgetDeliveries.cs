using Npgsql;

namespace Rpd.Server.Webhooks;

/// <summary>Deliveries are kept as long as their events: 30 days.</summary>
public sealed class ForgetDeliveries(NpgsqlDataSource database, TimeProvider time)
{
    // A long absence must not end in one huge transaction.
    private const int AtOnce = 10_000;

    public async Task<int> Run(CancellationToken cancel)
    {
        var all = 0L;
        long gone;
        do
        {
            await using var command = database.CreateCommand("""
                with gone as (
                  delete from webhook_deliveries where id in (select id from webhook_deliveries where created_at < $1 order by created_at limit $2) returning id
                ), attempts as (
                  delete from webhook_attempts a using gone where a.delivery_id = gone.id
                )
                select count(*) from gone
                """);
            command.Parameters.AddWithValue(time.GetUtcNow().AddDays(-30));
            command.Parameters.AddWithValue(AtOnce);
            all += gone = (long)(await command.ExecuteScalarAsync(cancel))!;
        }
        while (gone == AtOnce);
        return (int)all;
    }
}
