using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using Rpd.Server.Billing.Stripe;
using Rpd.Server.Jobs;

namespace Rpd.Server.Billing;

/// <summary>
/// Stores what Stripe tells, once, and leaves the rest to a job: Stripe waits for nothing of ours. An event that comes again before it was handled gets another job,
/// because the first may have died.
/// </summary>
public sealed class ReceiveStripeEvent(NpgsqlDataSource database, StripeOptions options, JobBell bell, TimeProvider time)
{
    public const int BytesMax = 1024 * 1024;

    /// <returns>False when nobody of Stripe's has signed it.</returns>
    public async Task<bool> Run(string? signature, byte[] body, CancellationToken cancel)
    {
        if (!StripeSignature.Holds(signature, body, options.WebhookSecrets, time.GetUtcNow())) return false;
        if (JsonSerializer.Deserialize<StripeEventBody>(body, JsonSerializerOptions.Web) is not { } told) return false;
        // One endpoint may be told of test and real money; this server takes one of them.
        if (told.Livemode == options.Live && HandleStripeEvent.Knows(told.Type)) await Store(told, cancel);
        return true;
    }

    private async Task Store(StripeEventBody told, CancellationToken cancel)
    {
        await using var connection = await database.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await using (var command = new NpgsqlCommand("""
            insert into stripe_events as e (id, type, object, created_at, received_at) values ($1, $2, $3, $4, $5)
            on conflict (id) do update set received_at = e.received_at returning handled_at is null
            """, connection, transaction))
        {
            command.Parameters.AddWithValue(told.Id);
            command.Parameters.AddWithValue(told.Type);
            command.Parameters.AddWithValue(NpgsqlDbType.Jsonb, told.Data.Object.GetRawText());
            command.Parameters.AddWithValue(PaymentFacts.At(told.Created));
            command.Parameters.AddWithValue(time.GetUtcNow());
            if ((bool)(await command.ExecuteScalarAsync(cancel))!) await InsertJob.Run(transaction, Job.New(HandleStripeEvent.Kind, Lanes.Quick, new HandleStripeEvent.Args(told.Id), time.GetUtcNow()), cancel);
        }
        await transaction.CommitAsync(cancel);
        bell.Ring(Lanes.Quick);
    }
}
