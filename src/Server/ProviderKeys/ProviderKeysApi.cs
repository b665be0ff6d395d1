using Rpd.Server.ApiKeys;
using Rpd.Server.Http;
using Rpd.Server.OpenApi;
using Rpd.Shared;
using Rpd.Shared.ApiKeys;
using Rpd.Shared.ProviderKeys;

namespace Rpd.Server.ProviderKeys;

/// <summary>Reading needs the scope <c>read</c>; changing, <c>manage</c>, as for API keys.</summary>
public static class ProviderKeysApi
{
    public static void MapProviderKeysApi(this IEndpointRouteBuilder api)
    {
        var keys = api.MapGroup("/provider-keys").NotByLimited();
        keys.MapGet("", async (HttpContext http, KeepKeys keep) => ApiAnswers.Page(new Page<ProviderKeyView>(await keep.List(http.Credential().AccountId, http.RequestAborted), null))).Needs(Scopes.Read)
            .Describe("List provider keys", "Your own keys at providers, without their secrets.").GivesList<ProviderKeyView>();
        keys.MapGet("/{provider}", async (string provider, HttpContext http, KeepKeys keep) => Answer(await keep.Find(http.Credential().AccountId, provider, http.RequestAborted))).Needs(Scopes.Read)
            .Describe("Get a provider key", "Without its secret.").Named().Gives<ProviderKeyView>();
        keys.MapPut("/{provider}", Save).Needs(Scopes.Manage)
            .Describe("Store a provider key", "It replaces the one that is there. It is shown to the provider first: one that is not taken is refused, and one that could not be shown is stored with a `notice`. From then on the provider's models run on it, and cost the platform's fee.")
            .Named().Takes<NewProviderKeyBody>("""{"apiKey":"your-key-at-the-provider"}""").Gives<ProviderKeyView>();
        keys.MapPost("/{provider}/test", async (string provider, HttpContext http, KeepKeys keep) => Answer(await keep.Test(http.Credential().AccountId, provider, http.RequestAborted))).Needs(Scopes.Manage)
            .Describe("Test a provider key", "Shows it to the provider, by a call that costs nothing. `notice` is what the provider said when it did not take it.").Named().Gives<ProviderKeyView>();
        keys.MapDelete("/{provider}", async (string provider, HttpContext http, KeepKeys keep) => Answer(await keep.Remove(http.Credential().AccountId, provider, http.RequestAborted))).Needs(Scopes.Manage)
            .Describe("Delete a provider key", "What still runs with it fails and is refunded.").Named().Gives<ProviderKeyView>();
    }

    private static IEndpointConventionBuilder Named(this IEndpointConventionBuilder endpoint) => endpoint.InPath("provider", "The provider's name.", "kling");

    private static async Task<IResult> Save(string provider, HttpContext http, KeepKeys keep)
    {
        var body = await JsonBody.Read(http);
        if (body.Declined) return ApiAnswers.Refuse(body.Refusal);
        var saved = await keep.Save(http.Credential().AccountId, provider, body.Value.Fields, http.RequestAborted);
        return saved.Declined ? ApiAnswers.Refuse(saved.Refusal) : ApiAnswers.Data(saved.Value);
    }

    private static IResult Answer(ProviderKeyView? key) => key is null ? ApiAnswers.Refuse(Refusal.NotFound("The provider key")) : ApiAnswers.Data(key);
}
