using System.Text.Json.Nodes;
using Rpd.Server.ApiKeys;
using Rpd.Shared;

namespace Rpd.Server.Http;

/// <summary>
/// The group's filter behind <c>Idempotency-Key</c>: every POST with a credential honours it, whatever the endpoint. The lock and the look for an earlier
/// answer come before the handler, so also before validation: a repeated request gets its first answer, whatever has changed since.
/// </summary>
public static class IdempotentPosts
{
    public static RouteGroupBuilder HonoursIdempotencyKeys(this RouteGroupBuilder group) => group.AddEndpointFilter(Filter).WithMetadata(new Honoured());

    /// <summary>On every endpoint of a group with this filter, for what is said about it.</summary>
    public sealed record Honoured;

    /// <summary>Null when the request carries no key.</summary>
    public static IdempotentScope? Idempotent(this HttpContext http) => http.Features.Get<IdempotentScope>();

    private static async ValueTask<object?> Filter(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (!HttpMethods.IsPost(http.Request.Method) || http.OptionalCredential() is not { } credential) return await next(context);
        if (http.Request.Headers[Idempotency.Header].FirstOrDefault() is not { Length: > 0 } key) return await next(context);
        var fingerprint = await Fingerprint(http);
        if (fingerprint.Declined) return ApiAnswers.Refuse(fingerprint.Refusal);
        // Test keys play a game of their own.
        var begun = await http.RequestServices.GetRequiredService<Idempotency>()
            .Begin(credential.AccountId, credential.Test ? "test:" : "api:", key, fingerprint.Value, http.RequestAborted);
        if (begun.Declined)
        {
            if (begun.Refusal.Status is StatusCodes.Status409Conflict or StatusCodes.Status429TooManyRequests) http.Response.Headers.RetryAfter = "1";
            return ApiAnswers.Refuse(begun.Refusal);
        }
        await using var scope = begun.Value;
        if (scope.Stored is { } stored) return new BytesAnswer(stored, Replayed: true);
        http.Features.Set(scope);
        var result = await next(context);
        return scope.Committed || result is not IResult answer ? result : await Keep(http, scope, answer);
    }

    /// <summary>Of the body, which can be read again afterwards.</summary>
    private static async Task<Outcome<byte[]>> Fingerprint(HttpContext http)
    {
        if (MultipartForm.Is(http.Request))
        {
            var form = await MultipartForm.Read(http);
            return form.Declined ? form.Refusal : Idempotency.Fingerprint(http.Request, await MultipartForm.Digest(form.Value, http.RequestAborted));
        }
        var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body, http.RequestAborted);
        body.Position = 0;
        http.Request.Body = body;
        return Idempotency.Fingerprint(http.Request, body.GetBuffer().AsSpan(0, (int)body.Length));
    }

    /// <summary>Draws the answer now, stores it when it is a success, and hands on the very bytes.</summary>
    private static async Task<IResult> Keep(HttpContext http, IdempotentScope scope, IResult answer)
    {
        var (outward, drawn) = (http.Response.Body, new MemoryStream());
        http.Response.Body = drawn;
        try
        {
            await answer.ExecuteAsync(http);
        }
        finally
        {
            http.Response.Body = outward;
        }
        var first = new StoredAnswer(http.Response.StatusCode, http.Response.Headers.Location.FirstOrDefault(), drawn.ToArray());
        // The work is done: whoever hung up meanwhile may still come back for the answer.
        if (first.Status is >= 200 and < 300) await scope.Commit(WithoutSecret(first), CancellationToken.None);
        return new BytesAnswer(first, Replayed: false);
    }

    /// <summary>A secret is shown once and stored nowhere, so a repeated answer has none: rotate what was lost.</summary>
    private static StoredAnswer WithoutSecret(StoredAnswer answer)
    {
        if (answer.Body.AsSpan().IndexOf("\"secret\":"u8) < 0 || JsonNode.Parse(answer.Body)?["data"] is not JsonObject data || !data.Remove("secret")) return answer;
        return answer with { Body = System.Text.Encoding.UTF8.GetBytes(data.Root.ToJsonString(ApiAnswers.Json)) };
    }
}
