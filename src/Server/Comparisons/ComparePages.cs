using Rpd.Server.Accounts;
using Rpd.Server.Catalog;
using Rpd.Server.Credits;
using Rpd.Server.Generations;
using Rpd.Server.Generations.Playground;
using Rpd.Server.Http;
using Rpd.Server.Prompts;
using Rpd.Shared;
using Rpd.Shared.Generations;
using Rpd.Web.Compare;

namespace Rpd.Server.Comparisons;

/// <summary>Where a comparison is put together: its form, its price and the earlier ones.</summary>
public static class ComparePages
{
    private const int RecentShown = 12;

    public static void MapComparePages(this IEndpointRouteBuilder pages)
    {
        var own = pages.MapGroup("/compare").RequireAuthorization();
        own.MapGet("", Show);
        own.MapGet("/price", Price);
        own.MapPost("", Run);
    }

    private static async Task<IResult> Show(HttpContext http, ModelCatalog catalog, ComparisonQueries comparisons, CreditQueries credits)
    {
        var query = http.Request.Query;
        var form = Guid.TryParse(query["from"], out var from) && await comparisons.Find(http.User.AccountId()!.Value, from, http.RequestAborted) is { } earlier
            ? CompareForm.Again(earlier.Entries) : CompareForm.Read(query);
        return Pages.Page<ComparePage>(await Model(http, Settle(form, catalog), FormErrors.None, catalog, comparisons, credits));
    }

    // For the frame of that name. Anybody else who comes here (from sign-in, after a session has ended) wants a page.
    private static async Task<IResult> Price(HttpContext http, ModelCatalog catalog, CreditQueries credits)
    {
        if (!http.Request.Headers.ContainsKey("Turbo-Frame")) return Pages.See("/compare" + http.Request.QueryString);
        var balance = await credits.Balance(http.User.AccountId()!.Value, http.RequestAborted);
        return Pages.Page<CompareTotal>(ComparePrice.Of(Settle(CompareForm.Read(http.Request.Query), catalog), catalog, balance.Balance));
    }

    private static async Task<IResult> Run(
        HttpContext http, ModelCatalog catalog, StartComparison start, RateLimits limits, ComparisonQueries comparisons, CreditQueries credits, Moderation moderation)
    {
        var posted = PlaygroundForms.PlainLines(await http.Request.ReadFormAsync(http.RequestAborted));
        var form = Settle(CompareForm.Read(posted), catalog);
        var account = http.User.AccountId()!.Value;
        var plan = (await credits.Balance(account, http.RequestAborted)).Plan;
        var asked = CompareRequest.Read(form, catalog);
        if (asked.Declined) return await Again(asked.Refusal);
        var admission = limits.Take(LimitKind.Generations, account, null, plan);
        if (!admission.Admitted) return await Again(RateLimits.Refuse(admission));
        if (await moderation.Refuse([form.Prompt], http.RequestAborted) is { } violation) return await Again(violation);
        var started = await start.Run(asked.Value, new(account, "pages", plan), form.RequestId ?? PlaygroundForms.NewRequestId(), PlaygroundForms.Fingerprint(posted), http.RequestAborted);
        if (started.Declined) return await Again(PlaygroundForms.Said(started.Refusal));
        limits.Debit(LimitKind.Generations, account, null, plan, asked.Value.Count - 1);
        return Pages.See($"/compare/{started.Value}");

        async Task<IResult> Again(Refusal refusal) =>
            Pages.Page<ComparePage>(await Model(http, form, FormErrors.Of(refusal), catalog, comparisons, credits), refusal.Status is 402 or 429 or 503 ? refusal.Status : 422);
    }

    private static async Task<ComparePageModel> Model(
        HttpContext http, CompareForm form, FormErrors errors, ModelCatalog catalog, ComparisonQueries comparisons, CreditQueries credits)
    {
        var account = http.User.AccountId()!.Value;
        var balance = await credits.Balance(account, http.RequestAborted);
        var cursor = http.Request.Query["cursor"].FirstOrDefault();
        var recent = await comparisons.List(account, cursor, RecentShown, http.RequestAborted);
        return new(form with { RequestId = PlaygroundForms.NewRequestId() }, errors, Types(catalog), [.. catalog.List(form.Type, null, null)],
            ComparePrice.Of(form, catalog, balance.Balance), new([.. recent.Items.Select(row => Summary(row, catalog))], recent.NextCursor), cursor);
    }

    private static ComparisonSummary Summary(ComparisonRow row, ModelCatalog catalog) => new(row.Id, row.Type, row.Prompt, row.CreatedAt, row.Count, row.Choice switch
    {
        CastVote.Best => $"Best: {catalog.Find(row.Winner!)?.DisplayName ?? row.Winner}",
        CastVote.None => "None was good",
        CastVote.Skipped => "Not judged",
        _ => row.Running > 0 ? "In progress" : row.Shown < 2 ? "Nothing to choose" : "Waits for your vote",
    });

    // What can be compared here: two models at least that run.
    private static IReadOnlyList<string> Types(ModelCatalog catalog) =>
        [.. GenerationTypes.All.Where(type => catalog.All.Count(entry => entry.SupportedTypes.Contains(type) && catalog.Unavailable(entry) is null) >= CompareModels.ModelsMin)];

    private static CompareForm Settle(CompareForm form, ModelCatalog catalog)
    {
        var type = form.Type is not null && GenerationTypes.All.Contains(form.Type) ? form.Type
            : form.Models.Select(catalog.Find).FirstOrDefault(entry => entry is not null)?.SupportedTypes[0] ?? GenerationTypes.TextToImage;
        return form with { Type = type };
    }
}
