using Npgsql;

namespace Rpd.Server.Billing;

/// <param name="Number">Grows with every look at the objects of this account.</param>
public sealed record Look(Guid Account, string Customer, long Number);

/// <summary>What became of a look at Stripe.</summary>
public enum Looked
{
    Written,

    /// <summary>Somebody began to look later and knows more: look again.</summary>
    Overtaken,

    /// <summary>Nothing of this installation's.</summary>
    NotOurs,
}

/// <summary>
/// Keeps what was read earlier from being written over what was read later: a look takes a number before it asks Stripe, and writes only while no later
/// look has begun. So events may come in any order, twice and at once, and no lock is held while Stripe is asked.
/// </summary>
public sealed class Looks(NpgsqlDataSource database)
{
    // Over a second altogether: then the event brings it.
    private const int TriesMax = 6;

    /// <returns>Null when the customer is nobody here.</returns>
    public async Task<Look?> Begin(string? customer, CancellationToken cancel)
    {
        if (customer is null) return null;
        await using var command = database.CreateCommand("update billing_customers set reading = reading + 1 where stripe_id = $1 returning account_id, reading");
        command.Parameters.AddWithValue(customer);
        await using var row = await command.ExecuteReaderAsync(cancel);
        return await row.ReadAsync(cancel) ? new(row.GetGuid(0), customer, row.GetInt64(1)) : null;
    }

    /// <summary>For somebody who waits for the next page: overtaken, it looks again, because whoever was faster may not have written yet.</summary>
    public static async Task<Looked> Patiently(Func<Task<Looked>> look, CancellationToken cancel)
    {
        for (var tries = 1; ; tries++)
        {
            var looked = await look();
            if (looked != Looked.Overtaken || tries == TriesMax) return looked;
            await Task.Delay(TimeSpan.FromMilliseconds((25 << tries) * (0.5 + (Random.Shared.NextDouble() / 2))), cancel);
        }
    }

    /// <summary>Whether it is still the latest; then nobody else writes for this account before the transaction ends.</summary>
    public static async Task<bool> Holds(NpgsqlTransaction within, Look look, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand("select 1 from billing_customers where account_id = $1 and reading = $2 for update", within.Connection, within);
        command.Parameters.AddWithValue(look.Account);
        command.Parameters.AddWithValue(look.Number);
        return await command.ExecuteScalarAsync(cancel) is not null;
    }
}
