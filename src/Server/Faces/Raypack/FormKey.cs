using Rpd.Server.ApiKeys;
using Rpd.Server.Http;
using Rpd.Shared;
using Rpd.Shared.ApiKeys;

namespace Rpd.Server.Faces.Raypack;

/// <summary>
/// Who calls: the key is a field of the form or a header, <c>apikey</c> in any case; ours will do, too. A filter and not the middleware, since a form has to
/// be read for it.
/// </summary>
internal static class FormKey
{
    private const string Field = "apikey", Bearer = "Bearer ";

    public static async ValueTask<object?> Check(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (await Read(http) is { } unread) return ApiAnswers.Refuse(unread);
        var checkedKey = await Of(http);
        if (checkedKey.Declined) return ApiAnswers.Refuse(checkedKey.Refusal.Status == StatusCodes.Status401Unauthorized ? Stranger(http, checkedKey.Refusal) : checkedKey.Refusal);
        http.Features.Set(checkedKey.Value);
        return await next(context);
    }

    private static async Task<Refusal?> Read(HttpContext http)
    {
        if (!http.Request.HasFormContentType) return http.Request.ContentLength is null or 0 ? null : new("UNSUPPORTED_MEDIA_TYPE", 415, "Send a form: multipart/form-data or application/x-www-form-urlencoded.");
        try
        {
            await http.Request.ReadFormAsync(http.RequestAborted);
            return null;
        }
        catch (InvalidDataException)
        {
            return Refusal.Invalid("", "The form could not be read.");
        }
    }

    private static async ValueTask<Outcome<Credential>> Of(HttpContext http)
    {
        var keys = Sent(http.Request).Select(text => text?.Trim()).Where(text => !string.IsNullOrEmpty(text)).Distinct().ToList();
        if (keys.Count == 0) return Refusal.Unauthorized("Send your API key as apikey, in the form or as a header.", Reasons.KeyMissing);
        if (keys.Count > 1) return Refusal.Unauthorized("The request carries two keys that differ. Send one.");
        var credential = await http.RequestServices.GetRequiredService<CheckCredential>().Run(keys[0]!, http.Connection.RemoteIpAddress, http.RequestAborted);
        return credential.Declined || credential.Value.Scopes.Contains(Scopes.Analyze) ? credential : Refusal.Forbidden($"This key lacks the scope \"{Scopes.Analyze}\".");
    }

    private static IEnumerable<string?> Sent(HttpRequest request)
    {
        var bearer = request.Headers.Authorization.Where(value => value?.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) == true).Select(value => value![Bearer.Length..]);
        string?[] headers = [.. request.Headers[Field], .. request.Headers["X-API-KEY"], .. bearer];
        return request.HasFormContentType ? [.. headers, .. request.Form[Field]] : headers;
    }

    /// <summary>Whoever has no key that counts may try as often as other strangers, and no oftener.</summary>
    private static Refusal Stranger(HttpContext http, Refusal refusal)
    {
        var admission = http.RequestServices.GetRequiredService<RateLimits>().TakeAnonymous(http.Connection.RemoteIpAddress);
        RateLimits.Write(http.Response, admission);
        return admission.Admitted ? refusal : RateLimits.Refuse(admission);
    }
}
