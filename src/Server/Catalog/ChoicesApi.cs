using Rpd.Server.ApiKeys;
using Rpd.Server.Http;
using Rpd.Server.OpenApi;
using Rpd.Shared;
using Rpd.Shared.Catalog;

namespace Rpd.Server.Catalog;

/// <summary>What a param of a model can be, one by one: the lists that the catalogue holds, and avatars and voices as their vendor lists them.</summary>
public static class ChoicesApi
{
    public static void MapChoicesApi(this IEndpointRouteBuilder api) => api.MapGet("/models/{id}/choices", List).TakesCredential()
        .Describe("List a model's choices", "The values of its params that have a list: voices, avatars, formats.").InPath("id", "The model's id.", "studio-voice")
        .Filters<ChoiceFilter>().GivesList<ChoiceView>().Refuses("PROVIDER_UNAVAILABLE");

    private static async Task<IResult> List(string id, HttpContext http, ModelCatalog catalog, IOwnKeys keys, ListedChoices listed)
    {
        if (catalog.Find(id) is not { } entry) return ApiAnswers.Refuse(Refusal.NotFound("The model"));
        var fields = Fields.Of(http.Request.Query);
        var asked = fields.Text("param", 60);
        if (fields.Refusal is { } wrong) return ApiAnswers.Refuse(wrong);
        var written = entry.Rules.Where(param => param.Value?.Choices.Count > 0).ToArray();
        if (asked is null) return Answer(written.SelectMany(param => Views(param.Key, param.Value!)));
        var name = Named(entry, asked);
        if (!entry.Rules.TryGetValue(name, out var rule))
        {
            string[] known = [.. written.Select(param => param.Key), .. catalog.View(entry).Listed];
            return ApiAnswers.Refuse(Refusal.Invalid("param", $"{entry.Id} has no param {asked}{(known.Length > 0 ? $". It has choices for: {string.Join(", ", known)}." : ", and no choices for any.")}"));
        }

        if (rule?.Choices.Count > 0) return Answer(Views(name, rule));
        var (choices, trouble) = await listed.Of(entry, name, await keys.OfCaller(http), http.RequestAborted);
        if (trouble is not null) return ApiAnswers.Refuse(new("PROVIDER_UNAVAILABLE", 503, $"The choices of {entry.DisplayName} come from its provider. {trouble}"));
        return choices is null ? ApiAnswers.Refuse(Refusal.NotFound($"A list of choices for {asked}")) : Answer(choices);
    }

    // Vendors say voiceId, our own speaker voice: either name finds what the model has.
    private static string Named(CatalogEntry entry, string asked) =>
        !entry.Rules.ContainsKey(asked) && asked.EndsWith("Id", StringComparison.Ordinal) && entry.Rules.ContainsKey(asked[..^2]) ? asked[..^2] : asked;

    private static IEnumerable<ChoiceView> Views(string param, ParamSpec rule) => rule.Choices.Select(choice => new ChoiceView(param, choice, choice));

    private static IResult Answer(IEnumerable<ChoiceView> choices) => ApiAnswers.Page(new Page<ChoiceView>([.. choices], null));
}
