using Microsoft.AspNetCore.Mvc;
using Rpd.Server.Accounts;
using Rpd.Server.Http;
using Rpd.Shared.Accounts;
using Rpd.Web.Accounts;
using Rpd.Web.PersonalData;
using static Rpd.Server.Http.Pages;

namespace Rpd.Server.PersonalData;

/// <summary>For somebody whose account is about to be deleted, and who is therefore signed in nowhere.</summary>
public static class LeavingPages
{
    public static void MapLeavingPages(this RouteGroupBuilder pages)
    {
        pages.MapGet(LeavingLink.Path, Ask);
        pages.MapForm(LeavingLink.Path + "/keep", PostKeep);
        pages.MapGet(LeavingLink.Path + "/keep", () => See("/sign-in"));
        pages.MapGet(LeavingLink.Path + "/kept", () => Page<NoticePage>(new NoticeModel("Your account stays", "Everything is as you left it. Sign in to go on.", "Sign in", "/sign-in")));
        pages.MapGet(LeavingLink.Path + "/begun", (AccountOptions options) => Page<NoticePage>(new NoticeModel("You are signed out",
            $"Your account will be deleted in {options.DeletionDays} days. We have sent you a letter with a link to keep it; signing in until then leads there too.", "Explore", "/explore")));
    }

    /// <summary>Scanners open links before people do, so opening it changes nothing.</summary>
    private static async Task<IResult> Ask(string? account, string? token, HttpContext http, KeepAccount keep, CancellationToken cancel)
    {
        http.Response.Headers["Referrer-Policy"] = "no-referrer";
        return await keep.Find(account, token, cancel) is { } owner
            ? Page<LeavingPage>(new LeavingModel(owner.DeleteAfter!.Value, new() { Account = account, Token = token })) : Stale();
    }

    private static async Task<IResult> PostKeep([FromForm] KeepForm? form, KeepAccount keep, CancellationToken cancel) =>
        await keep.Run(form?.Account, form?.Token, cancel) ? See(LeavingLink.Path + "/kept") : Stale();

    private static IResult Stale() => Page<NoticePage>(new NoticeModel(
        "This link does not work", "The account was kept already, or its time is over. Sign in to see.", "Sign in", "/sign-in"), StatusCodes.Status422UnprocessableEntity);
}
