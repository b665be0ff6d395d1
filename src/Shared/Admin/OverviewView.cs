namespace Rpd.Shared.Admin;

/// <summary>How the installation is doing, and what waits for an administrator. No count goes beyond 10,000.</summary>
/// <param name="Hours">The last 24, oldest first; the one that runs is the last.</param>
/// <param name="Captured">Credits that were earned in these hours.</param>
/// <param name="Purchased">Credits that were bought in packs in the last 24 hours and not taken back.</param>
/// <param name="PurchasedMonth">The same today, in UTC, and on the 29 days before.</param>
/// <param name="Revenue">By currency; empty when nobody paid in the last 30 days.</param>
public sealed record OverviewView(
    WaitingWork Waiting, IReadOnlyList<LaneView> Lanes, IReadOnlyList<TrafficHour> Hours, LatencyView Latency, long Captured, long Purchased, long PurchasedMonth, IReadOnlyList<RevenueView> Revenue,
    IReadOnlyList<ProviderHealth> Providers)
{
    /// <summary>Where an exact number would mean nothing any more.</summary>
    public const int CountMax = 10_000;
}

/// <param name="Reports">Works with an open report, and appeals that nobody has answered.</param>
/// <param name="Webhooks">Endpoints that were stopped, or have done nothing but fail.</param>
/// <param name="DeadJobs">Jobs that were given up.</param>
/// <param name="StuckJobs">Jobs whose worker is gone, or that have been due for minutes.</param>
/// <param name="LedgerFaults">What the last proof of the ledger has found.</param>
/// <param name="Access">Requests for access that nobody has decided.</param>
public sealed record WaitingWork(long Reports, long Webhooks, long DeadJobs, long StuckJobs, long LedgerFaults, long Access);

/// <param name="Ready">Due or planned.</param>
/// <param name="OldestSeconds">How long the first of those that are due has waited; null when none is.</param>
public sealed record LaneView(string Lane, long Ready, long Running, long? OldestSeconds);

/// <summary>An hour of UTC over all accounts.</summary>
public sealed record TrafficHour(DateTimeOffset Start, long Requests, long Failed, long Credits);

/// <summary>From the order to the ready work, over the last day's latest runs.</summary>
/// <param name="Samples">Completed runs that were looked at.</param>
public sealed record LatencyView(double? P50Seconds, double? P95Seconds, long Samples);

/// <param name="Configured">Whether the operator has set credentials for it.</param>
/// <param name="Down">Calls are held back for a moment because too many failed, on the node that answers.</param>
public sealed record ProviderHealth(string Provider, bool Configured, bool Down);

/// <summary>What was paid and neither given back nor contested since, by the day of the payment. In the currency's smallest unit.</summary>
/// <param name="Day">Of the last 24 hours.</param>
/// <param name="Month">Of today, in UTC, and the 29 days before.</param>
public sealed record RevenueView(string Currency, long Day, long Month);
