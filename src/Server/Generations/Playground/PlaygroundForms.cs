using System.Security.Cryptography;
using System.Text.Json;
using System.Text;
using Microsoft.Extensions.Primitives;
using Rpd.Server.Catalog;
using Rpd.Server.Generations.Inputs;
using Rpd.Server.Http;
using Rpd.Shared.Generations;
using Rpd.Shared;
using Rpd.Web.Playground;

namespace Rpd.Server.Generations.Playground;

/// <summary>What the server makes of the form's fields before it draws or runs them.</summary>
public static class PlaygroundForms
{
    /// <summary>What was not chosen is chosen for them: a type that works here, and the type's first model that works.</summary>
    public static PlaygroundForm Settle(PlaygroundForm form, ModelCatalog catalog, OwnKeys? own = null)
    {
        var entry = form.Model is null ? null : catalog.Find(form.Model);
        var type = form.Type is not null && GenerationTypes.All.Contains(form.Type) ? form.Type : entry?.SupportedTypes[0] ?? GenerationTypes.TextToImage;
        if (entry is null || !entry.SupportedTypes.Contains(type))
            entry = catalog.Preferred(type, own) ?? catalog.All.Where(other => other.SupportedTypes.Contains(type)).OrderBy(other => catalog.Unavailable(other, own) is null ? 0 : 1).FirstOrDefault();
        return form with { Type = type, Model = entry?.Id, Provider = entry?.Provider };
    }

    public static PriceModel PriceOf(PlaygroundForm form, ModelCatalog catalog, long balance, OwnKeys own, KnownLengths lengths)
    {
        if (form.Model is null || catalog.Find(form.Model) is not { } entry) return new(null, Refusal.Invalid("model", "Choose a model."), balance);
        var text = form.Params.ToDictionary(param => param.Key, param => JsonSerializer.SerializeToElement(param.Value));
        var fields = Fields.Of(JsonSerializer.SerializeToElement(new { })).Within(JsonSerializer.SerializeToElement(text), "params", typed: false);
        var parameters = RequestParams.Read(fields, text.Keys, entry, lengths.Longest(form.InputVideoUrl, form.InputAudioUrl, Guid.TryParse(form.ParentId, out var parent) ? parent : null));
        if (fields.Refusal is { } wrong) return new(null, wrong, balance);
        // Nothing is wrong yet with a form that nobody has filled in.
        if (entry.FollowsInput && !parameters.Values.ContainsKey("duration")) return new(null, new("VALIDATION_ERROR", 400, "Its length sets the price: add your file, or say how many seconds."), balance);
        var count = int.TryParse(form.Count, out var wanted) ? Math.Clamp(wanted, 1, 4) : 1;
        var prompt = int.TryParse(form.Chars, out var characters) ? new string('x', Math.Clamp(characters, 0, CatalogEntry.PromptMaxOfAll)) : form.Prompt;
        var price = catalog.Price(entry, form.Type!, parameters.Values, prompt, count, own);
        return new(price.Value, price.Refusal, balance);
    }

    /// <summary>Of the files that the form names.</summary>
    public static Task<KnownLengths> Of(this InputLengths lengths, Guid account, PlaygroundForm form, CancellationToken cancel) =>
        lengths.Of(account, test: false, [form.Model], [form.InputVideoUrl, form.InputAudioUrl, form.ParentId], cancel);

    /// <summary>The files that the form has places for.</summary>
    public static IReadOnlyList<InputSlot> Slots(PlaygroundForm form, ModelCatalog catalog) =>
        form.Model is not null && catalog.Find(form.Model) is { } entry ? InputSlot.Of(catalog.View(entry), form.Type!) : [];

    /// <summary>The fields as they came. Browsers send lines with CR and LF: two characters, where the page has counted one.</summary>
    public static Dictionary<string, StringValues> Sent(IFormCollection form)
    {
        var sent = form.ToDictionary(field => field.Key, field => new StringValues([.. field.Value.Select(text => text?.Replace("\r\n", "\n", StringComparison.Ordinal))]));
        // Another file is another request, whatever else stays the same.
        foreach (var file in form.Files.Where(file => file.FileName.Length > 0)) sent[file.Name] = $"{file.FileName} {file.Length}";
        return sent;
    }

    /// <summary>Idempotency keys are the API's; a page was sent twice.</summary>
    public static Refusal Said(Refusal refusal) => refusal.Code switch
    {
        "IDEMPOTENCY_IN_PROGRESS" => refusal with { Message = "This is being started already: it appears in your library in a moment." },
        "IDEMPOTENCY_MISMATCH" => refusal with { Message = "This form was sent before, with something else in it. Send it again to start this as well." },
        _ => refusal,
    };

    public static byte[] Fingerprint(IEnumerable<KeyValuePair<string, StringValues>> posted) => SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n',
        posted.Where(field => !field.Key.StartsWith("__", StringComparison.Ordinal)).OrderBy(field => field.Key, StringComparer.Ordinal).Select(field => $"{field.Key}={field.Value}"))));

    public static string NewRequestId() => Guid.CreateVersion7().ToString("N");
}
