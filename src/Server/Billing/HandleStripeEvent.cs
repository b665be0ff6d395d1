using System.Text.Json;
using Npgsql;
using Rpd.Server.Jobs;

namespace Rpd.Server.Billing;

/// <summary>
/// The job <c>stripe.event</c>. An event only says where to look: what counts is what Stripe says of the object now, so that order and number of events do
/// not matter. It is marked as handled when everything that follows from it stands.
/// </summary>
public sealed class HandleStripeEvent(NpgsqlDataSource database, ReadPayment payments, ReadSubscriptions subscriptions, TimeProvider time) : IJob
{
    public const string Kind = "stripe.event";

    private static readonly string[] Known = ["checkout.session.", "invoice.", "customer.subscription.", "charge.refund", "charge.dispute.", "payment_intent."];

    internal sealed record Args(string Event);

    public static bool Knows(string type) => Known.Any(start => type.StartsWith(start, StringComparison.Ordinal));

    public async Task<JobResult> Run(JobRun job, CancellationToken cancel)
    {
        var id = job.Read<Args>().Event;
        if (await Read(id, cancel) is not var (type, told)) return JobResult.Done;
        // Several at once for one account overtake each other: not all again in the same moment.
        if (await Look(type, told, cancel) == Looked.Overtaken) return JobResult.Snooze(TimeSpan.FromMilliseconds(Random.Shared.Next(100, 1000)));
        await using var command = database.CreateCommand("update stripe_events set handled_at = $2 where id = $1");
        command.Parameters.AddWithValue(id);
        command.Parameters.AddWithValue(time.GetUtcNow());
        await command.ExecuteNonQueryAsync(cancel);
        return JobResult.Done;
    }

    private async Task<Looked> Look(string type, JsonElement told, CancellationToken cancel)
    {
        var customer = Text(told, "customer");
        switch (type)
        {
            case var _ when type.StartsWith("customer.subscription.", StringComparison.Ordinal):
            case var _ when type.StartsWith("checkout.session.", StringComparison.Ordinal) && Text(told, "mode") == "subscription":
                return await subscriptions.Run(customer, cancel);
            case var _ when type.StartsWith("invoice.", StringComparison.Ordinal):
                var invoice = await payments.Invoice(Text(told, "id")!, customer, cancel);
                return invoice == Looked.Overtaken ? invoice : await subscriptions.Run(customer, cancel);
            default:
                // Of a payment page that nobody has paid on, and of one that keeps a card, there is none.
                var intent = type.StartsWith("payment_intent.", StringComparison.Ordinal) ? Text(told, "id") : Text(told, "payment_intent");
                return intent is null ? Looked.NotOurs : await payments.Intent(intent, customer, cancel);
        }
    }

    private static string? Text(JsonElement told, string name) => told.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private async Task<(string Type, JsonElement Object)?> Read(string id, CancellationToken cancel)
    {
        await using var command = database.CreateCommand("select type, object from stripe_events where id = $1 and handled_at is null");
        command.Parameters.AddWithValue(id);
        await using var row = await command.ExecuteReaderAsync(cancel);
        return await row.ReadAsync(cancel) ? (row.GetString(0), row.GetFieldValue<JsonElement>(1)) : null;
    }
}
