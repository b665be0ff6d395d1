using Microsoft.AspNetCore.Mvc;
using Rpd.Server.Http;
using Rpd.Shared;
using Rpd.Shared.Accounts;
using Rpd.Web.Accounts;
using static Rpd.Server.Http.Pages;

namespace Rpd.Server.Accounts;

/// <summary>A new password for somebody who has lost theirs.</summary>
public static class PasswordPages
{
    public static void MapPasswordPages(this RouteGroupBuilder pages)
    {
        pages.MapGet("/forgot-password", () => Page<ForgotPasswordPage>(new ForgotPasswordModel(new(), FormErrors.None)));
        pages.MapForm("/forgot-password", PostForgot);
        pages.MapGet("/forgot-password/sent", () => Page<NoticePage>(new NoticeModel(
            "Check your mail", "If there is an account with this address, we have sent it a link to choose a new password. It works for one hour.", "Sign in", "/sign-in")));
        pages.MapGet("/reset-password", (string? account, string? token, HttpContext http) =>
        {
            http.Response.Headers["Referrer-Policy"] = "no-referrer";
            return Page<ResetPasswordPage>(new ResetPasswordModel(new() { Account = account, Token = token }, FormErrors.None));
        });
        pages.MapForm("/reset-password", PostReset);
        pages.MapGet("/reset-password/done", () => Page<NoticePage>(new NoticeModel(
            "Password changed", "Every device was signed out. Sign in with your new password.", "Sign in", "/sign-in")));
    }

    private static async Task<IResult> PostForgot([FromForm] ForgotPasswordForm? form, HttpContext http, AskForLetter ask, CancellationToken cancel)
    {
        var outcome = await ask.Run(MailedTokens.Reset, form?.Email, http.Connection.RemoteIpAddress, cancel);
        return outcome.Declined
            ? Page<ForgotPasswordPage>(new ForgotPasswordModel(form ?? new(), FormErrors.Of(outcome.Refusal)), StatusOf(outcome.Refusal)) : See("/forgot-password/sent");
    }

    private static async Task<IResult> PostReset([FromForm] ResetPasswordForm? form, HttpContext http, ResetPassword reset, CancellationToken cancel)
    {
        var typed = form ?? new();
        var outcome = await reset.Run(typed.Account, typed.Token, typed.Password, http.Connection.RemoteIpAddress, cancel);
        return outcome.Declined
            ? Page<ResetPasswordPage>(new ResetPasswordModel(typed with { Password = null }, FormErrors.Of(outcome.Refusal)), StatusOf(outcome.Refusal)) : See("/reset-password/done");
    }
}
