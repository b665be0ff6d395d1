namespace Rpd.Shared.Credits;

/// <summary>An account's credits.</summary>
/// <param name="Balance">Spendable credits, all buckets together.</param>
/// <param name="Reserved">Held for generations that are not finished.</param>
/// <param name="Owed">Still to be paid back after a reversed payment; paid calls wait for it.</param>
/// <param name="Plan">The name of the plan.</param>
/// <param name="MonthlyAllowance">Credits that the plan brings each month while it is paid for.</param>
/// <param name="LowBalanceThreshold">Below this a warning is sent.</param>
/// <param name="ResetsAt">When the next monthly allowance arrives; null while no plan is paid for, or none comes any more.</param>
public sealed record BalanceView(
    long Balance, long Reserved, BucketsView Buckets, long Owed, string Plan, long MonthlyAllowance, DateTimeOffset? ResetsAt, long LowBalanceThreshold);

/// <summary>Where the balance comes from, in the order of spending.</summary>
/// <param name="Promo">Gifts; some models take none.</param>
/// <param name="Allowance">Of this month's plan.</param>
/// <param name="Purchased">Bought; these do not lapse.</param>
public sealed record BucketsView(long Promo, long Allowance, long Purchased);

/// <summary>One movement of credits.</summary>
/// <param name="Seq">Counts the account's movements.</param>
/// <param name="Note">In words, where somebody wrote some.</param>
/// <param name="Kind"><c>grant</c>, <c>reserve</c>, <c>settle</c>, <c>purchase</c>, <c>reversal</c>, <c>adjust</c> or <c>lapse</c>.</param>
/// <param name="Amount">Change of the spendable balance.</param>
/// <param name="Bucket">The bucket that moved; <c>mixed</c> when several did, <c>none</c> when the balance did not change.</param>
public sealed record EntryView(long Seq, DateTimeOffset At, string Kind, long Amount, string Bucket, long BalanceAfter, CauseView? Cause, string? Note);

/// <summary>What a movement belongs to.</summary>
public sealed record CauseView(string Type, string Id);
