using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Rpd.Server.Catalog;
using Rpd.Server.Generations.Inputs;
using Rpd.Server.Generations;
using Rpd.Shared;
using Rpd.Web.Compare;

namespace Rpd.Server.Comparisons;

/// <summary>The page's form as the request that the API takes, so that both are read and checked by the same lines.</summary>
internal static class CompareRequest
{
    public static Outcome<IReadOnlyList<NewGeneration>> Read(CompareForm form, ModelCatalog catalog, OwnKeys keys, KnownLengths lengths)
    {
        // Ids follow the order of the request: mixed, they tell nothing to who votes.
        var entries = form.Models.Select(catalog.Find).OfType<CatalogEntry>().ToArray();
        RandomNumberGenerator.Shuffle(entries.AsSpan());
        var own = OwnErrors(form, entries.Length);
        if (entries.Length is < CompareModels.ModelsMin or > CompareModels.ModelsMax) return Refusal.Invalid(own);
        var models = entries.Select(entry => JsonSerializer.SerializeToElement(new { provider = entry.Provider, model = entry.Id })).ToArray();
        var asked = CompareModels.Read(Body(form), models, catalog, keys, test: false, lengths);
        if (!asked.Declined) return own.Count == 0 ? asked : Refusal.Invalid(own);
        if (asked.Refusal.Details is not { } details) return asked.Refusal;
        return asked.Refusal with { Details = [.. own.Concat(details.Select(error => Said(error, entries))).DistinctBy(error => (error.Field, error.Message))] };
    }

    private static List<FieldError> OwnErrors(CompareForm form, int models)
    {
        var errors = new List<FieldError>();
        if (models != form.Models.Count) errors.Add(new("models", "One of these models is not in the catalogue any more."));
        else if (models is < CompareModels.ModelsMin or > CompareModels.ModelsMax)
            errors.Add(new("models", $"Choose {CompareModels.ModelsMin} to {CompareModels.ModelsMax} models; you have chosen {models}."));
        if (form.Type!.StartsWith("text2", StringComparison.Ordinal) && string.IsNullOrWhiteSpace(form.Prompt)) errors.Add(new("prompt", "Write a prompt."));
        return errors;
    }

    private static JsonElement Body(CompareForm form)
    {
        var body = new Dictionary<string, object?> { ["type"] = form.Type, ["params"] = form.Params.ToDictionary(param => param.Key, param => Typed(param.Value)) };
        foreach (var (name, value) in new[] { ("prompt", form.Prompt), ("inputImageUrl", form.InputImageUrl), ("inputVideoUrl", form.InputVideoUrl), ("inputAudioUrl", form.InputAudioUrl) })
            if (value is not null) body[name] = value;
        return JsonSerializer.SerializeToElement(body);
    }

    private static object Typed(string text) => decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : text;

    // The form has no field for what one model alone wants: it is said beside the models, with its name.
    private static FieldError Said(FieldError error, CatalogEntry[] entries)
    {
        for (var index = 0; index < entries.Length; index++)
        {
            var prefix = $"models[{index}].";
            if (error.Field.StartsWith(prefix, StringComparison.Ordinal)) return new("models", $"{entries[index].DisplayName}: {error.Message.Replace(prefix, "", StringComparison.Ordinal)}");
        }
        return error;
    }
}
