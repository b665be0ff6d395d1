using Microsoft.AspNetCore.Mvc;
using Rpd.Server.Accounts;
using Rpd.Server.Http;
using Rpd.Shared;
using Rpd.Shared.Access;
using Rpd.Web.Access;
using Rpd.Web.Accounts;
using static Rpd.Server.Http.Pages;

namespace Rpd.Server.Access;

/// <summary>Asking for access, and coming by an invitation. Typed passwords are never sent back.</summary>
public static class AccessPages
{
    private const string Home = "/playground";

    public static void MapAccessPages(this RouteGroupBuilder pages)
    {
        pages.MapGet(AccountPages.RequestAccess, (HttpContext http, AccountOptions options) => http.User.AccountId() is not null ? See(Home)
            : options.SignUp == SignUpModes.Request ? Page<RequestAccessPage>(new RequestAccessModel(new(), FormErrors.None)) : See("/sign-up"));
        pages.MapForm(AccountPages.RequestAccess, Ask).ForStrangers();
        pages.MapGet(AccountPages.RequestAccess + "/sent", () => Page<NoticePage>(new NoticeModel(
            "Thank you", "We read every request. If we can give you access, an invitation comes by e-mail.", "Look around", "/explore")));
        pages.MapGet(InviteLink.Path, Look);
        pages.MapForm(InviteLink.Path, Join).ForStrangers();
    }

    private static async Task<IResult> Ask([FromForm] AccessForm? form, HttpContext http, AskForAccess ask)
    {
        var refused = await ask.Run(form ?? new(), http.Connection.RemoteIpAddress, http.RequestAborted);
        return refused is null ? See(AccountPages.RequestAccess + "/sent") : Page<RequestAccessPage>(new RequestAccessModel(form ?? new(), FormErrors.Of(refused)), StatusOf(refused));
    }

    private static async Task<IResult> Look(string? token, HttpContext http, JoinByInvite join)
    {
        // The address has the secret in it.
        http.Response.Headers["Referrer-Policy"] = "no-referrer";
        var (state, email) = await join.Look(token, http.RequestAborted);
        return state == InviteState.Fine ? Page<InvitePage>(new InviteModel(email, token!, FormErrors.None)) : Gone(state);
    }

    private static async Task<IResult> Join([FromForm] InviteForm? form, HttpContext http, JoinByInvite join, StartSession start)
    {
        http.Response.Headers["Referrer-Policy"] = "no-referrer";
        var outcome = await join.Run(form?.Token, form?.Password, http.Connection.RemoteIpAddress, http.RequestAborted);
        if (outcome is { Declined: false, Value: { } account })
        {
            await start.Run(http, account, remember: false, http.RequestAborted);
            return See(Home);
        }
        var (state, email) = await join.Look(form?.Token, http.RequestAborted);
        return outcome.Declined ? Page<InvitePage>(new InviteModel(email, form!.Token!, FormErrors.Of(outcome.Refusal)), StatusOf(outcome.Refusal)) : Gone(state);
    }

    private static IResult Gone(InviteState state) => Page<NoticePage>(state switch
    {
        InviteState.Used => new NoticeModel("This invitation was used", "An account was opened with it. If that was you, sign in.", "Sign in", "/sign-in"),
        InviteState.Expired => new NoticeModel("This invitation has expired", "Ask for a new one from whoever invited you.", "Look around", "/explore"),
        InviteState.AlreadyHere => new NoticeModel("You have an account already", "Sign in with the address that was invited. If you have forgotten your password, choose a new one there.", "Sign in", "/sign-in"),
        _ => new NoticeModel("This invitation does not work", "Its link is cut off, or it was not made here. Open it from your letter as it is.", "Look around", "/explore"),
    }, StatusCodes.Status422UnprocessableEntity);
}
