using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using Rpd.Server.Plans;
using Rpd.Shared;

namespace Rpd.Server.Http;

public enum LimitKind { General, Generations, Pages, Chat, ChatTokens }

/// <summary>
/// The limits of this node. Each credential has a bucket of its plan's size and all credentials of an account share another of the same size;
/// strangers have one for each address.
/// </summary>
public sealed class RateLimits(PlanList plans, PageOptions pages, TimeProvider time)
{
    public const int AnonymousPerMinute = 60;
    private const int BucketsMax = 200_000;
    private readonly ConcurrentDictionary<(LimitKind, object), TokenBucket> buckets = new();
    private long sweptAt;

    /// <param name="credential">The key or token that asks; null for the account's own pages.</param>
    public Admission Take(LimitKind kind, Guid accountId, Guid? credential, string planName, int cost = 1)
    {
        var perMinute = PerMinute(kind, planName);
        var account = Take(kind, accountId, perMinute, cost);
        if (!account.Admitted || credential is not { } key) return account;
        var own = Take(kind, key, perMinute, cost);
        return own.Admitted && own.Remaining > account.Remaining ? account : own;
    }

    /// <summary>For a request that was admitted and turned out to be worth more: both buckets pay, into debt if need be.</summary>
    public Admission Debit(LimitKind kind, Guid accountId, Guid? credential, string planName, int cost)
    {
        var perMinute = PerMinute(kind, planName);
        var account = Bucket(kind, accountId, perMinute).Debit(cost, time.GetElapsedTime(0).Ticks);
        if (credential is not { } key) return account;
        var own = Bucket(kind, key, perMinute).Debit(cost, time.GetElapsedTime(0).Ticks);
        return own.Remaining > account.Remaining ? account : own;
    }

    /// <summary>All of it from both buckets, or nothing.</summary>
    public Admission TakeWhole(LimitKind kind, Guid accountId, Guid? credential, string planName, int cost)
    {
        var perMinute = PerMinute(kind, planName);
        var now = time.GetElapsedTime(0).Ticks;
        var account = Bucket(kind, accountId, perMinute);
        var taken = account.TakeWhole(cost, now);
        if (!taken.Admitted || credential is not { } key) return taken;
        var own = Bucket(kind, key, perMinute).TakeWhole(cost, now);
        if (!own.Admitted) account.Debit(-cost, now);
        return own.Admitted && own.Remaining > taken.Remaining ? taken : own;
    }

    public Admission TakeAnonymous(IPAddress? address) => Take(LimitKind.General, Network(address), AnonymousPerMinute, 1);

    /// <summary>For a page that has to be drawn: one bucket a session, and for strangers one an address.</summary>
    public Admission TakePage(Guid? session, IPAddress? address) => Take(LimitKind.Pages, session is { } known ? known : Network(address), pages.PerMinute, 1);

    public static void Write(HttpResponse response, Admission admission)
    {
        response.Headers["RateLimit-Limit"] = Number(admission.Limit);
        response.Headers["RateLimit-Remaining"] = Number(admission.Remaining);
        response.Headers["RateLimit-Reset"] = Number((int)Math.Ceiling(admission.Reset.TotalSeconds));
        if (!admission.Admitted) response.Headers.RetryAfter = Number((int)Math.Max(1, Math.Ceiling(admission.RetryAfter.TotalSeconds)));
    }

    public static Refusal Refuse(Admission admission) =>
        new("RATE_LIMITED", 429, $"{admission.Limit} requests a minute are allowed. Try again in {Math.Max(1, Math.Ceiling(admission.RetryAfter.TotalSeconds))} s.");

    private int PerMinute(LimitKind kind, string plan) => kind switch
    {
        LimitKind.Generations => plans.Of(plan).GenerationsPerMinute,
        LimitKind.Chat => plans.Of(plan).ChatRequestsPerMinute,
        LimitKind.ChatTokens => plans.Of(plan).ChatTokensPerMinute,
        _ => plans.Of(plan).GeneralPerMinute,
    };

    private Admission Take(LimitKind kind, object who, int perMinute, int cost) => Bucket(kind, who, perMinute).Take(cost, time.GetElapsedTime(0).Ticks);

    private TokenBucket Bucket(LimitKind kind, object who, int perMinute)
    {
        var now = time.GetElapsedTime(0).Ticks;
        Sweep(now);
        var bucket = buckets.GetOrAdd((kind, who), static (_, made) => new TokenBucket(made.perMinute, made.now), (perMinute, now));
        // A changed plan starts with a fresh bucket of its size.
        if (bucket.PerMinute != perMinute) buckets[(kind, who)] = bucket = new TokenBucket(perMinute, now);
        return bucket;
    }

    // A full bucket says the same as no bucket.
    private void Sweep(long now)
    {
        var last = Interlocked.Read(ref sweptAt);
        if (now - last < TimeSpan.TicksPerMinute && buckets.Count < BucketsMax) return;
        if (Interlocked.CompareExchange(ref sweptAt, now, last) != last) return;
        foreach (var (key, bucket) in buckets)
            if (bucket.Full(now)) buckets.TryRemove(new(key, bucket));
    }

    // Somebody with IPv6 has a whole /64 to ask from.
    private static object Network(IPAddress? address)
    {
        if (address is null) return IPAddress.None;
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        return address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork ? address : Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8));
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
