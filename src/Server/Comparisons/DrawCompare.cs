using Rpd.Server.Catalog;
using Rpd.Server.Credits;
using Rpd.Server.Generations.Inputs;
using Rpd.Server.Generations.Playground;
using Rpd.Server.Generations;
using Rpd.Server.Plans;
using Rpd.Shared.Generations;
using Rpd.Shared;
using Rpd.Web.Compare;

namespace Rpd.Server.Comparisons;

/// <summary>Puts together what the page shows for a form.</summary>
public sealed class DrawCompare(ModelCatalog catalog, ComparisonQueries comparisons, CreditQueries credits, PageInputs inputs, PlanList plans, IOwnKeys keys, InputLengths lengths)
{
    private const int RecentShown = 12;

    public async Task<ComparePageModel> Run(Guid account, CompareForm asked, FormErrors errors, string? cursor, CancellationToken cancel)
    {
        var balance = await credits.Balance(account, cancel);
        var own = await keys.Of(account, cancel);
        var recent = await comparisons.List(account, cursor, RecentShown, cancel);
        var (files, given) = await inputs.Of(account, asked.Files, cancel);
        var form = asked.With(files) with { RequestId = PlaygroundForms.NewRequestId() };
        return new(form, errors, Types(own), [.. catalog.List(form.Type, null, null, own)], ComparePrice.Of(form, catalog, own, balance.Balance, await lengths.Of(account, form, cancel)), new([.. recent.Items.Select(Summary)], recent.NextCursor), cursor)
        {
            Inputs = given,
            BytesMax = InputPages.BytesMax(plans.Of(balance.Plan)),
        };
    }

    private ComparisonSummary Summary(ComparisonRow row) => new(row.Id, row.Type, row.Prompt, row.CreatedAt, row.Count, row.Choice switch
    {
        CastVote.Best => $"Best: {catalog.Known(row.Winner!)?.DisplayName ?? row.Winner}",
        CastVote.None => "None was good",
        CastVote.Skipped => "Not judged",
        _ => row.Running > 0 ? "In progress" : row.Shown < 2 ? "Nothing to choose" : "Waits for your vote",
    });

    // What can be compared here: two models at least that run.
    private IReadOnlyList<string> Types(OwnKeys own) =>
        [.. GenerationTypes.All.Where(type => catalog.All.Count(entry => entry.SupportedTypes.Contains(type) && catalog.Unavailable(entry, own) is null) >= CompareModels.ModelsMin)];
}
