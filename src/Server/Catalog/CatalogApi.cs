using System.Text.Json;
using Rpd.Server.ApiKeys;
using Rpd.Server.Http;
using Rpd.Server.OpenApi;
using Rpd.Shared;
using Rpd.Shared.ApiKeys;
using Rpd.Shared.Catalog;
using Rpd.Shared.Generations;

namespace Rpd.Server.Catalog;

/// <summary>The catalogue for the native face and OpenAI clients in one body, and what a request would cost.</summary>
public static class CatalogApi
{
    public static void MapCatalogApi(this IEndpointRouteBuilder api)
    {
        api.MapGet("/models", List).TakesCredential().WithMetadata(new TwoReaders("model"))
            .Describe("List models", "The whole catalogue, in a form that OpenAI clients read too. `available` says whether the operator has configured the provider, or the caller has a key of its own there.")
            .Filters<ModelFilter>().GivesBare<ModelListView>().Refuses("invalid_api_key", "rate_limit_exceeded");
        api.MapGet("/models/{id}", Read).TakesCredential().WithMetadata(new TwoReaders("model"))
            .Describe("Get a model", "What it takes, what it needs and what it costs.").InPath("id", "The model's id.", "studio-sketch").GivesBare<OneModelView>().Refuses("invalid_api_key", "model_not_found", "rate_limit_exceeded");
        api.MapPost("/credits/estimate", Estimate).Needs(Scopes.Read)
            .Describe("Estimate a price", "What a generation would cost. Nothing is reserved. The price stands in `data` and beside it; with a provider key of your own it is the platform's fee.")
            .Takes<NewEstimateBody>("""{"type":"text2video","provider":"kling","model":"kling-3.0","duration":5}""").GivesBare<EstimateAnswerView>();
        api.MapChoicesApi();
    }

    private static async Task<IResult> List(string? type, string? provider, string? q, HttpContext http, ModelCatalog catalog, ChatModels chat, IOwnKeys keys)
    {
        var talking = chat.All.Select(chat.View).Where(model => (type is null or ChatModels.Type) && (provider is null || model.Provider == provider) && ModelCatalog.Says($"{model.Id} {model.DisplayName} {model.Description}", q));
        if (type == ChatModels.Type) return Results.Json(new ModelListView([.. talking]), ApiAnswers.Json);
        if (type is not null && !GenerationTypes.All.Contains(type))
            return ApiAnswers.Refuse(Refusal.Invalid("type", $"type must be one of: {string.Join(", ", GenerationTypes.All)}, {ChatModels.Type}."));
        return Results.Json(new ModelListView([.. catalog.List(type, provider, q, await keys.OfCaller(http)), .. talking]), ApiAnswers.Json);
    }

    private static async Task<IResult> Read(string id, HttpContext http, ModelCatalog catalog, ChatModels chat, IOwnKeys keys)
    {
        if (catalog.Find(id) is { } entry)
        {
            var model = catalog.View(entry, await keys.OfCaller(http));
            return One(model);
        }
        if (chat.Find(id) is { } talking) return One(chat.View(talking));
        return ApiAnswers.Refuse(Refusal.NotFound("The model"));
    }

    private static IResult One(ModelView model) => Results.Json(new OneModelView(model, model.Id, model.Created, model.OwnedBy), ApiAnswers.Json);

    private static async Task<IResult> Estimate(HttpContext http, ModelCatalog catalog, IOwnKeys keys)
    {
        var body = await JsonBody.Read(http);
        if (body.Declined) return ApiAnswers.Refuse(body.Refusal);
        var fields = body.Value.Fields;
        var type = fields.Choice("type", GenerationTypes.All, required: true);
        var provider = fields.Text("provider", 60, required: true);
        var model = fields.Text("model", 120, required: true);
        var prompt = fields.Text("prompt", CatalogEntry.PromptMaxOfAll);
        var count = (int)(fields.Integer("count", 1, 4) ?? 1);
        fields.Object("params");
        var entry = model is null ? null : catalog.Find(model);
        if (model is not null && (entry is null || entry.Provider != provider)) fields.Wrong("model", $"{provider} has no model {model}.");
        else if (entry is not null && type is not null && !entry.SupportedTypes.Contains(type)) fields.Wrong("type", $"{model} does not do {type}.");
        if (entry is null) return ApiAnswers.Refuse(fields.Refusal!);
        if (count > entry.OutputsMax) fields.Wrong("count", $"{entry.Id} makes {entry.OutputsMax} at most in one request.");

        // The seed shows the duration beside the model; params may hold it as well.
        var parameters = Params(body.Value.Object);
        if (fields.Number("duration", 0.1m, 3600) is { } duration) parameters.TryAdd("duration", JsonSerializer.SerializeToElement(duration));
        var read = RequestParams.Read(fields.Within(JsonSerializer.SerializeToElement(parameters), "params"), parameters.Keys, entry);
        if (fields.Refusal is { } wrong) return ApiAnswers.Refuse(wrong);
        var price = catalog.Price(entry, type!, read.Values, prompt, count, await keys.OfCaller(http));
        if (price.Declined) return ApiAnswers.Refuse(price.Refusal);
        return Results.Json(new EstimateAnswerView(price.Value, price.Value.Credits, price.Value.Breakdown), ApiAnswers.Json);
    }

    private static Dictionary<string, JsonElement> Params(JsonElement body) =>
        body.TryGetProperty("params", out var sent) && sent.ValueKind == JsonValueKind.Object
            ? sent.EnumerateObject().GroupBy(param => param.Name).ToDictionary(same => same.Key, same => same.Last().Value) : [];
}
