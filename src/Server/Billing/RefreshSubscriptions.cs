using Npgsql;
using Rpd.Server.Billing.Stripe;

namespace Rpd.Server.Billing;

/// <summary>A recurring duty: a plan whose time has passed and of which nothing was heard is looked up. Stripe gives up telling after three days.</summary>
public sealed class RefreshSubscriptions(NpgsqlDataSource database, ReadSubscriptions read, StripeOptions options, TimeProvider time)
{
    public async Task<int> Run(CancellationToken cancel)
    {
        if (!options.Ready) return 0;
        var late = new List<string>();
        await using (var command = database.CreateCommand("""
            select c.stripe_id from subscriptions s join billing_customers c using (account_id)
            where s.status in ('trialing', 'active', 'past_due') and s.period_end < $1 and s.updated_at < $1 order by s.updated_at limit 50
            """))
        {
            command.Parameters.AddWithValue(time.GetUtcNow() - TimeSpan.FromHours(2));
            await using var row = await command.ExecuteReaderAsync(cancel);
            while (await row.ReadAsync(cancel)) late.Add(row.GetString(0));
        }
        foreach (var customer in late) await read.Run(customer, cancel);
        return late.Count;
    }
}
