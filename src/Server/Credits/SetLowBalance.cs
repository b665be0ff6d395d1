using Microsoft.EntityFrameworkCore;
using Rpd.Shared;

namespace Rpd.Server.Credits;

/// <summary>Below which balance an account is told that its credits run low. From then on it can be told again.</summary>
public sealed class SetLowBalance(AppDb db)
{
    public const long Max = 1_000_000_000;

    /// <param name="threshold">0: never. Null: the installation's.</param>
    public async Task<Refusal?> Run(Guid account, long? threshold, CancellationToken cancel)
    {
        if (threshold is < 0 or > Max) return Refusal.Invalid("threshold", $"Choose a number from 0 to {Max}.");
        await db.Database.ExecuteSqlAsync($"""
            insert into credit_balances (account_id, low_threshold) values ({account}, {threshold})
            on conflict (account_id) do update set low_threshold = excluded.low_threshold, low_told = false
            """, cancel);
        return null;
    }
}
