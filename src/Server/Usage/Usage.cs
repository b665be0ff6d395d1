using System.Globalization;
using Rpd.Server.ApiKeys;
using Rpd.Server.Http;
using Rpd.Server.OpenApi;
using Rpd.Shared.ApiKeys;
using Rpd.Shared.Usage;

namespace Rpd.Server.Usage;

/// <summary>What an account has used: hourly totals in UTC, read as days of the reader's own zone.</summary>
public static class UsageParts
{
    public static IServiceCollection AddUsage(this IServiceCollection services) => services.AddSingleton<UsageQueries>().AddSingleton<SumHouse>().AddScoped<TellOfCaps>().AddScoped<FreezeKeys>();

    public static void MapUsageApi(this IEndpointRouteBuilder api) => api.MapGet("/usage", Read).Needs(Scopes.Read)
        .Describe("Get your usage", "Days of a time zone, booked when a generation ended. `Accept: text/csv` gives them as a table.").Filters<UsageFilter>()
        .Gives<UsageView>(example: """
            {"from":"2026-02-19T23:00:00Z","to":"2026-03-20T12:00:00Z","tz":"Europe/Berlin","groupBy":"model",
             "buckets":[{"start":"2026-03-19T23:00:00Z","group":"studio-sketch","requests":12,"credits":11,"failed":1,"inputTokens":0,"outputTokens":0}],
             "totals":{"requests":12,"credits":11,"failed":1,"inputTokens":0,"outputTokens":0}}
            """)
        .GivesAlso("text/csv", "start,group,requests,credits,failed,inputTokens,outputTokens\r\n");

    private static async Task<IResult> Read(HttpContext http, UsageQueries usage, TimeProvider time)
    {
        var account = http.Credential().AccountId;
        var fields = Fields.Of(http.Request.Query);
        var groupBy = fields.Choice("groupBy", UsageGroupings.All) ?? UsageGroupings.Day;
        var zone = fields.Has("tz") ? "UTC" : await usage.Zone(account, http.RequestAborted);
        if (UsageRange.Read(fields, zone, time.GetUtcNow()) is not { } range) return ApiAnswers.Refuse(fields.Refusal!);
        var view = await usage.Read(account, range, groupBy, http.RequestAborted);
        if (view.Declined) return ApiAnswers.Refuse(view.Refusal);
        return http.Request.GetTypedHeaders().Accept.Any(type => type.MediaType == "text/csv") ? Csv(view.Value) : ApiAnswers.Data(view.Value);
    }

    private static IResult Csv(UsageView view) => UsageCsv.Answer("usage.csv", ["start", "group", "requests", "credits", "failed", "inputTokens", "outputTokens"],
        view.Buckets.Select(bucket => (IReadOnlyList<string>)[$"{bucket.Start.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}", bucket.Group ?? "",
            Number(bucket.Requests), Number(bucket.Credits), Number(bucket.Failed), Number(bucket.InputTokens), Number(bucket.OutputTokens)]).ToAsyncEnumerable());

    internal static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
