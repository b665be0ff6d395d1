using System.Text.Json;
using Rpd.Server.ApiKeys;
using Rpd.Server.Audit;
using Rpd.Server.Catalog;
using Rpd.Server.Http;
using Rpd.Server.OpenApi;
using Rpd.Shared;
using Rpd.Shared.Catalog;

namespace Rpd.Server.Admin;

public static class ModelsApi
{
    public static void MapModelsApi(this IEndpointRouteBuilder admin)
    {
        admin.MapGet("/models", List)
            .Describe("List all models", "Those that are hidden or off as well, with what is wanted otherwise than delivered.").Filters<AdminModelFilter>().GivesList<AdminModelView>();
        admin.MapPatch("/models/{id}", Change)
            .Describe("Change a model", "Counts at once, here and within about a second on every node. What runs keeps its price.").InPath("id", "The model's id.", "studio-sketch")
            .Takes<ModelChangeBody>("""{"hidden":false,"rate":1.5}""").Gives<AdminModelView>();
        admin.MapPut("/providers/{name}/margin", Margin)
            .Describe("Set a provider's margin", "Percent on each of its rates, rounded up to hundredths of a credit.").InPath("name", "The provider's name.", "studio")
            .Takes<MarginBody>("""{"percent":10}""").Gives<ProviderMarginView>();
    }

    private static IResult List(HttpContext http, ModelCatalog catalog)
    {
        var fields = Fields.Of(http.Request.Query);
        var (provider, q) = (fields.Text("provider", 200), fields.Text("q", 200));
        return fields.Refusal is { } wrong ? ApiAnswers.Refuse(wrong) : ApiAnswers.Page(new Page<AdminModelView>([.. DrawModels.Found(catalog, provider, q)], null));
    }

    private static async Task<IResult> Change(string id, HttpContext http, ModelCatalog catalog, ChangeModel change)
    {
        if (catalog.Item(id) is null) return ApiAnswers.Refuse(Refusal.NotFound("The model"));
        var body = await JsonBody.Read(http);
        if (body.Declined) return ApiAnswers.Refuse(body.Refusal);
        var (sent, fields) = (body.Value.Object, body.Value.Fields);
        var (hidden, enabled, rate, alternatives) = (fields.Flag("hidden"), fields.Flag("enabled"), fields.Number("rate", 0, 100_000), fields.Texts("alternatives", ModelChange.AlternativesMax, 120));
        fields.Object("defaults");
        if (fields.Refusal is { } unread) return ApiAnswers.Refuse(unread);
        var changed = await change.Run(Actor.Of(http, http.Credential().AccountId), id, before => before with
        {
            Hidden = Mentions(sent, "hidden") ? hidden : before.Hidden,
            Enabled = Mentions(sent, "enabled") ? enabled : before.Enabled,
            Rate = Mentions(sent, "rate") ? rate : before.Rate,
            Alternatives = Mentions(sent, "alternatives") ? alternatives : before.Alternatives,
            Defaults = Mentions(sent, "defaults") ? Merged(before.Defaults, sent.GetProperty("defaults")) : before.Defaults,
        }, asText: false, seen: null, http.RequestAborted);
        return changed.Declined ? ApiAnswers.Refuse(changed.Refusal) : ApiAnswers.Data(DrawModels.View(catalog, changed.Value));
    }

    private static async Task<IResult> Margin(string name, HttpContext http, ModelCatalog catalog, SetMargin set)
    {
        if (!catalog.Data.Providers.Contains(name)) return ApiAnswers.Refuse(Refusal.NotFound("The provider"));
        var body = await JsonBody.Read(http);
        if (body.Declined) return ApiAnswers.Refuse(body.Refusal);
        var fields = body.Value.Fields;
        var percent = fields.Number("percent", 0, 1000);
        if (!Mentions(body.Value.Object, "percent")) fields.Wrong("percent", "percent is required: a number, or null for the configuration's.");
        if (fields.Refusal is { } unread) return ApiAnswers.Refuse(unread);
        var done = await set.Run(Actor.Of(http, http.Credential().AccountId), name, percent, http.RequestAborted);
        return done.Declined ? ApiAnswers.Refuse(done.Refusal) : ApiAnswers.Data(new ProviderMarginView(name, done.Value, percent is not null));
    }

    private static bool Mentions(JsonElement body, string name) => body.TryGetProperty(name, out _);

    private static Dictionary<string, JsonElement> Merged(IReadOnlyDictionary<string, JsonElement> before, JsonElement sent)
    {
        var merged = sent.ValueKind == JsonValueKind.Null ? [] : before.ToDictionary();
        foreach (var (name, value) in sent.ValueKind == JsonValueKind.Object ? sent.EnumerateObject().Select(member => (member.Name, member.Value)) : [])
        {
            if (value.ValueKind == JsonValueKind.Null) merged.Remove(name);
            else merged[name] = value;
        }
        return merged;
    }
}
