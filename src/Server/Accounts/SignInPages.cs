using Microsoft.AspNetCore.Mvc;
using Rpd.Server.Accounts.Passkeys;
using Rpd.Server.Accounts.TwoFactor;
using Rpd.Server.Http;
using Rpd.Shared;
using Rpd.Shared.Accounts;
using Rpd.Web.Accounts;
using Rpd.Web.Ui;
using static Rpd.Server.Http.Pages;

namespace Rpd.Server.Accounts;

/// <summary>Signing in: by password, then by code where the account asks for one, or by passkey alone. Typed secrets are never sent back.</summary>
public static class SignInPages
{
    private const string Home = AccountPages.Home;

    public static void MapSignInPages(this RouteGroupBuilder pages)
    {
        pages.MapGet("/sign-in", (string? returnUrl, string? ended, HttpContext http, AccountOptions options) => http.User.AccountId() is null
            ? Page<SignInPage>(new SignInModel(new() { ReturnUrl = returnUrl }, FormErrors.None, options.SignUpOffered, Ended: ended is not null)) : See(Local(returnUrl, Home)));
        pages.MapForm("/sign-in", PostPassword).ForStrangers();
        pages.MapGet("/sign-in/code", async (string? returnUrl, HttpContext http, PendingSignIn pending, CancellationToken cancel) => await pending.Read(http, cancel) is null
            ? See(AccountPages.Back("/sign-in", returnUrl)) : Page<CodePage>(new CodeModel(new() { ReturnUrl = returnUrl }, FormErrors.None)));
        pages.MapForm("/sign-in/code", PostCode).ForStrangers();
        pages.MapGet("/sign-in/passkey", () => See("/sign-in"));
        pages.MapForm("/sign-in/passkey", PostPasskey).ForStrangers();
        pages.MapPost("/sign-in/passkey/options", async (HttpContext http, AskForPasskey ask) =>
        {
            http.Response.Headers.CacheControl = "no-store";
            return Results.Content(await ask.Run(http), "application/json");
        });
    }

    private static async Task<IResult> PostPassword(
        [FromForm] SignInForm? form, HttpContext http, SignIn signIn, PendingSignIn pending, TrustedBrowsers trusted, StartSession start,
        LeavingLink leaving, AccountOptions options, CancellationToken cancel)
    {
        var typed = form ?? new();
        var outcome = await signIn.Run(typed.Email, typed.Password, http.Connection.RemoteIpAddress, cancel);
        if (outcome.Declined)
        {
            if (outcome.Refusal.Code == SignIn.Leaving) return See(await leaving.For(typed.Email, cancel));
            return Page<SignInPage>(new SignInModel(
                typed with { Password = null }, FormErrors.Of(outcome.Refusal), options.SignUpOffered, outcome.Refusal.Code == SignIn.Unconfirmed), StatusOf(outcome.Refusal));
        }
        var account = outcome.Value;
        var since = account.TwoFactorEnabled ? await trusted.Since(http, account.Id, cancel) : null;
        if (account.TwoFactorEnabled && since is null)
        {
            pending.Begin(http, account, typed.Remember);
            return See(AccountPages.Back("/sign-in/code", typed.ReturnUrl));
        }
        await start.Run(http, account, typed.Remember, cancel, since);
        return See(Local(typed.ReturnUrl, Home));
    }

    private static async Task<IResult> PostCode(
        [FromForm] CodeForm? form, HttpContext http, PendingSignIn pending, VerifySecondFactor verify, TrustedBrowsers trusted, StartSession start, CancellationToken cancel)
    {
        var typed = form ?? new();
        if (await pending.Read(http, cancel) is not { } waiting) return See(AccountPages.Back("/sign-in", typed.ReturnUrl));
        var recovery = typed.RecoveryCode is not null;
        // Turned off meanwhile, in another browser: the password is enough again.
        var outcome = waiting.Account.TwoFactorEnabled
            ? await verify.Run(waiting.Account.Id, recovery ? typed.RecoveryCode : typed.Code, http.Connection.RemoteIpAddress, cancel) : default(Outcome<DateTimeOffset>);
        if (outcome.Declined)
        {
            var message = outcome.Refusal == VerifySecondFactor.Required ? recovery ? "Type one of your recovery codes." : "Type the six digits that your app shows." : outcome.Refusal.Message;
            return Page<CodePage>(new CodeModel(typed with { Code = null, RecoveryCode = null }, FormErrors.Of(recovery ? "recoveryCode" : "code", message)), StatusOf(outcome.Refusal));
        }
        pending.End(http);
        if (typed.Trust && waiting.Account.TwoFactorEnabled) await trusted.Trust(http, waiting.Account.Id, cancel);
        await start.Run(http, waiting.Account, waiting.Remember, cancel, waiting.Account.TwoFactorEnabled ? outcome.Value : null);
        return See(Local(typed.ReturnUrl, Home));
    }

    private static async Task<IResult> PostPasskey(
        [FromForm] PasskeyForm? form, HttpContext http, SignInByPasskey signIn, StartSession start, MailedTokens tokens, AccountOptions options, TimeProvider time, CancellationToken cancel)
    {
        var typed = form ?? new();
        var outcome = await signIn.Run(http, typed.Credential, cancel);
        if (outcome.Declined)
        {
            return Page<SignInPage>(new SignInModel(
                new() { Email = typed.Email, Remember = typed.Remember, ReturnUrl = typed.ReturnUrl }, FormErrors.Of(outcome.Refusal), options.SignUpOffered), StatusOf(outcome.Refusal));
        }
        if (outcome.Value.Status == Account.Leaving) return See(LeavingLink.To(tokens, outcome.Value));
        await start.Run(http, outcome.Value, typed.Remember, cancel, time.GetUtcNow());
        return See(Local(typed.ReturnUrl, Home));
    }
}
