using Npgsql;
using Rpd.Server.Billing.Stripe;

namespace Rpd.Server.Billing;

/// <summary>A recurring duty: what Stripe has told names people, and is of no use once it was handled. It is kept a while for a look.</summary>
public sealed class ForgetStripeEvents(NpgsqlDataSource database, StripeOptions options, TimeProvider time)
{
    public async Task<int> Run(CancellationToken cancel)
    {
        await using var command = database.CreateCommand("delete from stripe_events where handled_at < $1");
        command.Parameters.AddWithValue(time.GetUtcNow() - TimeSpan.FromDays(options.KeepEventsDays));
        return await command.ExecuteNonQueryAsync(cancel);
    }
}
