using Rpd.Server.Catalog;
using Rpd.Server.Templates;
using Rpd.Shared.Catalog;
using Rpd.Shared.Generations;
using Rpd.Web.Library;
using Rpd.Web.Playground;

namespace Rpd.Server.Generations.Playground;

/// <summary>
/// The form that an address of the playground asks for. An earlier run (<c>from</c>, <c>vary</c>), somebody's work (<c>work</c>) or a template travels as
/// its id: its prompt need not fit an address. A result to go on from is <c>parentId</c>, with <c>output</c> where it has several.
/// </summary>
public sealed class AskedForm(ModelCatalog catalog, GenerationQueries generations, EarlierInputs earlier, PageInputs inputs, TemplateQueries templates, IOwnKeys keys)
{
    private static readonly string[] Describing = ["image2image", "image2video", "video2video", "animation", "extend"];

    public async Task<PlaygroundForm> Read(Guid account, IQueryCollection query, CancellationToken cancel)
    {
        var own = await keys.Of(account, cancel);
        if (Guid.TryParse(query["work"], out var work) && await generations.Find(account, work, cancel) is { } shown) return PlaygroundForms.Settle(PlaygroundForm.WithPromptOf(shown) with { ParentId = work.ToString() }, catalog, own);
        var form = await Again(account, query, own, cancel) ?? await FromTemplate(account, PlaygroundForm.Read(query), cancel);
        if (Guid.TryParse(form.ParentId, out var parent) && form is { InputImageUrl: null, InputVideoUrl: null, InputAudioUrl: null } && await generations.Find(account, parent, cancel) is { } made)
            form = GoOn(form, made, int.TryParse(query["output"], out var output) ? output : null, own);
        return PlaygroundForms.Settle(form, catalog, own);
    }

    private async Task<PlaygroundForm?> Again(Guid account, IQueryCollection query, OwnKeys own, CancellationToken cancel)
    {
        var vary = Guid.TryParse(query["vary"], out var id);
        if (!(vary || Guid.TryParse(query["from"], out id)) || await generations.Own(account, id, cancel) is not { } run) return null;
        var form = PlaygroundForm.Again(run) with { ParentId = (vary ? run.Id : run.ParentId)?.ToString() };
        if (vary) form = form with { Params = form.Params.Where(param => param.Key != "seed").ToDictionary() };
        form = await earlier.Into(form, account, id, cancel);
        // A run that its parent gave the file to goes on from that parent, and a variant of it is still a child of the run.
        if (!vary || run.ParentId is not { } parent || form is not { InputImageUrl: null, InputVideoUrl: null, InputAudioUrl: null } || await generations.Find(account, parent, cancel) is not { } made) return form;
        return GoOn(form, made, null, own);
    }

    private async Task<PlaygroundForm> FromTemplate(Guid account, PlaygroundForm form, CancellationToken cancel)
    {
        if (!Guid.TryParse(form.Template, out var id) || await templates.Find(id, account, cancel) is not { } template) return form with { Template = null };
        return form with { Type = form.Type ?? template.Type, Model = form.Model ?? template.Model, Prompt = form.Prompt ?? TemplateText.Fill(template, form.Gaps) };
    }

    private PlaygroundForm GoOn(PlaygroundForm form, GenerationView made, int? wanted, OwnKeys own)
    {
        // What comes of a work for adults is for adults until its author says otherwise.
        form = form with { Mature = form.Mature || made.Mature };
        if (wanted is < 0 || wanted >= made.Outputs.Count) wanted = null;
        if (form.Type is null && made.Outputs.ElementAtOrDefault(wanted ?? 0) is { } first) form = Open(form, first, own);
        form = PlaygroundForms.Settle(form, catalog, own);
        var slots = PlaygroundForms.Slots(form, catalog);
        var candidates = wanted is { } one ? [made.Outputs[one]] : made.Outputs;
        var given = candidates.Select(output => inputs.Of(made, output)).FirstOrDefault(input => slots.Any(slot => slot.Takes(input.Kind)));
        if (given is not null) form = form.WithInput(given.Field, given.Value);
        return form.Prompt is null && Describing.Contains(form.Type) ? form with { Prompt = made.Prompt } : form;
    }

    // Nothing was said about what is to become of it: whatever the first model that works here makes of such a file.
    private PlaygroundForm Open(PlaygroundForm form, OutputView output, OwnKeys own)
    {
        var kind = output.ContentType.Split('/')[0];
        var models = catalog.All.Select(entry => catalog.View(entry, own)).ToList();
        string[] types = kind switch { "image" => ["image2image", "image2video"], "video" => ["video2video", "upscale"], _ => ["avatar"] };
        var (type, model) = types.Select(type => (type, Model: ResultActions.Takes(models, type, kind))).FirstOrDefault(found => found.Model is not null);
        return model is null ? form : form with { Type = type, Provider = model.Provider, Model = model.Id };
    }
}
