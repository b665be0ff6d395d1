using System.Globalization;
using Rpd.Server.Accounts;
using Rpd.Server.Http;
using Rpd.Shared;
using Rpd.Shared.Usage;
using Rpd.Web.Usage;

namespace Rpd.Server.Usage;

/// <summary>The page of usage and its table for spreadsheets: the same address with <c>.csv</c> gives the same numbers.</summary>
public static class UsagePages
{
    public static void MapUsagePages(this IEndpointRouteBuilder pages)
    {
        pages.MapGet("/usage", Show).RequireAuthorization();
        pages.MapGet("/usage.csv", Csv).RequireAuthorization();
    }

    private static async Task<IResult> Show(HttpContext http, UsageQueries usage, PublicAddress address, TimeProvider time)
    {
        var account = http.User.AccountId()!.Value;
        var asked = await Asked.Read(http, account, usage, time);
        if (asked is null) return Results.NotFound();
        var (period, cancel) = (asked.Period, http.RequestAborted);
        var now = await usage.Read(account, period.Range, asked.GroupBy, cancel, asked.Cut);
        var before = await usage.Read(account, period.Before, UsageGroupings.Day, cancel, asked.Cut);
        if (now.Declined || before.Declined) return Results.BadRequest();
        var buckets = now.Value.Buckets;
        var model = new UsageModel(period.Name, period.First, period.Last, period.Range.Zone.Id, asked.GroupBy, asked.Measure, asked.Narrowed, now.Value.Totals, before.Value.Totals,
            [.. UsageFigures.Lines(period, asked.GroupBy, asked.Label, buckets)], UsageFigures.Chart(period, asked.Measure, asked.Label, buckets), await usage.Any(account, cancel), address.Base, http.Request.Query["from"], http.Request.Query["to"], asked.Errors);
        return Pages.Page<UsagePage>(model, asked.Errors.Any ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);
    }

    private static async Task<IResult> Csv(HttpContext http, UsageQueries usage, TimeProvider time)
    {
        var account = http.User.AccountId()!.Value;
        var asked = await Asked.Read(http, account, usage, time);
        if (asked is null) return Results.NotFound();
        if (asked.Errors.Any) return Results.BadRequest();
        var grouped = asked.GroupBy != UsageGroupings.Day;
        http.Response.Headers.CacheControl = "no-store";
        return UsageCsv.Answer(string.Create(CultureInfo.InvariantCulture, $"usage-{asked.Period.First:yyyy-MM-dd}-{asked.Period.Last:yyyy-MM-dd}.csv"),
            ["day", .. grouped ? [asked.GroupBy] : Array.Empty<string>(), "requests", "failed", "credits", "inputTokens", "outputTokens"],
            usage.Each(account, asked.Period.Range, asked.GroupBy, asked.Cut, http.RequestAborted).Select(bucket => (IReadOnlyList<string>)
            [
                UsageFigures.DayOf(asked.Period, bucket).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), .. grouped ? [asked.Label(bucket.Group)] : Array.Empty<string>(),
                UsageParts.Number(bucket.Requests), UsageParts.Number(bucket.Failed), UsageParts.Number(bucket.Credits), UsageParts.Number(bucket.InputTokens), UsageParts.Number(bucket.OutputTokens),
            ]));
    }

    /// <summary>What the address asks for.</summary>
    private sealed record Asked(
        UsagePeriod Period, FormErrors Errors, string GroupBy, string Measure, UsageCut? Cut, UsageNarrowed? Narrowed, IReadOnlyDictionary<string, string> KeyNames)
    {
        private const string NoKey = "none";

        /// <returns>Null when a key is named that the account does not have.</returns>
        public static async Task<Asked?> Read(HttpContext http, Guid account, UsageQueries usage, TimeProvider time)
        {
            var query = http.Request.Query;
            var zone = TimeZoneInfo.TryFindSystemTimeZoneById(await usage.Zone(account, http.RequestAborted), out var own) ? own : TimeZoneInfo.Utc;
            var (period, errors) = UsagePeriod.Read(query, zone, time.GetUtcNow());
            var names = await usage.KeyNames(account, http.RequestAborted);
            var (model, key) = (Text("model"), Text("key")?.ToLowerInvariant());
            if (key is not null && key != NoKey && !names.ContainsKey(key)) return null;
            var groupBy = Text("group") is UsageGroupings.Model or UsageGroupings.Key ? Text("group")! : UsageGroupings.Day;
            return new(period, errors, groupBy, Text("show") == UsageMeasures.Requests ? UsageMeasures.Requests : UsageMeasures.Credits,
                model is null && key is null ? null : new(model, key is null ? null : key == NoKey ? Guid.Empty : Guid.Parse(key)),
                model is null && key is null ? null : new(model, key, key is null ? null : key == NoKey ? UsageNarrowed.WithoutKey : names[key]), names);

            string? Text(string name) => query[name].FirstOrDefault() is { Length: > 0 and <= 200 } text && !text.Contains('\0', StringComparison.Ordinal) ? text : null;
        }

        public string Label(string? group) => GroupBy != UsageGroupings.Key ? group ?? "" : group == NoKey ? UsageNarrowed.WithoutKey : KeyNames.GetValueOrDefault(group ?? "", group ?? "");
    }
}
