using Microsoft.AspNetCore.Mvc;
using Rpd.Server.Accounts.TwoFactor;
using Rpd.Server.Http;
using Rpd.Shared;
using Rpd.Shared.Accounts;
using Rpd.Web.Accounts;
using static Rpd.Server.Http.Pages;

namespace Rpd.Server.Accounts.Passkeys;

/// <summary>Adding, naming and removing one's passkeys, on the page of protections.</summary>
public static class PasskeyPages
{
    private const string Home = SecurityPages.Home;

    public static void MapPasskeyPages(this RouteGroupBuilder pages)
    {
        var passkeys = pages.MapGroup(Home + "/passkeys").RequireAuthorization();
        passkeys.MapGet("", () => See(Home));
        passkeys.MapForm("", Add);
        passkeys.MapPost("/options", Options);
        passkeys.MapForm("/{id:guid}/rename", Rename);
        passkeys.MapPost("/{id:guid}/delete", Remove);
        passkeys.MapGet("/{id:guid}/{verb}", (Guid id, string verb) => See(Home));
    }

    private static async Task<IResult> Options(HttpContext http, BeginPasskey begin, FreshSessions sessions, CancellationToken cancel)
    {
        if (!await sessions.Fresh(http.User.SessionId()!.Value, cancel))
            return Results.Text("It is a while since you signed in. Reload this page and show that it is you first.", "text/plain", statusCode: StatusCodes.Status403Forbidden);
        http.Response.Headers.CacheControl = "no-store";
        var options = await begin.Run(http, http.User.AccountId()!.Value, cancel);
        return options.Declined ? Results.Text(options.Refusal.Message, "text/plain", statusCode: options.Refusal.Status) : Results.Content(options.Value, "application/json");
    }

    private static async Task<IResult> Add([FromForm] PasskeyForm? form, HttpContext http, AddPasskey add, SecurityBoard board, CancellationToken cancel)
    {
        var added = await add.Run(http, http.User.AccountId()!.Value, form?.Credential, form?.Name, SecurityBoard.UsualName(http), cancel);
        return added.Declined ? await board.Show(http, new(RefusedForm.Add, FormErrors.Of(added.Refusal)), StatusOf(added.Refusal), form?.Name) : See(Home);
    }

    private static async Task<IResult> Rename(Guid id, [FromForm] PasskeyForm? form, HttpContext http, RenamePasskey rename, SecurityBoard board, CancellationToken cancel)
    {
        var renamed = await rename.Run(http.User.AccountId()!.Value, id, form?.Name, cancel);
        if (!renamed.Declined) return See(Home);
        return renamed.Refusal.Status == StatusCodes.Status404NotFound ? Results.NotFound() : await board.Show(http, new(id.ToString(), FormErrors.Of(renamed.Refusal)), StatusOf(renamed.Refusal));
    }

    private static async Task<IResult> Remove(Guid id, HttpContext http, RemovePasskey remove, FreshSessions sessions, CancellationToken cancel)
    {
        if (!await sessions.Fresh(http.User.SessionId()!.Value, cancel)) return See(SecurityPages.ProveFirst);
        return await remove.Run(http.User.AccountId()!.Value, id, cancel) is null ? See(Home) : Results.NotFound();
    }
}
