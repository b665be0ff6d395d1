using System.Net.Http.Headers;
using System.Text.Json;

namespace Rpd.Server.Billing.Stripe;

/// <summary>
/// The one way to Stripe: version pinned, an idempotency key on every write, repeated as Stripe advises. A write that is repeated has the same key, so that
/// a lost answer costs nobody anything. Source: docs.stripe.com/api/versioning, /api/idempotent_requests, /error-low-level.
/// </summary>
public sealed class StripeHttp : IDisposable
{
    /// <summary>Objects have the shape of this version, whatever the account's own default is.</summary>
    public const string Version = "2026-10-28.endive";

    private const int TriesMax = 3;

    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    private readonly HttpClient http;
    private readonly StripeOptions options;
    private readonly ILogger<StripeHttp> log;

    public StripeHttp(StripeOptions options, ILogger<StripeHttp> log)
    {
        (this.options, this.log) = (options, log);
        http = new HttpClient(new SocketsHttpHandler
        {
            UseCookies = false,
            AllowAutoRedirect = false,
            ActivityHeadersPropagator = null,
            ConnectTimeout = TimeSpan.FromSeconds(10),
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        })
        { Timeout = TimeSpan.FromSeconds(40) };
        http.DefaultRequestHeaders.UserAgent.ParseAdd("RPD-Create/1.0");
    }

    public Task<StripeReply<T>> Get<T>(string path, StripeForm? form, CancellationToken cancel) where T : class => Send<T>(HttpMethod.Get, path, form, null, cancel);

    /// <param name="key">What this write is, for ever: the same key is the same write. At most 255 characters.</param>
    public Task<StripeReply<T>> Post<T>(string path, StripeForm form, string key, CancellationToken cancel) where T : class => Send<T>(HttpMethod.Post, path, form, key, cancel);

    public Task<StripeReply<T>> Delete<T>(string path, StripeForm form, string key, CancellationToken cancel) where T : class => Send<T>(HttpMethod.Delete, path, form, key, cancel);

    public void Dispose() => http.Dispose();

    private async Task<StripeReply<T>> Send<T>(HttpMethod method, string path, StripeForm? form, string? key, CancellationToken cancel) where T : class
    {
        for (var attempt = 1; ; attempt++)
        {
            var (reply, again) = await Once<T>(method, path, form, key, cancel);
            if (!reply.Failed) return reply;
            log.LogWarning("Stripe answered {Status} {Type} {Code} to {Method} {Path}: {Message}", reply.Failure.Status, reply.Failure.Type, reply.Failure.Code, method, path, reply.Failure.Message);
            if (!again || attempt == TriesMax) return reply;
            await Task.Delay(TimeSpan.FromMilliseconds((250 << attempt) * (0.5 + (Random.Shared.NextDouble() / 2))), cancel);
        }
    }

    private async Task<(StripeReply<T> Reply, bool Again)> Once<T>(HttpMethod method, string path, StripeForm? form, string? key, CancellationToken cancel) where T : class
    {
        using var request = new HttpRequestMessage(method, options.Url.TrimEnd('/') + path + (method == HttpMethod.Post || form is null ? "" : "?" + form.Query()));
        if (method == HttpMethod.Post) request.Content = new FormUrlEncodedContent(form?.Fields ?? []);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", options.SecretKey);
        request.Headers.Add("Stripe-Version", Version);
        if (key is not null) request.Headers.Add("Idempotency-Key", key);
        try
        {
            using var answer = await http.SendAsync(request, cancel);
            var body = await answer.Content.ReadAsByteArrayAsync(cancel);
            if (answer.IsSuccessStatusCode) return (new(JsonSerializer.Deserialize<T>(body, Json) ?? throw new JsonException("Stripe answered nothing."), null), false);
            return (new(null, Failure((int)answer.StatusCode, body)), Again(answer));
        }
        catch (Exception fault) when (!cancel.IsCancellationRequested && fault is HttpRequestException or OperationCanceledException or IOException or JsonException)
        {
            return (new(null, new(0, null, null, $"Stripe could not be reached: {fault.Message}")), true);
        }
    }

    // Stripe says it itself when it knows; 409 is another request with the same key, still under way.
    private static bool Again(HttpResponseMessage answer) => answer.Headers.TryGetValues("Stripe-Should-Retry", out var said)
        ? said.First() == "true" : (int)answer.StatusCode is 409 or 429 or >= 500;

    private static StripeFailure Failure(int status, byte[] body)
    {
        try
        {
            var error = JsonSerializer.Deserialize<StripeErrorBody>(body, Json)?.Error;
            return new(status, error?.Type, error?.Code, error?.Message ?? "Stripe gave no reason.");
        }
        catch (JsonException)
        {
            // A gateway before Stripe speaks HTML.
            return new(status, null, null, "The answer was not Stripe's.");
        }
    }

    private sealed record StripeErrorBody(StripeError? Error);

    private sealed record StripeError(string? Type, string? Code, string? Message);
}
