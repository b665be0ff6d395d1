using Microsoft.AspNetCore.Mvc;
using Rpd.Server.Http;
using Rpd.Shared;
using Rpd.Shared.Accounts;
using Rpd.Web.Accounts;
using static Rpd.Server.Http.Pages;

namespace Rpd.Server.Accounts.TwoFactor;

/// <summary>Turning two-factor on and off. New recovery codes survive the redirect in a sealed cookie and are shown once.</summary>
public static class SecurityPages
{
    internal const string Home = "/settings/security", ProveFirst = Home + "/prove";

    private const string NewCodes = "recovery-codes";

    public static void MapSecurityPages(this RouteGroupBuilder pages)
    {
        var security = pages.MapGroup(Home).RequireAuthorization();
        security.MapGet("", (HttpContext http, SecurityBoard board) => board.Show(http));
        security.MapGet("/two-factor", ShowSecret);
        security.MapGet("/prove", (string? returnUrl, string? code) => Page<ProvePage>(new ProveModel(returnUrl, FormErrors.None, Code: code is not null)));
        security.MapForm("/prove", Prove);
        security.MapPost("/two-factor", async (HttpContext http, BeginTwoFactor begin, FreshSessions sessions, CancellationToken cancel) =>
        {
            if (!await sessions.Fresh(http.User.SessionId()!.Value, cancel)) return See(ProveFirst);
            await begin.Run(http.User.AccountId()!.Value, cancel);
            return See(Home + "/two-factor");
        });
        security.MapForm("/two-factor/confirm", Confirm);
        security.MapForm("/two-factor/off", TurnOff);
        security.MapGet("/recovery-codes", ShowCodes);
        security.MapForm("/recovery-codes", Renew);
        security.MapForm("/recovery-codes/file", File);
        security.MapPost("/trusted-browsers/forget", async (HttpContext http, TrustedBrowsers trusted, CancellationToken cancel) =>
        {
            await trusted.ForgetAll(http.User.AccountId()!.Value, cancel);
            return See(Home);
        });
        security.MapGet("/{part}/{verb}", (string part, string verb) => See(part == "two-factor" && verb == "confirm" ? Home + "/two-factor" : Home));
    }

    /// <summary>Also for administrators' pages, which want a second factor that is not too old, and take a code only.</summary>
    private static async Task<IResult> Prove([FromForm] ProofForm? form, HttpContext http, ProveAgain prove, FreshSessions sessions, CancellationToken cancel)
    {
        var proved = await prove.Run(http.User.AccountId()!.Value, form?.Proof, http.Connection.RemoteIpAddress, cancel, codeOnly: form?.Code == true);
        if (proved.Declined) return Page<ProvePage>(new ProveModel(form?.ReturnUrl, FormErrors.Of(proved.Refusal), form?.Code == true), StatusOf(proved.Refusal));
        await sessions.Mark(http.User.SessionId()!.Value, proved.Value, cancel);
        return See(Local(form?.ReturnUrl, Home));
    }

    private static async Task<IResult> ShowSecret(HttpContext http, WaitingAuthenticator waiting, FreshSessions sessions) =>
        await sessions.Fresh(http.User.SessionId()!.Value, http.RequestAborted) ? await DrawSecret(http, waiting, FormErrors.None, StatusCodes.Status200OK) : See(ProveFirst);

    private static async Task<IResult> DrawSecret(HttpContext http, WaitingAuthenticator waiting, FormErrors errors, int status)
    {
        if (await waiting.Read(http.User.AccountId()!.Value, http.RequestAborted) is not { } found) return See(Home);
        http.Response.Headers.CacheControl = "no-store";
        var (path, size) = QrPath.Of(Totp.Address(found.Secret, found.Email));
        return Page<TwoFactorPage>(new TwoFactorModel(path, size, Base32.Grouped(found.Secret, ' '), errors), status);
    }

    private static async Task<IResult> Confirm([FromForm] CodeForm? form, HttpContext http, EnableTwoFactor enable, WaitingAuthenticator waiting, FreshSessions sessions, Flash flash, CancellationToken cancel)
    {
        if (!await sessions.Fresh(http.User.SessionId()!.Value, cancel)) return See(ProveFirst);
        var codes = await enable.Run(http.User.AccountId()!.Value, form?.Code, cancel);
        if (codes.Declined) return await DrawSecret(http, waiting, FormErrors.Of(codes.Refusal), StatusOf(codes.Refusal));
        await sessions.Mark(http.User.SessionId()!.Value, code: true, cancel);
        return ShowOnce(http, flash, codes.Value);
    }

    private static async Task<IResult> Renew([FromForm] ProofForm? form, HttpContext http, RenewRecoveryCodes renew, SecurityBoard board, Flash flash, CancellationToken cancel)
    {
        var codes = await renew.Run(http.User.AccountId()!.Value, form?.Proof, http.Connection.RemoteIpAddress, cancel);
        return codes.Declined ? await board.Show(http, new(RefusedForm.Codes, FormErrors.Of(codes.Refusal)), StatusOf(codes.Refusal)) : ShowOnce(http, flash, codes.Value);
    }

    private static async Task<IResult> TurnOff([FromForm] ProofForm? form, HttpContext http, DisableTwoFactor disable, SecurityBoard board, CancellationToken cancel) =>
        await disable.Run(http.User.AccountId()!.Value, form?.Proof, http.Connection.RemoteIpAddress, cancel) is { } refusal
            ? await board.Show(http, new(RefusedForm.Off, FormErrors.Of(refusal)), StatusOf(refusal)) : See(Home);

    private static IResult ShowOnce(HttpContext http, Flash flash, string[] codes)
    {
        flash.Give(http, NewCodes, string.Join(' ', codes));
        return See(Home + "/recovery-codes");
    }

    private static IResult ShowCodes(HttpContext http, Flash flash)
    {
        if (flash.Take(http, NewCodes) is not { } codes) return See(Home);
        http.Response.Headers.CacheControl = "no-store";
        return Page<RecoveryCodesPage>(new RecoveryCodesModel(codes.Split(' ')));
    }

    /// <summary>The page's own codes as a file. Nothing else comes back: whoever makes somebody post here gets a file of codes or of nothing.</summary>
    private static IResult File([FromForm] CodesForm? form, HttpContext http)
    {
        var codes = (form?.Codes ?? "").Split(' ').Where(code => RecoveryCodes.HashOf(code) is not null).Take(RecoveryCodes.Count).ToArray();
        if (codes.Length == 0) return See(Home);
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers.ContentDisposition = "attachment; filename=\"rpd-create-recovery-codes.txt\"";
        return Results.Text($"Recovery codes for RPD Create. Each works once.\n\n{string.Join('\n', codes)}\n", "text/plain");
    }

    public sealed record CodesForm
    {
        public string? Codes { get; init; }
    }
}
