using Rpd.Server.ApiKeys;
using Rpd.Server.Catalog;
using Rpd.Server.Http;
using Rpd.Server.OpenApi;
using Rpd.Shared;
using Rpd.Shared.Catalog;
using Rpd.Shared.Generations;

namespace Rpd.Server.Generations;

public static class RecommendApi
{
    public static void MapRecommendApi(this IEndpointRouteBuilder api) => api.MapPost("/models/recommend", async (HttpContext http, IOwnKeys keys, RecommendModels recommend) =>
    {
        var body = await JsonBody.Read(http);
        if (body.Declined) return ApiAnswers.Refuse(body.Refusal);
        var fields = body.Value.Fields;
        var prompt = fields.Text("prompt", CatalogEntry.PromptMaxOfAll, required: true);
        var type = fields.Choice("type", GenerationTypes.All);
        var priority = fields.Choice("priority", Priorities.All);
        var maxCredits = fields.Integer("maxCredits", 0, 1_000_000_000);
        if (fields.Refusal is { } wrong) return ApiAnswers.Refuse(wrong);
        return ApiAnswers.Page(new Page<RecommendationView>(await recommend.Run(prompt!, type, priority, maxCredits, await keys.OfCaller(http), http.RequestAborted), null));
    }).TakesCredential()
        .Describe("Recommend models", "Ranks the models that can do what the prompt asks for, by words of the prompt, the catalogue, what was measured on this server, and the price. Models that cannot run here come last.")
        .Takes<NewRecommendationBody>("""{"prompt":"A golden retriever running through a sunflower field","type":"text2image","priority":"quality"}""").GivesList<RecommendationView>();
}
