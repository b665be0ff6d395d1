using Rpd.Server.Accounts;
using Rpd.Server.Catalog;
using Rpd.Server.Http;
using Rpd.Shared;
using Rpd.Shared.Generations;
using Rpd.Web.Compare;

namespace Rpd.Server.Comparisons;

/// <summary>A comparison beside itself: its columns as they come in, the vote, and the names after it.</summary>
public static class ComparisonPages
{
    public static void MapComparisonPages(this IEndpointRouteBuilder pages)
    {
        var own = pages.MapGroup("/compare/{id:guid}").RequireAuthorization();
        own.MapGet("", Show);
        own.MapGet("/columns/{letter:length(1)}", Column);
        own.MapGet("/outcome", Outcome);
        own.MapPost("/vote", Vote);
        // Without JavaScript a refused form leaves this address in the bar: reloading it leads back.
        own.MapGet("/vote", (Guid id) => Pages.See($"/compare/{id}"));
    }

    private static async Task<IResult> Show(Guid id, HttpContext http, ComparisonQueries comparisons, ModelCatalog catalog) =>
        await comparisons.Find(http.User.AccountId()!.Value, id, http.RequestAborted) is { } found ? Pages.Page<ComparisonPage>(Model(found, catalog, FormErrors.None)) : Results.NotFound();

    // For the frames of those names; without one it is somebody who wants the page.
    private static async Task<IResult> Column(Guid id, string letter, HttpContext http, ComparisonQueries comparisons, ModelCatalog catalog)
    {
        if (!http.Request.Headers.ContainsKey("Turbo-Frame")) return Pages.See($"/compare/{id}");
        if (await comparisons.Find(http.User.AccountId()!.Value, id, http.RequestAborted) is not { } found) return Results.NotFound();
        return Entries(found, catalog).FirstOrDefault(entry => entry.Letter == letter) is { } column ? Pages.Page<ComparisonColumn>(column) : Results.NotFound();
    }

    private static async Task<IResult> Outcome(Guid id, HttpContext http, ComparisonQueries comparisons, ModelCatalog catalog)
    {
        if (!http.Request.Headers.ContainsKey("Turbo-Frame")) return Pages.See($"/compare/{id}");
        return await comparisons.Find(http.User.AccountId()!.Value, id, http.RequestAborted) is { } found ? Pages.Page<ComparisonOutcome>(OutcomeOf(found, catalog, FormErrors.None)) : Results.NotFound();
    }

    private static async Task<IResult> Vote(Guid id, HttpContext http, CastVote cast, ComparisonQueries comparisons, ModelCatalog catalog)
    {
        var account = http.User.AccountId()!.Value;
        var fields = Fields.Of(await http.Request.ReadFormAsync(http.RequestAborted));
        var best = fields.Text("best", 40);
        var choice = fields.Has("skip") ? CastVote.Skipped : best == CastVote.None ? CastVote.None : CastVote.Best;
        var refusal = choice == CastVote.Best && best is null ? Refusal.Invalid("best", "Choose the best one, or none.") : await cast.Run(account, id, choice, best, http.RequestAborted);
        // Voted already, perhaps in another tab: the page shows what stands.
        if (refusal is null or { Status: 409 }) return Pages.See($"/compare/{id}");
        return refusal.Status != 404 && await comparisons.Find(account, id, http.RequestAborted) is { } found
            ? Pages.Page<ComparisonPage>(Model(found, catalog, FormErrors.Of(refusal)), 422) : Results.NotFound();
    }

    private static ComparisonPageModel Model(Comparison found, ModelCatalog catalog, FormErrors errors)
    {
        var first = found.Entries[0];
        return new(found.Id, first.Type, first.Prompt, found.Entries.Min(entry => entry.CreatedAt), found.Open, Entries(found, catalog), OutcomeOf(found, catalog, errors));
    }

    private static EntryModel[] Entries(Comparison found, ModelCatalog catalog) => [.. found.Entries.Select((entry, index) => found.Open
        ? new EntryModel(found.Id, BlindOrder.Letter(index), entry, catalog.Known(entry.Model)?.DisplayName ?? entry.Model, entry.Provider, entry.Id == found.Vote?.GenerationId)
        : new EntryModel(found.Id, BlindOrder.Letter(index), BlindOrder.Masked(entry, catalog)))];

    private static OutcomeModel OutcomeOf(Comparison found, ModelCatalog catalog, FormErrors errors)
    {
        // Times and sums would tell who is who: three models of different prices, of which one has failed, are known by what came back.
        var took = found is { Ended: true, Open: true } ? found.Entries.Max(entry => entry.CompletedAt) - found.Entries.Min(entry => entry.CreatedAt) : null;
        return new(found.Id, found.Entries[0].Type, Entries(found, catalog), found.Open, found.Votable, found.Vote?.Choice, took,
            found.Entries.Sum(entry => entry.CreditsCost), found.Entries.Sum(entry => entry.CreditsRefunded), errors);
    }
}
