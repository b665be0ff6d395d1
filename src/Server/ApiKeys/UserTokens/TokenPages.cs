using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Rpd.Server.Accounts;
using Rpd.Server.Http;
using Rpd.Shared;
using Rpd.Shared.ApiKeys;
using Rpd.Web.UserTokens;
using static Rpd.Server.Http.Pages;

namespace Rpd.Server.ApiKeys.UserTokens;

/// <summary>The page of tokens. A new one survives the redirect in a sealed cookie and is shown once.</summary>
public static class TokenPages
{
    private const string NewToken = "new-token";

    public static void MapTokenPages(this RouteGroupBuilder pages)
    {
        var tokens = pages.MapGroup("/tokens").RequireAuthorization();
        tokens.MapGet("", (HttpContext http, Flash flash, TokenQueries list, PublicAddress address, TimeProvider time) =>
            Show(http, list, address, time, created: flash.Take(http, NewToken)));
        tokens.MapForm("", Mint);
        tokens.MapPost("/revoke-all", async (HttpContext http, RevokeTokens revoke) =>
        {
            await revoke.Run(http.User.AccountId()!.Value, null, http.RequestAborted);
            return See("/tokens");
        });
        tokens.MapPost("/{id:guid}/revoke", async (Guid id, HttpContext http, RevokeTokens revoke) =>
            await revoke.Run(http.User.AccountId()!.Value, id, http.RequestAborted) ? See("/tokens") : Results.NotFound());
    }

    private static async Task<IResult> Mint([FromForm] UserTokenForm? form, HttpContext http, MintToken mint, Flash flash, TokenQueries list, PublicAddress address, TimeProvider time)
    {
        var typed = form ?? new();
        var made = await mint.Run(http.User.AccountId()!.Value, typed.Name, tell: true, http.RequestAborted);
        if (made.Declined) return await Show(http, list, address, time, typed, FormErrors.Of(made.Refusal), status: StatusOf(made.Refusal));
        flash.Give(http, NewToken, JsonSerializer.Serialize(made.Value));
        return See("/tokens");
    }

    private static async Task<IResult> Show(HttpContext http, TokenQueries list, PublicAddress address, TimeProvider time,
        UserTokenForm? form = null, FormErrors? errors = null, string? created = null, int status = 200)
    {
        http.Response.Headers.CacheControl = "no-store";
        var account = http.User.AccountId()!.Value;
        var secret = created is null ? null : JsonSerializer.Deserialize<UserTokenView>(created);
        return Page<TokensPage>(new TokensModel(account, await list.List(account, http.RequestAborted), form ?? new(), errors ?? FormErrors.None, secret, address.Base, time.GetUtcNow()), status);
    }
}
