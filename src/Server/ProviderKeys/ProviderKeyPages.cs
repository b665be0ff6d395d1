using Rpd.Server.Accounts;
using Rpd.Server.Credits;
using Rpd.Server.Http;
using Rpd.Shared;
using Rpd.Shared.ProviderKeys;
using Rpd.Web.ProviderKeys;
using static Rpd.Server.Http.Pages;

namespace Rpd.Server.ProviderKeys;

/// <summary>"Provider keys" of the settings: a form for each provider. They call what the API calls.</summary>
public static class ProviderKeyPages
{
    private const string Home = "/settings/provider-keys", Said = "provider-key-said";

    public static void MapProviderKeyPages(this RouteGroupBuilder pages)
    {
        var keys = pages.MapGroup(Home).RequireAuthorization();
        keys.MapGet("", (HttpContext http, KeepKeys keep, CreditOptions credits, Flash flash) => Draw(http, keep, credits, null, FormErrors.None, flash.Take(http, Said)));
        keys.MapPost("/{provider}", Save);
        keys.MapPost("/{provider}/test", async (string provider, HttpContext http, KeepKeys keep, Flash flash) =>
        {
            if (await keep.Test(http.User.AccountId()!.Value, provider, http.RequestAborted) is not { } tried) return Results.NotFound();
            return Back(http, flash, tried.Notice ?? $"{provider} takes the key.");
        });
        keys.MapPost("/{provider}/remove", async (string provider, HttpContext http, KeepKeys keep, Flash flash) =>
        {
            if (await keep.Remove(http.User.AccountId()!.Value, provider, http.RequestAborted) is null) return Results.NotFound();
            return Back(http, flash, $"The key for {provider} is removed.");
        });
        // Reloading a refused form leads back.
        keys.MapGet("/{provider}", (string provider) => See(Home));
        keys.MapGet("/{provider}/{verb}", (string provider, string verb) => See(Home));
    }

    private static async Task<IResult> Save(string provider, HttpContext http, KeepKeys keep, CreditOptions credits, Flash flash)
    {
        var saved = await keep.Save(http.User.AccountId()!.Value, provider, Fields.Of(await http.Request.ReadFormAsync(http.RequestAborted)), http.RequestAborted);
        if (saved is { Declined: true, Refusal.Status: StatusCodes.Status404NotFound }) return Results.NotFound();
        if (saved.Declined) return await Draw(http, keep, credits, provider, FormErrors.Of(saved.Refusal), null, StatusOf(saved.Refusal));
        return Back(http, flash, saved.Value.Notice is { } notice ? $"Saved. {notice}" : $"Saved. {provider} takes the key.");
    }

    private static IResult Back(HttpContext http, Flash flash, string said)
    {
        flash.Give(http, Said, said);
        return See(Home);
    }

    private static async Task<IResult> Draw(HttpContext http, KeepKeys keep, CreditOptions credits, string? refused, FormErrors errors, string? said, int status = StatusCodes.Status200OK)
    {
        http.Response.Headers.CacheControl = "no-store";
        var stored = (await keep.List(http.User.AccountId()!.Value, http.RequestAborted)).ToDictionary(key => key.Provider);
        return Page<ProviderKeysPage>(new ProviderKeysModel(
            [.. keep.Providers.Select(name => new ProviderKeyLine(name, KeyFields.Of(name).Names, stored.GetValueOrDefault(name), name == refused ? errors : FormErrors.None))], credits.OwnKeyPercent, said), status);
    }
}
