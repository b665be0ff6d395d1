using Microsoft.Extensions.Primitives;
using Rpd.Server.Catalog;
using Rpd.Server.Files;
using Rpd.Server.Media;
using Rpd.Server.Plans;
using Rpd.Server.Templates;
using Rpd.Shared;
using Rpd.Web.Playground;

namespace Rpd.Server.Generations.Playground;

/// <summary>A posted form with its files uploaded and its template filled in.</summary>
/// <param name="Sent">The fields as they came.</param>
/// <param name="Fields">The same with what has become of files and gaps.</param>
/// <param name="Wrong">What is wrong with the files and the gaps.</param>
public sealed record TakenForm(PlaygroundForm Form, IReadOnlyDictionary<string, StringValues> Sent, IFormCollection Fields, IReadOnlyList<FieldError> Wrong);

/// <summary>Reads a posted playground form. Without scripts its files come with it, and the template's gaps have not yet become a prompt.</summary>
public sealed class TakeForm(ModelCatalog catalog, UploadFile upload, TemplateQueries templates)
{
    public async Task<TakenForm> Run(HttpContext http, Guid account, Plan plan)
    {
        var posted = await http.Request.ReadFormAsync(http.RequestAborted);
        var sent = PlaygroundForms.Sent(posted);
        var fields = new Dictionary<string, StringValues>(sent);
        var form = PlaygroundForms.Settle(PlaygroundForm.Read(sent), catalog);
        var slots = PlaygroundForms.Slots(form, catalog);
        (form, var wrong) = await Files(posted.Files, slots, form, account, plan, http.RequestAborted);
        foreach (var field in slots.SelectMany(slot => slot.Fields.Values)) Set(field, form.Input(field));
        if (Guid.TryParse(form.Template, out var id) && await templates.Find(id, account, http.RequestAborted) is { } template)
        {
            if (form.Prompt == form.Filled) form = form with { Prompt = TemplateText.Fill(template, form.Gaps) };
            Set("prompt", form.Prompt);
            wrong.AddRange(TemplateText.Open(template, form.Prompt).Select(gap => new FieldError(PlaygroundForm.GapPrefix + gap.Name, $"Fill in {gap.Label}.")));
        }
        return new(form, sent, new FormCollection(fields), wrong);

        void Set(string field, string? value)
        {
            if (value is null) fields.Remove(field);
            else fields[field] = value;
        }
    }

    /// <summary>Uploads what came for these places, each into its own.</summary>
    public async Task<(PlaygroundForm Form, List<FieldError> Wrong)> Files(IFormFileCollection files, IEnumerable<InputSlot> slots, PlaygroundForm form, Guid account, Plan plan, CancellationToken cancel)
    {
        var wrong = new List<FieldError>();
        foreach (var slot in slots)
        {
            if (files.GetFile("file." + slot.Name) is not { FileName.Length: > 0 } file) continue;
            var taken = await Take(slot, file, account, plan, cancel);
            if (taken.Declined) wrong.Add(new(slot.Name, taken.Refusal.Message));
            else form = slot.Fields.Values.Aggregate(form, (filled, field) => filled.WithInput(field, field == taken.Value.Field ? taken.Value.Value : null));
        }
        return (form, wrong);
    }

    /// <returns>The field of the place that the file goes to, and how it is called there.</returns>
    public async Task<Outcome<(string Field, string Value)>> Take(InputSlot slot, IFormFile file, Guid account, Plan plan, CancellationToken cancel)
    {
        if (MediaTypes.Canonical(file.ContentType ?? "") is { } type && !slot.Takes(MediaTypes.Kind(type)))
            return Refusal.Invalid(slot.Name, $"A {string.Join(" or ", slot.Fields.Keys.Select(InputSlot.WordOf))} is needed here; the file is {type}.");
        await using var content = file.OpenReadStream();
        var kept = await upload.Run(account, plan, file.FileName, file.ContentType, file.Length, content, cancel);
        return kept.Declined ? kept.Refusal : (slot.Fields[MediaTypes.Kind(kept.Value.ContentType)], $"file:{kept.Value.FileId}");
    }
}
