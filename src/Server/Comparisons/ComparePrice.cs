using System.Text.Json;
using Rpd.Server.Catalog;
using Rpd.Server.Generations.Inputs;
using Rpd.Server.Generations;
using Rpd.Server.Http;
using Rpd.Shared;
using Rpd.Web.Compare;

namespace Rpd.Server.Comparisons;

/// <summary>What the ticked models would cost together, with the params that each of them understands.</summary>
internal static class ComparePrice
{
    public static CompareTotalModel Of(CompareForm form, ModelCatalog catalog, OwnKeys own, long balance, KnownLengths lengths)
    {
        var parts = new List<(string, long?)>();
        var wrong = new List<FieldError>();
        foreach (var entry in form.Models.Select(catalog.Find).OfType<CatalogEntry>().Where(entry => entry.SupportedTypes.Contains(form.Type!)))
        {
            var price = Of(form, entry, catalog, own, lengths);
            parts.Add((entry.DisplayName, price.Value));
            if (price.Refusal is { } refusal) wrong.AddRange(refusal.Details ?? [new("", refusal.Message)]);
        }
        return new(parts, [.. wrong.Distinct()], balance);
    }

    /// <summary>Of the files that the form names.</summary>
    public static Task<KnownLengths> Of(this InputLengths lengths, Guid account, CompareForm form, CancellationToken cancel) =>
        lengths.Of(account, test: false, form.Models, [form.InputVideoUrl, form.InputAudioUrl], cancel);

    private static Outcome<long?> Of(CompareForm form, CatalogEntry entry, ModelCatalog catalog, OwnKeys keys, KnownLengths lengths)
    {
        var own = form.Params.Where(param => CompareModels.Means(param.Key, entry)).ToDictionary(param => param.Key, param => JsonSerializer.SerializeToElement(param.Value));
        var fields = Fields.Of(JsonElement.Parse("{}")).Within(JsonSerializer.SerializeToElement(own), "params", typed: false);
        var read = RequestParams.Read(fields, own.Keys, entry, lengths.Longest(form.InputVideoUrl, form.InputAudioUrl, parent: null));
        if (fields.Refusal is { } wrong) return wrong;
        var prompt = int.TryParse(form.Chars, out var characters) ? new string('x', Math.Clamp(characters, 0, CatalogEntry.PromptMaxOfAll)) : form.Prompt;
        var price = catalog.Price(entry, form.Type!, read.Values, prompt, count: 1, keys);
        return price.Declined ? price.Refusal : (long?)price.Value.Credits;
    }
}
