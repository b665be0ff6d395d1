using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Rpd.Tests.Stripe;

/// <summary>What goes wrong on the way, once.</summary>
public enum Mishap
{
    /// <summary>Stripe is down: nothing is done.</summary>
    Refused,

    /// <summary>It is done, and the answer is lost.</summary>
    AnswerLost,
}

/// <summary>
/// Behaves as Stripe documents: takes the secret key and one version only, forms only, refuses parameters that it does not know, wants an idempotency key on every write, answers the same
/// key with the same answer and refuses it for another write. Tells what happens in signed events, which the test delivers as it likes.
/// Sources: docs.stripe.com/api (authentication, versioning, idempotent_requests, errors) and docs.stripe.com/webhooks.
/// </summary>
public sealed class StripeServer : IAsyncDisposable
{
    public const string SecretKey = "sk_test_4eC39HqLyjWDarjtT1zdp7dc", WebhookSecret = "whsec_b3VyIG93biBzZWNyZXQgb2YgdGVzdHM", Version = "2026-10-28.endive";

    private readonly WebApplication app;
    private readonly ConcurrentDictionary<string, (string Write, int Status, string Body)> writes = new();
    private readonly ConcurrentDictionary<string, byte> under = new();

    private StripeServer(WebApplication app) => this.app = app;

    public string Url { get; private set; } = "";

    public StripeWorld World { get; } = new();

    /// <summary>By the beginning of method and path, such as <c>POST /v1/payment_intents</c>: what befalls the next such request.</summary>
    public ConcurrentQueue<(string Request, Mishap What)> Mishaps { get; } = new();

    /// <summary>Every request that was taken, as method and path.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    public static async Task<StripeServer> Start(int port = 0)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));
        var app = builder.Build();
        var server = new StripeServer(app);
        app.Run(server.Answer);
        await app.StartAsync();
        server.Url = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        server.World.Url = server.Url;
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        using var atOnce = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        await app.StopAsync(atOnce.Token);
        await app.DisposeAsync();
    }

    private async Task Answer(HttpContext http)
    {
        var path = http.Request.Path.Value!;
        if (!path.StartsWith("/v1/", StringComparison.Ordinal))
        {
            await StripePages.Answer(http, World);
            return;
        }
        try
        {
            await Api(http, path);
        }
        catch (StripeRefusal refusal)
        {
            await Write(http, refusal.Status, refusal.Body.ToJsonString());
        }
    }

    private async Task Api(HttpContext http, string path)
    {
        if (http.Request.Headers.Authorization != $"Bearer {SecretKey}") throw new StripeRefusal(401, "api_key_invalid", "Invalid API Key provided.");
        if (http.Request.Headers["Stripe-Version"] != Version) throw new StripeRefusal(400, "version_invalid", "The version is not the one that this account takes.");
        if (http.Request.ContentLength > 0 && http.Request.ContentType != "application/x-www-form-urlencoded") throw new StripeRefusal(400, "content_type", "Send forms.");
        Requests.Enqueue($"{http.Request.Method} {path}");
        using var reader = new StreamReader(http.Request.Body);
        var sent = http.Request.Method == "POST" ? await reader.ReadToEndAsync() : http.Request.QueryString.Value!.TrimStart('?');
        if (http.Request.Method == "GET")
        {
            await Write(http, 200, StripeEndpoints.Get(World, path, Form(sent)).ToJsonString());
            return;
        }
        var key = http.Request.Headers["Idempotency-Key"].ToString();
        if (key.Length is 0 or > 255) throw new StripeRefusal(400, "idempotency_key_missing", "Every write needs a key here.");
        var mishap = Mishaps.TryPeek(out var next) && $"{http.Request.Method} {path}".StartsWith(next.Request, StringComparison.Ordinal) && Mishaps.TryDequeue(out next) ? next.What : (Mishap?)null;
        if (mishap == Mishap.Refused) throw new StripeRefusal(503, "down", "Try again.", "api_error");
        var write = $"{http.Request.Method} {path} {sent}";
        if (!under.TryAdd(key, 0)) throw new StripeRefusal(409, "idempotency_key_in_use", "There is another request with this key under way.", "idempotency_error");
        try
        {
            if (!writes.TryGetValue(key, out var done))
            {
                done = (write, 200, "");
                try
                {
                    done.Body = StripeEndpoints.Write(World, http.Request.Method, path, Form(sent)).ToJsonString();
                }
                catch (StripeRefusal refusal) when (refusal.Status == 402)
                {
                    // What was tried and declined is declined again; what was never tried may be.
                    (done.Status, done.Body) = (refusal.Status, refusal.Body.ToJsonString());
                }
                writes[key] = done;
            }
            else if (done.Write != write) throw new StripeRefusal(400, "idempotency_error", "Keys for idempotent requests can only be used with the same parameters they were first used with.", "idempotency_error");
            if (mishap == Mishap.AnswerLost) http.Abort();
            else await Write(http, done.Status, done.Body);
        }
        finally
        {
            under.TryRemove(key, out _);
        }
    }

    private static JsonObject Form(string text) => StripeForms.Read(text.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=', 2))
        .Select(pair => KeyValuePair.Create(WebUtility.UrlDecode(pair[0]), WebUtility.UrlDecode(pair.ElementAtOrDefault(1) ?? ""))));

    private static async Task Write(HttpContext http, int status, string body)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json";
        await http.Response.WriteAsync(body, Encoding.UTF8);
    }
}
