using Rpd.Server.Credits;
using System.Text.Json;
using Rpd.Server.ApiKeys;
using Rpd.Server.Catalog;
using Rpd.Server.Generations.Inputs;
using Rpd.Server.Http;
using Rpd.Server.Prompts;
using Rpd.Shared;

namespace Rpd.Server.Generations;

/// <summary>One prompt for two to six models, side by side: each is a generation of its own, and all of them start or none does.</summary>
public static class CompareModels
{
    public const int ModelsMin = 2, ModelsMax = 6;

    public static async Task<IResult> Run(HttpContext http, ModelCatalog catalog, IOwnKeys keys, InputLengths lengths, StartTogether start, Moderation moderation, TimeProvider time)
    {
        var body = await JsonBody.Read(http);
        if (body.Declined) return ApiAnswers.Refuse(body.Refusal);
        if (!body.Value.Object.TryGetProperty("models", out var sent) || sent.ValueKind != JsonValueKind.Array || sent.GetArrayLength() is < ModelsMin or > ModelsMax)
        {
            var fields = body.Value.Fields;
            fields.Wrong("models", $"models must be a list of {ModelsMin} to {ModelsMax} objects with provider and model.");
            return ApiAnswers.Refuse(NewGeneration.Read(fields, [], catalog, OwnKeys.None, http.Credential().Test, modelFields: Fields.Of(JsonElement.Parse("{}"))).Refusal!);
        }
        var asked = Read(body.Value.Object, [.. sent.EnumerateArray()], catalog, await CallersKeys.Of(http, keys, catalog, sent.EnumerateArray()), http.Credential().Test,
            await lengths.Of(http.Credential().AccountId, http.Credential().Test, sent.EnumerateArray(), [body.Value.Object], http.RequestAborted));
        if (asked.Declined) return ApiAnswers.Refuse(asked.Refusal);
        if (await moderation.Refuse(asked.Value.SelectMany(one => new[] { one.Prompt, one.Title }), http.RequestAborted) is { } violation) return ApiAnswers.Refuse(violation);
        http.DebitMore(asked.Value.Count - 1);
        var now = time.GetUtcNow();
        var comparison = Guid.CreateVersion7(now);
        var answer = await start.Run(asked.Value, http.Credential().Payer("native", now), new(ComparisonId: comparison), http.Idempotent(), _ => "",
            started => CreatedAnswers.Comparison(comparison, asked.Value, started), http.RequestAborted);
        return answer.Declined ? ApiAnswers.Refuse(answer.Refusal) : new BytesAnswer(answer.Value, Replayed: false);
    }

    /// <param name="body">As it was sent; what is wrong with a model is told under <c>models[n].</c></param>
    internal static Outcome<IReadOnlyList<NewGeneration>> Read(JsonElement body, JsonElement[] models, ModelCatalog catalog, OwnKeys own, bool test, KnownLengths lengths)
    {
        var common = Fields.Of(body);
        common.Object("params");
        if (common.Refusal is { } wrong) return wrong;
        if (SharedParams(body, models, catalog) is { } unknown) return unknown;
        var asked = ReadTogether.Run(models, Field, (index, model) =>
        {
            var all = Fields.Of(body);
            var merged = WithParamsOf(body, model, catalog);
            return NewGeneration.Read(all, NewGeneration.ParamNames(merged), catalog, own, test, all.Within(merged, $"models[{index}]"), lengths);
        });
        // What all have in common is wrong once, under its own name.
        if (asked.Declined) return asked.Refusal with { Details = [.. (asked.Refusal.Details ?? []).Select(error => Shared(error, models)).Distinct()] };
        return asked.Value.Select(one => one with { IgnoredParams = [.. one.IgnoredParams.Union(NewGeneration.ParamNames(body).Where(name => !Means(name, one.Entry)))] }).ToArray();
    }

    private static string Field(int index) => $"models[{index}].";

    private static FieldError Shared(FieldError error, JsonElement[] models)
    {
        for (var index = 0; index < models.Length; index++)
        {
            var prefix = Field(index) + "params.";
            if (!error.Field.StartsWith(prefix, StringComparison.Ordinal) || NewGeneration.ParamNames(models[index]).Contains(error.Field[prefix.Length..])) continue;
            return new("params." + error.Field[prefix.Length..], error.Message.Replace(prefix, "params.", StringComparison.Ordinal));
        }
        return error;
    }

    /// <summary>A param for all must mean something to one of them; the others name it in their <c>ignoredParams</c>.</summary>
    private static Refusal? SharedParams(JsonElement body, JsonElement[] models, ModelCatalog catalog)
    {
        var entries = models.Select(model => Entry(model, catalog)).OfType<CatalogEntry>().ToArray();
        var unknown = NewGeneration.ParamNames(body).Where(name => entries.Length > 0 && !Array.Exists(entries, entry => Means(name, entry))).ToArray();
        return unknown.Length == 0 ? null : Refusal.Invalid([.. unknown.Select(name => new FieldError($"params.{name}", $"None of these models has a parameter {name}."))]);
    }

    internal static bool Means(string name, CatalogEntry entry) => RequestParams.Common.Contains(name) || entry.Rules.ContainsKey(name);

    private static CatalogEntry? Entry(JsonElement model, ModelCatalog catalog) =>
        model.ValueKind == JsonValueKind.Object && model.TryGetProperty("model", out var id) && id.ValueKind == JsonValueKind.String ? catalog.Find(id.GetString()!) : null;

    /// <summary>The model as it was sent, with the params for all that mean something to it below its own.</summary>
    private static JsonElement WithParamsOf(JsonElement body, JsonElement model, ModelCatalog catalog)
    {
        var merged = new Dictionary<string, JsonElement>();
        foreach (var field in model.EnumerateObject()) merged[field.Name] = field.Value;
        if (merged.TryGetValue("params", out var own) && own.ValueKind is not (JsonValueKind.Object or JsonValueKind.Null)) return model;
        var entry = Entry(model, catalog);
        var parameters = new Dictionary<string, JsonElement>();
        foreach (var name in NewGeneration.ParamNames(body))
            if (entry is null || Means(name, entry)) parameters[name] = body.GetProperty("params").GetProperty(name);
        foreach (var name in NewGeneration.ParamNames(model)) parameters[name] = own.GetProperty(name);
        merged["params"] = JsonSerializer.SerializeToElement(parameters);
        return JsonSerializer.SerializeToElement(merged);
    }
}
