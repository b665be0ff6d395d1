using Rpd.Server.Catalog;
using Rpd.Server.Credits;
using Rpd.Server.Generations.Inputs;
using Rpd.Server.Http;
using Rpd.Server.Plans;
using Rpd.Server.Templates;
using Rpd.Shared.Catalog;
using Rpd.Shared.Prompts;
using Rpd.Shared;
using Rpd.Web.Playground;

namespace Rpd.Server.Generations.Playground;

/// <summary>Puts together what the page shows for a form.</summary>
public sealed class DrawPlayground(
    ModelCatalog catalog, GenerationQueries generations, CreditQueries credits, PageInputs inputs, TemplateQueries templates, RecommendModels recommend, ModelSpeeds speeds,
    PlanList plans, IOwnKeys keys, ListedChoices listed, InputLengths lengths, PublicAddress address)
{
    private const int RecentShown = 12;

    public async Task<PlaygroundModel> Run(Guid account, PlaygroundForm asked, FormErrors errors, CancellationToken cancel, EnhancedPrompt? enhanced = null, string? refused = null)
    {
        var balance = await credits.Balance(account, cancel);
        var own = await keys.Of(account, cancel);
        var recent = await generations.List(account, new(), null, RecentShown, cancel);
        var (form, given) = await inputs.Of(account, asked, cancel);
        var template = Guid.TryParse(form.Template, out var id) ? await templates.Find(id, account, cancel) : null;
        return new(form with { RequestId = PlaygroundForms.NewRequestId(), Template = template?.Id.ToString() }, errors, [.. catalog.All.Select(entry => catalog.View(entry, own))], PlaygroundForms.PriceOf(form, catalog, balance.Balance, own, await lengths.Of(account, form, cancel)), recent.Items, address.Base)
        {
            Account = account,
            Inputs = given,
            Template = template,
            Enhanced = enhanced,
            GoodFor = string.IsNullOrWhiteSpace(form.Prompt) ? [] : await recommend.Run(form.Prompt, form.Type, priority: null, maxCredits: null, own, cancel),
            Speeds = (await speeds.All(cancel)).ToDictionary(model => model.Key, model => model.Value.P50Ms),
            BytesMax = InputPages.BytesMax(plans.Of(balance.Plan)),
            RefusedCode = refused,
            Listed = form.Model is not null && catalog.Find(form.Model) is { } entry ? Remembered(entry, own) : [],
        };
    }

    private Dictionary<string, IReadOnlyList<ChoiceView>> Remembered(CatalogEntry entry, OwnKeys own) =>
        catalog.View(entry).Listed.Select(param => (param, Choices: listed.Remembered(entry, param, own))).Where(one => one.Choices is not null).ToDictionary(one => one.param, one => one.Choices!);
}
