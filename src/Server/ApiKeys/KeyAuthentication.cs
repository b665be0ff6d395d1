using Microsoft.Extensions.Primitives;
using Rpd.Server.Http;
using Rpd.Shared;

namespace Rpd.Server.ApiKeys;

/// <summary>
/// Finds out who calls, before anything of the request is read. A middleware and not an authentication scheme: the API faces know one kind of caller,
/// the pages another, and the dashboard's cookie must never count here.
/// </summary>
public sealed class KeyAuthentication(RequestDelegate next, CheckCredential check, RateLimits limits)
{
    private const string Header = "X-API-KEY", AccountHeader = "ACCOUNT-ID", Bearer = "Bearer ";

    private static readonly HashSet<string> QueryNames = new(StringComparer.OrdinalIgnoreCase) { "api_key", "apikey", "api-key", "x-api-key", "key", "access_token", "token" };

    public async Task InvokeAsync(HttpContext http)
    {
        var rule = http.GetEndpoint()?.Metadata.GetMetadata<CredentialRule>();
        var outcome = http.Request.QueryString.HasValue && (rule is not null || http.Face() is not null) && HasKeyInQuery(http.Request.Query)
            ? Refusal.Invalid("", "A key in the address ends up in logs and histories. Send it as X-API-KEY or Authorization: Bearer, and rotate this one.")
            : rule is null ? null : await Authenticate(http, rule);
        if (outcome is { } refusal)
        {
            // The one place where a refused credential becomes a body.
            await ApiAnswers.Refuse(refusal.Status == StatusCodes.Status401Unauthorized ? Unauthorized(http, refusal) : refusal).ExecuteAsync(http);
            return;
        }
        await next(http);
    }

    /// <summary>Whoever has no credential that counts is a stranger, and may be one no oftener than other strangers.</summary>
    private Refusal Unauthorized(HttpContext http, Refusal refusal)
    {
        var admission = limits.TakeAnonymous(http.Connection.RemoteIpAddress);
        RateLimits.Write(http.Response, admission);
        if (!admission.Admitted) return RateLimits.Refuse(admission);
        http.Response.Headers.WWWAuthenticate = "Bearer realm=\"RPD Create\"";
        return refusal;
    }

    private async ValueTask<Refusal?> Authenticate(HttpContext http, CredentialRule rule)
    {
        var sent = Sent(http.Request);
        if (sent.Declined) return sent.Refusal;
        if (sent.Value.Length == 0)
            return rule.Optional ? null : Refusal.Unauthorized("Send an API key as X-API-KEY, or as Authorization: Bearer.", Reasons.KeyMissing);
        var checkedKey = await check.Run(sent.Value, http.Connection.RemoteIpAddress, http.RequestAborted);
        if (checkedKey.Declined) return checkedKey.Refusal;
        var credential = checkedKey.Value;
        if (http.Request.Headers.TryGetValue(AccountHeader, out var account) && !(Guid.TryParse(account, out var named) && named == credential.AccountId))
            return Refusal.Unauthorized($"{AccountHeader} does not name the account of this {(credential.TokenId is null ? "key" : "token")}.");
        if (rule.Scope is { } scope && !credential.Scopes.Contains(scope)) return Limited(http, credential) ?? Refusal.Forbidden($"This {(credential.TokenId is null ? "key" : "token")} lacks the scope \"{scope}\".");
        http.Features.Set(credential);
        return null;
    }

    /// <summary>What is refused here does not come to the group's limit, and counts all the same.</summary>
    private Refusal? Limited(HttpContext http, Credential credential)
    {
        var admission = limits.Take(LimitKind.General, credential.AccountId, credential.LimitId, credential.Plan);
        RateLimits.Write(http.Response, admission);
        return admission.Admitted ? null : RateLimits.Refuse(admission);
    }

    /// <returns>The key as sent; empty when there is none.</returns>
    private static Outcome<string> Sent(HttpRequest request)
    {
        var authorization = request.Headers.Authorization;
        if (authorization.Count == 0) return One(request.Headers[Header], "");
        var bearer = "";
        foreach (var value in authorization)
        {
            if (value is null || !value.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)) return Refusal.Unauthorized("The Authorization header must be: Bearer <key>.", Reasons.NotBearer);
            var text = value[Bearer.Length..].Trim();
            if (bearer.Length > 0 && bearer != text) return Disagree;
            bearer = text;
        }
        return One(request.Headers[Header], bearer);
    }

    private static Outcome<string> One(StringValues values, string sofar)
    {
        foreach (var value in values)
        {
            var text = value?.Trim() ?? "";
            if (sofar.Length > 0 && text.Length > 0 && text != sofar) return Disagree;
            if (text.Length > 0) sofar = text;
        }
        return sofar;
    }

    private static bool HasKeyInQuery(IQueryCollection query)
    {
        foreach (var (name, values) in query)
            if (QueryNames.Contains(name) || values.Any(value => value is not null && KeyFormat.LooksLikeKey(value))) return true;
        return false;
    }

    private static Refusal Disagree => Refusal.Unauthorized("The request carries two credentials that differ. Send one.");
}
