using System.Globalization;
using Rpd.Server.Accounts;
using Rpd.Server.Http;
using Rpd.Server.Usage;
using Rpd.Shared.Usage;
using Rpd.Web.Admin;
using Rpd.Web.Usage;

namespace Rpd.Server.Admin;

/// <summary>What all accounts have used, in the days of whoever looks; and the same as a table for spreadsheets.</summary>
public static class AdminUsagePages
{
    private const string Path = "/admin/usage";

    public static void MapAdminUsagePages(this IEndpointRouteBuilder admin)
    {
        admin.MapGet("/usage", Show);
        admin.MapGet("/usage.csv", Csv);
    }

    private static async Task<IResult> Show(HttpContext http, UsageQueries own, AdminUsage usage, PublicAddress address, TimeProvider time)
    {
        var (period, errors, groupBy) = await Asked(http, own, time);
        var measure = http.Request.Query["show"] == UsageMeasures.Requests ? UsageMeasures.Requests : UsageMeasures.Credits;
        var totals = usage.Totals(period.Before, http.RequestAborted);
        var (now, before) = (await usage.Read(period.Range, groupBy, http.RequestAborted), await totals);
        if (now.Declined) return Results.BadRequest();
        var buckets = now.Value.Buckets;
        var model = new UsageModel(period.Name, period.First, period.Last, period.Range.Zone.Id, groupBy, measure, null, now.Value.Totals, before, [.. UsageFigures.Lines(period, groupBy, Label, buckets)],
            UsageFigures.Chart(period, measure, Label, buckets), Ever: true, address.Base, http.Request.Query["from"], http.Request.Query["to"], errors)
        { Path = Path };
        return Pages.Page<AdminUsagePage>(new AdminUsageModel(model, now.Value.ByUser), errors.Any ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);
    }

    private static async Task<IResult> Csv(HttpContext http, UsageQueries own, AdminUsage usage, TimeProvider time)
    {
        var (period, errors, groupBy) = await Asked(http, own, time);
        if (errors.Any) return Results.BadRequest();
        var view = await usage.Read(period.Range, groupBy, http.RequestAborted);
        if (view.Declined) return Results.BadRequest();
        var grouped = groupBy != UsageGroupings.Day;
        return UsageCsv.Answer(string.Create(CultureInfo.InvariantCulture, $"usage-of-all-{period.First:yyyy-MM-dd}-{period.Last:yyyy-MM-dd}.csv"),
            ["day", .. grouped ? [groupBy] : Array.Empty<string>(), "requests", "failed", "credits", "inputTokens", "outputTokens"],
            view.Value.Buckets.Select(bucket => (IReadOnlyList<string>)
            [
                UsageFigures.DayOf(period, bucket).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), .. grouped ? [Label(bucket.Group)] : Array.Empty<string>(),
                UsageParts.Number(bucket.Requests), UsageParts.Number(bucket.Failed), UsageParts.Number(bucket.Credits), UsageParts.Number(bucket.InputTokens), UsageParts.Number(bucket.OutputTokens),
            ]).ToAsyncEnumerable());
    }

    private static async Task<(UsagePeriod Period, Rpd.Shared.FormErrors Errors, string GroupBy)> Asked(HttpContext http, UsageQueries own, TimeProvider time)
    {
        var zone = TimeZoneInfo.TryFindSystemTimeZoneById(await own.Zone(http.User.AccountId()!.Value, http.RequestAborted), out var chosen) ? chosen : TimeZoneInfo.Utc;
        var (period, errors) = UsagePeriod.Read(http.Request.Query, zone, time.GetUtcNow());
        var group = http.Request.Query["group"].ToString();
        return (period, errors, group is UsageGroupings.Model or UsageGroupings.Face ? group : UsageGroupings.Day);
    }

    private static string Label(string? group) => group ?? "";
}
