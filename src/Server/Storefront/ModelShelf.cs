using Rpd.Server.Catalog;
using Rpd.Server.Gallery;
using Rpd.Server.Generations;
using Rpd.Server.Http;
using Rpd.Shared.Explore;
using Rpd.Web.Catalog;

namespace Rpd.Server.Storefront;

/// <summary>The pages of the catalogue: prices from the catalogue, times as they were measured here, examples from the gallery.</summary>
public sealed class ModelShelf(ModelCatalog catalog, ModelSpeeds speeds, ExploreQueries explore, GenerationOptions generations, PublicAddress address, TimeProvider time)
{
    private const int ExamplesShown = 12;

    public async Task<IResult> List(HttpContext http)
    {
        var filter = FindModels.Read(http.Request.Query, catalog);
        var measured = await speeds.All(http.RequestAborted);
        var found = FindModels.Run(filter, catalog, measured);
        return Pages.Page<ModelsPage>(new ModelsModel(
            filter, [.. found.Select(one => new ModelLine(one.Model, one.Usual, measured.GetValueOrDefault(one.Model.Id)))], FindModels.Providers(catalog),
            catalog.All.Count, catalog.All.Count(entry => catalog.Unavailable(entry) is null)));
    }

    public async Task<IResult> Show(string id, HttpContext http)
    {
        if (catalog.Find(id) is not { } entry) return Results.NotFound();
        var measured = await speeds.All(http.RequestAborted);
        var examples = await explore.List(new ExploreFilter(Sort: "top", Model: id), null, ExamplesShown, time.GetUtcNow(), http.RequestAborted);
        return Pages.Page<ModelPage>(new ModelPageModel(
            catalog.View(entry), PriceTables.Of(entry), PriceTables.UsualRun(entry), measured.GetValueOrDefault(id),
            [.. entry.SupportedTypes.Select(type => generations.DeadlineOf(type, catalog.Times.Of(entry.Id))).Distinct().Order()], examples.Items, examples.NextCursor is not null,
            entry.Lifecycle.Until, entry.Lifecycle.Note, entry.OutputsMax, entry.PromptMax, address.Base));
    }
}
