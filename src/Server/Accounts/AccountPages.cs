using Microsoft.AspNetCore.Mvc;
using Rpd.Server.Credits;
using Rpd.Server.Http;
using Rpd.Shared;
using Rpd.Shared.Accounts;
using Rpd.Web.Accounts;
using Rpd.Web.Ui;
using static Rpd.Server.Http.Pages;

namespace Rpd.Server.Accounts;

/// <summary>The doors of the house: signing up, confirming, signing out. Typed passwords are never sent back.</summary>
public static class AccountPages
{
    internal const string Home = "/playground";

    /// <summary>Where strangers go who cannot simply sign up.</summary>
    public const string RequestAccess = "/request-access";

    private const string MailedTo = "mailed-to", ComeBack = "rpd-come-back";

    public static void MapAccountPages(this RouteGroupBuilder pages)
    {
        pages.MapGet("/sign-up", (string? returnUrl, [FromQuery(Name = "ref")] string? by, HttpContext http, AccountOptions options, CreditOptions credits) =>
            http.User.AccountId() is not null ? See(Local(returnUrl, Home))
            : options.SignUp == SignUpModes.Request ? See(RequestAccess)
            : Page<SignUpPage>(new SignUpModel(new() { ReturnUrl = returnUrl, Ref = by }, FormErrors.None, options.SignUp == SignUpModes.Open, credits.Welcome)));
        pages.MapForm("/sign-up", PostSignUp).ForStrangers();
        pages.MapGet("/confirm", Confirm);
        pages.MapGet("/confirm/sent", (string? returnUrl, HttpContext http, Flash flash) => Page<NoticePage>(new NoticeModel(
            "Check your mail", "We have sent you a link. Open it soon: it confirms your address, and it lapses.", "Sign in", Back("/sign-in", returnUrl), flash.Take(http, MailedTo))));
        pages.MapGet("/confirm/done", (string? returnUrl) => Page<NoticePage>(new NoticeModel(
            "Address confirmed", "Your account is open. Sign in to begin.", "Sign in", Back("/sign-in", returnUrl))));
        pages.MapGet("/confirm/resend", () => See("/sign-in"));
        pages.MapForm("/confirm/resend", PostResend);
        pages.MapGet("/sign-out", () => See("/"));
        pages.MapPost("/sign-out", PostSignOut).RequireAuthorization();
        pages.MapGet("/setup", async (string? token, CreateFirstAdmin first, CancellationToken cancel) => await first.Open(token, cancel)
            ? Page<FirstAdminPage>(new FirstAdminModel(new() { Token = token }, FormErrors.None)) : Results.NotFound());
        pages.MapForm("/setup", PostSetup);
    }

    /// <summary>Another account page that still knows where somebody came from.</summary>
    internal static string Back(string page, string? returnUrl) => Address.Of(page, ("returnUrl", Local(returnUrl, "")));

    private static async Task<IResult> PostSignUp(
        [FromForm] SignUpForm? form, HttpContext http, SignUp signUp, Flash flash, AccountOptions options, CreditOptions credits, PublicAddress address, CancellationToken cancel)
    {
        var typed = form ?? new();
        var outcome = await signUp.Run(typed.Email, typed.Password, typed.Ref, http.Connection.RemoteIpAddress, cancel);
        if (outcome.Declined)
            return Page<SignUpPage>(new SignUpModel(typed with { Password = null }, FormErrors.Of(outcome.Refusal), options.SignUp == SignUpModes.Open, credits.Welcome), StatusOf(outcome.Refusal));
        flash.Give(http, MailedTo, outcome.Value);
        // Strangers can have letters sent to others, so no words of theirs travel in one: the way back waits in this browser, as long as the link works.
        if (Local(typed.ReturnUrl, "") is { Length: > 0 } back) http.Response.Cookies.Append(address.CookieName(ComeBack), back, ComeBackOptions(address));
        return See(Back("/confirm/sent", typed.ReturnUrl));
    }

    private static CookieOptions ComeBackOptions(PublicAddress address) =>
        new() { HttpOnly = true, Secure = address.Secure, SameSite = SameSiteMode.Lax, Path = "/", MaxAge = MailedTokens.ConfirmLife, IsEssential = true };

    /// <summary>
    /// Scanners open links before people do, so opening is idempotent; a HEAD, which only scanners send, does nothing. The redirect takes the token
    /// out of the address bar.
    /// </summary>
    private static async Task<IResult> Confirm(string? account, string? token, HttpContext http, ConfirmEmail confirm, PublicAddress address, CancellationToken cancel)
    {
        http.Response.Headers["Referrer-Policy"] = "no-referrer";
        if (HttpMethods.IsHead(http.Request.Method)) return Results.Ok();
        return await confirm.Run(account, token, http.Connection.RemoteIpAddress, cancel) ? See(Back("/confirm/done", http.Request.Cookies[address.CookieName(ComeBack)]))
            : Page<NoticePage>(new NoticeModel("This link does not work", "It is older than 24 hours, or a newer one was sent. Sign in to have a new one sent.", "Sign in", "/sign-in"), StatusCodes.Status422UnprocessableEntity);
    }

    private static async Task<IResult> PostResend([FromForm] ForgotPasswordForm? form, HttpContext http, AskForLetter ask, Flash flash, AccountOptions options, CancellationToken cancel)
    {
        var outcome = await ask.Run(MailedTokens.Confirm, form?.Email, http.Connection.RemoteIpAddress, cancel);
        if (outcome.Declined)
            return Page<SignInPage>(new SignInModel(new() { Email = form?.Email }, FormErrors.Of(outcome.Refusal), options.SignUpOffered), StatusOf(outcome.Refusal));
        flash.Give(http, MailedTo, outcome.Value);
        return See("/confirm/sent");
    }

    private static async Task<IResult> PostSignOut(HttpContext http, EndSession end, CancellationToken cancel)
    {
        await end.SignOut(http, cancel);
        return See("/");
    }

    private static async Task<IResult> PostSetup([FromForm] FirstAdminForm? form, HttpContext http, CreateFirstAdmin first, StartSession start, CancellationToken cancel)
    {
        var typed = form ?? new();
        var outcome = await first.Run(typed.Token, typed.Email, typed.Password, cancel);
        if (outcome.Declined)
        {
            return outcome.Refusal.Status == StatusCodes.Status404NotFound ? Results.NotFound()
                : Page<FirstAdminPage>(new FirstAdminModel(typed with { Password = null }, FormErrors.Of(outcome.Refusal)), StatusOf(outcome.Refusal));
        }
        await start.Run(http, outcome.Value, remember: false, cancel);
        return See(Home);
    }
}
