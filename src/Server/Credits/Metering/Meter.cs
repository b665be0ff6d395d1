using System.Collections.Concurrent;
using Rpd.Shared;

namespace Rpd.Server.Credits.Metering;

/// <summary>
/// Holds back the price of a short call before anything is sent for it, and charges what it has cost, without a database's round trip for each: a node sets
/// credits aside in leases (<see cref="LeaseRows"/>), counts in memory and books every fifth of a second (<see cref="SettleLeases"/>). A node that dies
/// has not booked that fifth: those calls were free. What it had set aside goes back when its lease is over (<see cref="ReturnLeases"/>).
/// </summary>
public sealed class Meter
{
    // Long enough that an account in use draws a few times a second at most, and an idle one has its whole balance again at the next look. The first draw is generous: every one
    // lets calls wait, and of a small balance it takes no more than a tenth.
    private const long MoreAtFirst = 1_000, MoreMax = 100_000;
    private static readonly TimeSpan Often = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<LeaseKey, Lease> leases = new();
    private readonly LeaseRows rows;
    private readonly CreditOptions options;
    private readonly TimeProvider time;

    internal Meter(LeaseRows rows, CreditOptions options, TimeProvider time) => (this.rows, this.options, this.time) = (rows, options, time);

    internal IEnumerable<Lease> Leases => leases.Values;

    /// <param name="credits">The most that the call can cost; 0 where it is free.</param>
    /// <param name="provider">Who serves it, and <paramref name="model"/> what: promo credits pay for some only.</param>
    /// <returns>Whoever has it disposes it. Refusals: INSUFFICIENT_CREDITS, SPEND_CAP_REACHED.</returns>
    public async ValueTask<Outcome<Hold>> Hold(Payer payer, long credits, string provider, string model, CancellationToken cancel)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(credits);
        var key = Key(payer, options.PromoPays(provider, model));
        var usage = new UsageKey(payer.ApiKeyId ?? Guid.Empty, model, payer.Face);
        while (true)
        {
            var lease = leases.GetOrAdd(key, static (key, made) => new(key, made), time.GetTimestamp());
            if (lease.TryHold(credits, time.GetTimestamp())) return new Hold(lease, credits, usage, time);
            if (await Draw(lease, payer, credits, cancel) is { } refusal) return refusal;
        }
    }

    internal void Remove(Lease lease) => leases.TryRemove(new(lease.Key, lease));

    private async ValueTask<Refusal?> Draw(Lease lease, Payer payer, long credits, CancellationToken cancel)
    {
        await lease.Drawing.WaitAsync(cancel);
        try
        {
            if (lease.Closed)
            {
                Remove(lease);
                return null;
            }
            // Somebody else may have drawn enough for all that were waiting.
            if (lease.Missing(credits) is not { } missing) return null;
            var now = time.GetTimestamp();
            lease.More = lease.More == 0 ? MoreAtFirst : time.GetElapsedTime(lease.DrawnAt, now) < Often ? Math.Min(MoreMax, lease.More * 4) : Math.Max(MoreAtFirst, lease.More / 4);
            lease.DrawnAt = now;
            var (outcome, balance, drawn) = await rows.Draw(lease, payer, missing, Math.Max(lease.More, credits), cancel);
            if (outcome != "ok") return payer.Decline(outcome, credits, balance);
            lease.Add(drawn);
            return null;
        }
        finally
        {
            lease.Drawing.Release();
        }
    }

    private LeaseKey Key(Payer payer, bool promoPays) => payer.Test
        ? new(payer.AccountId, null, new DateTimeOffset(time.GetUtcNow().UtcDateTime.Date, TimeSpan.Zero), true, true)
        : new(payer.AccountId, payer.Cap is null ? null : payer.ApiKeyId, payer.CapStart, promoPays, false);
}
