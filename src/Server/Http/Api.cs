using Npgsql;
using Rpd.Server.ApiKeys;
using Rpd.Shared;

namespace Rpd.Server.Http;

/// <summary>
/// The native face's route group: rate limit, idempotency and envelope for every endpoint below <c>/v1</c>; and what every <see cref="Face"/> has in common.
/// Authentication and scopes are the endpoints' metadata, read by <see cref="KeyAuthentication"/> before this.
/// </summary>
public static class Api
{
    public const string Prefix = "/v1";

    public static RouteGroupBuilder MapApi(this IEndpointRouteBuilder app) =>
        app.MapFace(Prefix).LimitedByPlan().HonoursIdempotencyKeys();

    /// <param name="prefix">May be empty.</param>
    public static RouteGroupBuilder MapFace(this IEndpointRouteBuilder app, string prefix) => app.MapGroup(prefix).DisableValidation();

    /// <summary>Each call draws on the plan's bucket of calls: the general one, unless <see cref="LimitedAsGeneration"/> says otherwise.</summary>
    public static RouteGroupBuilder LimitedByPlan(this RouteGroupBuilder group) => group.AddEndpointFilter(Limit);

    /// <summary>
    /// Pages of other sites may call with a key, or read what needs none. Never with cookies: those are no credential here, and no answer allows them.
    /// Before everything that refuses, so that a refusal can be read too.
    /// </summary>
    public static void UseApiCors(this WebApplication app) => app.UseWhen(OfPrograms, branch => branch.UseCors(policy => policy
        .AllowAnyOrigin().AllowAnyMethod().AllowAnyHeader().SetPreflightMaxAge(TimeSpan.FromHours(1))
        .WithExposedHeaders(RequestIds.Header, "Location", "Retry-After", "RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset", "Idempotent-Replayed")));

    /// <summary>Generation endpoints draw on the stricter bucket instead of the general one.</summary>
    public static RouteHandlerBuilder LimitedAsGeneration(this RouteHandlerBuilder endpoint) => endpoint.WithMetadata(new LimitedAs(LimitKind.Generations));

    /// <summary>For those whose calls are proved otherwise and come in bursts: the handler draws on a bucket for calls that are not.</summary>
    public static RouteHandlerBuilder LimitedByItself(this RouteHandlerBuilder endpoint) => endpoint.WithMetadata(new LimitedAs(null));

    /// <summary>The handler has found more than one generation in the request: the others are debited too, though the bucket may go below zero.</summary>
    public static void DebitMore(this HttpContext http, int more)
    {
        var credential = http.Credential();
        RateLimits.Write(http.Response, http.RequestServices.GetRequiredService<RateLimits>()
            .Debit(LimitKind.Generations, credential.AccountId, credential.LimitId, credential.Plan, more));
    }

    private sealed record LimitedAs(LimitKind? Kind);

    private static async ValueTask<object?> Limit(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var limits = http.RequestServices.GetRequiredService<RateLimits>();
        var limited = http.GetEndpoint()?.Metadata.GetMetadata<LimitedAs>();
        if (limited is { Kind: null }) return await next(context);
        var kind = limited?.Kind ?? LimitKind.General;
        var admission = http.OptionalCredential() is { } credential ? limits.Take(kind, credential.AccountId, credential.LimitId, credential.Plan) : limits.TakeAnonymous(http.Connection.RemoteIpAddress);
        RateLimits.Write(http.Response, admission);
        return admission.Admitted ? await next(context) : ApiAnswers.Refuse(RateLimits.Refuse(admission));
    }

    /// <summary>Whatever goes wrong at a face outside a handler has its error body too: routing's 404 and 405, bad requests, bugs.</summary>
    public static void UseApiErrors(this WebApplication app)
    {
        var log = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Rpd.Api");
        app.UseWhen(OfApi, branch => branch.Use(next => async http =>
        {
            try
            {
                await next(http);
                if (http.Response is { HasStarted: false, StatusCode: >= 400, ContentType: null })
                    await ApiAnswers.Refuse(Of(http.Response.StatusCode, http)).ExecuteAsync(http);
            }
            catch (BadHttpRequestException bad) when (!http.Response.HasStarted)
            {
                await ApiAnswers.Refuse(Of(bad.StatusCode, http)).ExecuteAsync(http);
            }
            catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
            {
                http.Abort();
            }
            catch (Exception fault) when (!http.Response.HasStarted)
            {
                log.LogError(fault, "{RequestId} {Method} {Path} failed", http.RequestId(), http.Request.Method, http.Request.Path);
                // What starts a generation is one transaction: it has failed whole.
                var unqueued = fault is NpgsqlException or TimeoutException && http.GetEndpoint()?.Metadata.GetMetadata<LimitedAs>() is { Kind: LimitKind.Generations };
                // No connection, or none in time: not a bug, and over soon.
                var busy = fault is NpgsqlException and not PostgresException;
                if (busy && !unqueued) http.Response.Headers.RetryAfter = "1";
                await ApiAnswers.Refuse(unqueued ? new("QUEUE_ERROR", 500, "The generation could not be queued. No credits were taken.") : Of(busy ? 503 : 500, http)).ExecuteAsync(http);
            }
        }));
    }

    // Browsers upload from other sites, too: to an address that was handed out to a program with a key.
    private static readonly string[] OpenPaths = ["/uploads", "/health", "/openapi.json"];

    private static bool OfPrograms(HttpContext http) => OfApi(http) || Array.Exists(OpenPaths, path => http.Request.Path.StartsWithSegments(path));

    private static bool OfApi(HttpContext http) => http.Face() is not null;

    private static Refusal Of(int status, HttpContext http) => status switch
    {
        401 => Refusal.Unauthorized("Send an API key as X-API-KEY, or a token as Authorization: Bearer."),
        403 => Refusal.Forbidden("This is not allowed."),
        404 => new("NOT_FOUND", 404, $"There is nothing at {http.Request.Path}."),
        405 => new("METHOD_NOT_ALLOWED", 405, $"{http.Request.Method} is not possible here. Allowed: {http.Response.Headers.Allow}."),
        413 => new("PAYLOAD_TOO_LARGE", 413, "The body is too large."),
        415 => new("UNSUPPORTED_MEDIA_TYPE", 415, "Send the body as application/json."),
        429 => new("RATE_LIMITED", 429, "Too many requests."),
        503 => new("PROVIDER_UNAVAILABLE", 503, "This is not available now."),
        >= 500 => new("INTERNAL_ERROR", 500, $"Something went wrong on our side. Tell us {http.RequestId()} if it stays."),
        _ => new("VALIDATION_ERROR", status, "The request could not be read."),
    };
}
