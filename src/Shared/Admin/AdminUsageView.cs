using Rpd.Shared.Usage;

namespace Rpd.Shared.Admin;

/// <summary>What all accounts have used.</summary>
/// <param name="Tz">Whose days these are.</param>
/// <param name="ByUser">The hundred accounts that spent most.</param>
public sealed record AdminUsageView(
    DateTimeOffset From, DateTimeOffset To, string Tz, [property: OneOf(typeof(UsageGroupings))] string GroupBy, IReadOnlyList<UsageBucket> Buckets, UsageTotals Totals, IReadOnlyList<UserUsage> ByUser);

/// <summary>What one account has used.</summary>
public sealed record UserUsage(Guid AccountId, string Handle, long Requests, long Credits, long Failed);
