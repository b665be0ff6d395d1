using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using Rpd.Server.Accounts;
using Rpd.Server.Http;
using Rpd.Server.OpenApi;
using Rpd.Shared;
using Rpd.Shared.ApiKeys;

namespace Rpd.Server.ApiKeys;

/// <summary>
/// Anybody may report a key that they have found. The answer is the same whether the key worked or not. GitHub's secret scanning reports many at once, signed
/// with its key, and is told which were real, as its partners tell it.
/// </summary>
public static class LeakApi
{
    private const int ReportsPerNetwork = 30, TokensMax = 500;
    private const string KeyHeader = "Github-Public-Key-Identifier", SignatureHeader = "Github-Public-Key-Signature";

    public static void MapLeakApi(this IEndpointRouteBuilder api) => api.MapPost("/keys/report-leak", Report)
        .Describe("Report a leaked API key", "Whoever can send a key has it, so it is revoked at once and its owner told. The answer is the same whether it worked. Needs no credential. "
            + "GitHub's secret scanning may report here too, where the operator has configured its key.")
        .Takes<LeakReportBody>("""{"key":"rpd_sk_ExampleKeyThatNobodyHasEverUsed0_1M4wpt","url":"https://example.org/paste/1"}""").Gives<ReceivedView>(202, """{"received":true}""").Refuses("UNAUTHORIZED");

    private static async Task<IResult> Report(HttpContext http, RevokeLeakedKey revoke, LeakOptions options, Attempts attempts)
    {
        if (http.Request.Headers.ContainsKey(SignatureHeader)) return await ReportOfGitHub(http, revoke, options);
        if (attempts.Take("leak", Network.Of(http.Connection.RemoteIpAddress), ReportsPerNetwork, TimeSpan.FromMinutes(10)) is { } wait)
        {
            http.Response.Headers.RetryAfter = ((int)Math.Ceiling(wait.TotalSeconds)).ToString(System.Globalization.CultureInfo.InvariantCulture);
            return ApiAnswers.Refuse(new("RATE_LIMITED", 429, "Too many reports from your network. Please wait a few minutes."));
        }
        var body = await JsonBody.Read(http);
        if (body.Declined) return ApiAnswers.Refuse(body.Refusal);
        var fields = body.Value.Fields;
        var key = fields.Text("key", 200, required: true)?.Trim();
        var where = fields.Text("url", 500);
        if (key is not null && KeyFormat.PrefixOf(key) is null) fields.Wrong("key", "key is not an API key of this service, or it is mistyped.");
        if (fields.Refusal is { } wrong) return ApiAnswers.Refuse(wrong);
        await revoke.Run(new Secret(key!), Line(where), http.RequestAborted);
        return ApiAnswers.Data(new ReceivedView(true), StatusCodes.Status202Accepted);
    }

    private static async Task<IResult> ReportOfGitHub(HttpContext http, RevokeLeakedKey revoke, LeakOptions options)
    {
        if (http.Request.ContentLength > JsonBody.BytesMax) return ApiAnswers.Refuse(TooLarge);
        var bytes = new byte[JsonBody.BytesMax + 1];
        var length = await http.Request.Body.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, http.RequestAborted);
        if (length == bytes.Length) return ApiAnswers.Refuse(TooLarge);
        if (options.GitHubKeyId.Length == 0) return ApiAnswers.Refuse(Refusal.Unauthorized("Signed reports are not accepted on this server."));
        if (http.Request.Headers[KeyHeader] != options.GitHubKeyId || !Signed(bytes.AsSpan(0, length), http.Request.Headers[SignatureHeader].ToString(), options))
            return ApiAnswers.Refuse(Refusal.Unauthorized("The signature of this report is not valid."));
        if (Found(bytes.AsMemory(0, length)) is not { } tokens) return ApiAnswers.Refuse(Refusal.Invalid("", $"The body must be a list of {TokensMax} objects with token and type at most."));
        var labels = new List<object>();
        foreach (var found in tokens)
        {
            var secret = new Secret(found.Token!);
            var real = KeyFormat.PrefixOf(found.Token!) is not null && await revoke.Run(secret, Line(found.Url), http.RequestAborted);
            labels.Add(new { token_hash = Convert.ToBase64String(secret.Hash()), token_type = found.Type, label = real ? "true_positive" : "false_positive" });
        }
        return Results.Json(labels, ApiAnswers.Json);
    }

    private static bool Signed(ReadOnlySpan<byte> body, string signature, LeakOptions options)
    {
        var bytes = new byte[128];
        if (!Convert.TryFromBase64String(signature, bytes, out var length)) return false;
        using var key = options.Key();
        return key.VerifyData(body, bytes.AsSpan(0, length), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
    }

    private static IReadOnlyList<FoundToken>? Found(ReadOnlyMemory<byte> body)
    {
        try
        {
            var all = JsonSerializer.Deserialize<List<FoundToken?>>(body.Span, JsonSerializerOptions.Web);
            return all is { Count: <= TokensMax } && all.All(one => one?.Token is { Length: > 0 and <= 200 }) ? [.. all.OfType<FoundToken>()] : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // It goes into a letter: one line, of the beginning.
    private static string? Line(string? where) => string.IsNullOrWhiteSpace(where) ? null : new string([.. where.Trim().Where(letter => !char.IsControl(letter)).Take(300)]);

    private static Refusal TooLarge => new("PAYLOAD_TOO_LARGE", (int)HttpStatusCode.RequestEntityTooLarge, $"The body may have {JsonBody.BytesMax / 1024} KB at most.");

    private sealed record FoundToken(string? Token, string? Type, string? Url);
}
