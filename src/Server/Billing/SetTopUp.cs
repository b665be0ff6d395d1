using Npgsql;
using Rpd.Server.Http;
using Rpd.Shared;

namespace Rpd.Server.Billing;

/// <summary>How, or whether, an account's credits buy themselves. Saving it forgets earlier refusals: somebody has looked at it.</summary>
public sealed class SetTopUp(NpgsqlDataSource database, CreditPackList packs, BillingQueries billing, TimeProvider time)
{
    private const long ThresholdMax = 1_000_000;

    public async Task<Refusal?> Run(Guid account, Fields fields, CancellationToken cancel)
    {
        var (active, threshold) = (fields.Flag("active") ?? false, fields.Integer("threshold", 1, ThresholdMax));
        var (pack, ceiling) = (fields.Choice("pack", [.. packs.All.Select(one => one.Name)]), fields.Number("ceiling", 1, 1_000_000));
        if (active && !fields.Has("threshold")) fields.Wrong("threshold", "Say below how many credits.");
        if (active && !fields.Has("pack")) fields.Wrong("pack", "Choose a pack.");
        if (active && !fields.Has("ceiling")) fields.Wrong("ceiling", "Say how much at most in a month.");
        if (active && ceiling is { } most && pack is not null && packs.Find(pack)!.Cents > most * 100) fields.Wrong("ceiling", "The ceiling is below the price of one pack.");
        if (fields.Refusal is { } wrong) return wrong;
        if (active)
        {
            var method = await billing.Method(account, cancel);
            if (method.Declined) return method.Refusal;
            if (method.Value is CardOnFile.None) return Refusal.Invalid("active", "Add a card first: automatic top-up charges it without asking.");
        }
        await using var command = database.CreateCommand(active
            ? """
              insert into top_ups (account_id, active, threshold, pack, ceiling, updated_at) values ($1, true, $3, $4, $5, $2)
              on conflict (account_id) do update set active = true, threshold = $3, pack = $4, ceiling = $5, failures = 0, not_before = null, updated_at = $2
              """
            : "update top_ups set active = false, updated_at = $2 where account_id = $1");
        command.Parameters.AddWithValue(account);
        command.Parameters.AddWithValue(time.GetUtcNow());
        if (active)
        {
            command.Parameters.AddWithValue(threshold!.Value);
            command.Parameters.AddWithValue(pack!);
            command.Parameters.AddWithValue((long)(ceiling!.Value * 100));
        }
        await command.ExecuteNonQueryAsync(cancel);
        return null;
    }
}
