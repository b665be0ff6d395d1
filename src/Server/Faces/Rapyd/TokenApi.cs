using Rpd.Server.Accounts;
using Rpd.Server.Accounts.TwoFactor;
using Rpd.Server.ApiKeys.UserTokens;
using Rpd.Server.Http;
using Rpd.Server.OpenApi;
using Rpd.Shared;
using Rpd.Shared.ApiKeys;

namespace Rpd.Server.Faces.Rapyd;

public static class TokenApi
{
    /// <summary>How the tokens are called in their owner's list.</summary>
    private const string TokenName = "API";

    private const int OtpMax = 40;

    public static void MapTokenApi(this IEndpointRouteBuilder face) => face.MapPost("/user/token", Mint)
        .Describe("Get a token", "For an hour, by e-mail address and password, and by a code where the account asks for one. Never keep a password in a program; tokens can be made on the page of tokens, too.")
        .Takes<NewTokenBody>("""{"email":"ada@example.org","password":"a quiet river bends"}""")
        .TakesAlso("application/x-www-form-urlencoded")
        .TakesAlso("text/plain")
        .GivesBare<MintedToken>(example: """{"token":"rpd_ut_…","token_type":"Bearer","expires_in":3600,"expires_at":"2026-03-20T13:00:00Z","account_id":"0198c3e0-11d2-7a0f-8c3e-5b7f9d2e4a61"}""")
        .Refuses("UNAUTHORIZED", "TWO_FACTOR_REQUIRED", "TWO_FACTOR_INVALID", "FORBIDDEN", "CONFLICT");

    private static async Task<IResult> Mint(HttpContext http, SignIn signIn, VerifySecondFactor verify, MintToken mint)
    {
        http.Response.Headers.CacheControl = "no-store";
        var body = await LooseBody.Read(http);
        if (body.Declined) return ApiAnswers.Refuse(body.Refusal);
        var fields = body.Value;
        var email = fields.Text("email", EmailAddress.LengthMax, required: true);
        var password = fields.Text("password", PasswordRule.LengthMax, required: true);
        var otp = fields.Text("otp", OtpMax);
        if (fields.Refusal is { } wrong) return ApiAnswers.Refuse(wrong);
        var account = await signIn.Run(email, password, http.Connection.RemoteIpAddress, http.RequestAborted);
        if (account.Declined) return Refuse(http, account.Refusal);
        if (account.Value.TwoFactorEnabled)
        {
            var passed = await verify.Run(account.Value.Id, otp, http.Connection.RemoteIpAddress, http.RequestAborted);
            if (passed.Declined) return Refuse(http, passed.Refusal);
        }
        var token = await mint.Run(account.Value.Id, TokenName, tell: false, http.RequestAborted, renew: true);
        return token.Declined ? Refuse(http, token.Refusal)
            : Results.Json(new MintedToken(token.Value.Secret!, "Bearer", (int)UserToken.Life.TotalSeconds, token.Value.ExpiresAt, account.Value.Id), ApiAnswers.Json);
    }

    /// <summary>The codes that only the sign-in page has a use for are told as the one that programs know.</summary>
    private static IResult Refuse(HttpContext http, Refusal refusal)
    {
        if (refusal.Status == StatusCodes.Status429TooManyRequests) http.Response.Headers.RetryAfter = "60";
        return ApiAnswers.Refuse(refusal.Status == StatusCodes.Status403Forbidden ? Refusal.Forbidden(refusal.Message) : refusal);
    }
}
