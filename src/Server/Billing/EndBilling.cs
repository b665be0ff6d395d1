using Npgsql;
using Rpd.Server.Billing.Stripe;

namespace Rpd.Server.Billing;

/// <summary>Whoever leaves pays no more. What was paid stays in the books, here and at Stripe.</summary>
public sealed class EndBilling(NpgsqlDataSource database, ReadSubscriptions subscriptions, StripeOptions options, ILogger<EndBilling> log)
{
    /// <exception cref="StripeException">Stripe does not answer: the account must not be closed while it may still be charged.</exception>
    public async Task Run(Guid account, CancellationToken cancel)
    {
        await using var command = database.CreateCommand("select stripe_id from billing_customers where account_id = $1");
        command.Parameters.AddWithValue(account);
        if (await command.ExecuteScalarAsync(cancel) is not string customer) return;
        if (options.Ready) await subscriptions.EndAll(customer, cancel);
        else log.LogWarning("Account {Account} was {Customer} at Stripe, and Stripe:SecretKey is missing: end its plan there by hand", account, customer);
    }
}
