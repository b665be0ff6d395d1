using System.Globalization;

namespace Rpd.Server.Billing;

/// <summary>A month of an allowance: it begins on the day of the month on which the plan began, or on the month's last when it has no such day.</summary>
/// <param name="From">Included.</param>
/// <param name="To">Not included.</param>
public sealed record AllowanceMonth(DateTimeOffset From, DateTimeOffset To)
{
    /// <summary>The calendar month in which it begins: no two of one plan begin in the same.</summary>
    public string Name => From.UtcDateTime.ToString("yyyy-MM", CultureInfo.InvariantCulture);

    /// <param name="started">Of the plan.</param>
    public static AllowanceMonth At(DateTimeOffset started, DateTimeOffset now)
    {
        var months = Math.Max(0, ((now.UtcDateTime.Year - started.UtcDateTime.Year) * 12) + now.UtcDateTime.Month - started.UtcDateTime.Month);
        // Each is counted from the beginning: one from the other would make of the 31st the 28th for ever.
        if (months > 0 && started.AddMonths(months) > now) months--;
        return new(started.AddMonths(months), started.AddMonths(months + 1));
    }

    /// <summary>What remains of <paramref name="credits"/> for the rest of the month.</summary>
    public long Rest(long credits, DateTimeOffset now) => (long)((Int128)credits * (To - now).Ticks / (To - From).Ticks);
}
