namespace Rpd.Shared.Credits;

/// <param name="Balance">Spendable credits, all buckets together.</param>
/// <param name="Reserved">Held for generations that are not finished.</param>
/// <param name="ResetsAt">When the next monthly allowance arrives; null on plans without one.</param>
public sealed record BalanceView(
    long Balance, long Reserved, BucketsView Buckets, long Owed, string Plan, long MonthlyAllowance, DateTimeOffset? ResetsAt, long LowBalanceThreshold);

public sealed record BucketsView(long Promo, long Allowance, long Purchased);

/// <param name="Kind"><c>grant</c>, <c>reserve</c>, <c>settle</c>, <c>purchase</c>, <c>reversal</c>, <c>adjust</c> or <c>lapse</c>.</param>
/// <param name="Amount">Change of the spendable balance.</param>
/// <param name="Bucket">The bucket that moved; <c>mixed</c> when several did, <c>none</c> when the balance did not change.</param>
public sealed record EntryView(long Seq, DateTimeOffset At, string Kind, long Amount, string Bucket, long BalanceAfter, CauseView? Cause, string? Note);

public sealed record CauseView(string Type, string Id);
