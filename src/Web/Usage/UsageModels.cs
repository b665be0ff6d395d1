using Rpd.Shared;
using Rpd.Shared.Usage;
using Rpd.Web.Ui;

namespace Rpd.Web.Usage;

public static class UsagePeriods
{
    public const string Today = "today", Week = "7d", Usual = "30d", Month = "month", Custom = "custom";

    /// <summary>Those that have a name; the custom one has two dates.</summary>
    public static readonly IReadOnlyList<string> All = [Today, Week, Usual, Month];
}

public static class UsageMeasures
{
    public const string Credits = "credits", Requests = "requests";
}

/// <param name="Id">The day as 2026-01-31, the model's id, or the key's id (<c>none</c> without one).</param>
public sealed record UsageLine(string Id, string Label, UsageTotals Totals);

/// <param name="Values">One for each day.</param>
public sealed record UsageSeries(string Label, IReadOnlyList<long> Values);

public sealed record UsageChart(IReadOnlyList<DateOnly> Days, IReadOnlyList<UsageSeries> Series);

/// <summary>The one model or key that is looked at.</summary>
public sealed record UsageNarrowed(string? Model, string? Key, string? KeyName)
{
    public const string WithoutKey = "Without a key: pages and tokens";
}

/// <param name="Before">The totals of the period before, up to the same point.</param>
/// <param name="Lines">By group, or by day, the newest first; days without use are left out.</param>
/// <param name="Ever">Whether the account has ever used anything.</param>
/// <param name="From">As typed.</param>
/// <param name="To">As typed.</param>
public sealed record UsageModel(
    string Period, DateOnly First, DateOnly Last, string Zone, string GroupBy, string Measure, UsageNarrowed? Narrowed, UsageTotals Totals, UsageTotals Before,
    IReadOnlyList<UsageLine> Lines, UsageChart Chart, bool Ever, string BaseAddress, string? From, string? To, FormErrors Errors)
{
    /// <summary>Where the page is: one's own usage, or that of all accounts.</summary>
    public string Path { get; init; } = "/usage";

    public bool OfAll => Path != "/usage";

    /// <summary>This page with another choice; the others stay.</summary>
    public string With(string? period = null, string? group = null, string? show = null, bool narrowed = true, string? path = null)
    {
        var custom = period is null && Period == UsagePeriods.Custom;
        return Address.Of(path ?? Path, ("period", custom ? null : period ?? Period), ("from", custom ? From : null), ("to", custom ? To : null), ("group", group ?? GroupBy), ("show", show ?? Measure),
            ("model", narrowed ? Narrowed?.Model : null), ("key", narrowed ? Narrowed?.Key : null));
    }
}
