namespace Rpd.Shared.Usage;

/// <summary>What an account has used, day by day in a time zone. Booked when a generation ends, in hours of UTC; an hour belongs to the day in which it begins.</summary>
/// <param name="From">Begin, included.</param>
/// <param name="To">End, not included.</param>
/// <param name="Tz">IANA name of the zone whose days these are.</param>
/// <param name="GroupBy"><c>day</c>, <c>model</c>, <c>key</c> or <c>face</c>.</param>
/// <param name="Buckets">By day, then by group; days without use are left out.</param>
public sealed record UsageView(DateTimeOffset From, DateTimeOffset To, string Tz, string GroupBy, IReadOnlyList<UsageBucket> Buckets, UsageTotals Totals);

/// <summary>One day, or one group within it.</summary>
/// <param name="Start">The day's first moment, in UTC.</param>
/// <param name="Group">The model's or API key's id or the face's name; <c>none</c> for use without a key; null when grouped by day alone.</param>
/// <param name="Credits">What was charged: refunds are not in it.</param>
public sealed record UsageBucket(DateTimeOffset Start, string? Group, long Requests, long Credits, long Failed, long InputTokens, long OutputTokens);

/// <summary>All buckets together.</summary>
public sealed record UsageTotals(long Requests, long Credits, long Failed, long InputTokens, long OutputTokens);
