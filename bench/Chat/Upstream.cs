using System.Buffers.Text;
using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Rpd.Server.Catalog;

namespace Rpd.Bench.Chat;

/// <summary>
/// An upstream that answers at once, in a process of its own: <c>bench chat-upstream</c>. The number that a request bears as its <c>user</c> stands in the answer
/// and in each chunk of a stream, so that no two answers are the same. What comes to <c>/counted</c> is counted, with what it has to cost.
/// </summary>
internal static class Upstream
{
    public const string Model = "rapshee-1";

    private const int Digits = 8;

    private static readonly ChatModel Priced = new() { CreditsPer1kTokens = 2 };
    private static int chunks = 20, gapMilliseconds = 50;
    private static long answers, tokens, credits;

    public static async Task Run()
    {
        await using var app = Listen();
        app.MapPost("/pace/{count:int}/{gap:int}", (int count, int gap) => (chunks, gapMilliseconds) = (count, gap));
        app.MapGet("/counts", () => new Counts(Interlocked.Read(ref answers), Interlocked.Read(ref tokens), Interlocked.Read(ref credits)));
        app.MapPost("/{of}/v1/chat/completions", Answer);
        await Peers.Serve(app);
    }

    /// <param name="Credits">By the price of <see cref="Model"/>.</param>
    public sealed record Counts(long Answers, long Tokens, long Credits);

    public static WebApplication Listen()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        return builder.Build();
    }

    /// <summary>1,020 to 2,019: prices from 3 to 5 credits.</summary>
    public static int TokensOf(int number) => 20 + WrittenOf(number);

    public static byte[] Whole(int number) => Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture,
        $$"""{"id":"chatcmpl-{{number:D8}}","object":"chat.completion","created":1773964800,"model":"{{Model}}","choices":[{"index":0,"message":{"role":"assistant","content":"{{Text}}"},"logprobs":null,"finish_reason":"stop"}],"usage":{{UsageOf(number)}},"system_fingerprint":"fp_bench"}"""));

    /// <summary>The events of a stream, one after another, with its end.</summary>
    public static IEnumerable<byte[]> Events(int number, int count)
    {
        for (var i = 0; i < count; i++) yield return Event(number, $$"""[{"index":0,"delta":{"content":" word{{i}}"},"logprobs":null,"finish_reason":null}],"usage":null""");
        yield return Event(number, """[{"index":0,"delta":{},"logprobs":null,"finish_reason":"stop"}],"usage":null""");
        yield return [.. Event(number, $"[],\"usage\":{UsageOf(number)}"), .. "data: [DONE]\n\n"u8];
    }

    private static string Text => "A key is made on the page of keys: open it, give the key a name, choose what it may do, and copy the secret, which is shown once. "
        + "Whoever has it can spend your credits, so keep it out of pages and repositories, set a cap for each purpose, and rotate it when somebody leaves.";

    private static int WrittenOf(int number) => 1000 + (number % 1000);

    private static string UsageOf(int number) => $$"""{"prompt_tokens":20,"completion_tokens":{{WrittenOf(number)}},"total_tokens":{{TokensOf(number)}}}""";

    private static byte[] Event(int number, string choices) => Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture,
        $$"""data: {"id":"chatcmpl-{{number:D8}}","object":"chat.completion.chunk","created":1773964800,"model":"{{Model}}","system_fingerprint":"fp_bench","choices":{{choices}}}{{"\n\n"}}"""));

    private static async Task Answer(HttpContext http, string of)
    {
        var body = new byte[(int)http.Request.ContentLength.GetValueOrDefault(64 * 1024)];
        var length = await http.Request.Body.ReadAtLeastAsync(body, body.Length, throwOnEndOfStream: false);
        var (number, stream) = Asked(body.AsSpan(0, length));
        if (stream) await Stream(http, number);
        else
        {
            var whole = Whole(number);
            http.Response.ContentType = "application/json";
            http.Response.ContentLength = whole.Length;
            await http.Response.Body.WriteAsync(whole);
        }
        if (of != "counted") return;
        Interlocked.Increment(ref answers);
        Interlocked.Add(ref tokens, TokensOf(number));
        Interlocked.Add(ref credits, Priced.Price(TokensOf(number)));
    }

    private static async Task Stream(HttpContext http, int number)
    {
        http.Response.ContentType = "text/event-stream";
        var first = true;
        foreach (var some in Events(number, chunks))
        {
            if (!first) await Task.Delay(gapMilliseconds, http.RequestAborted);
            first = false;
            await http.Response.Body.WriteAsync(some, http.RequestAborted);
        }
    }

    private static (int Number, bool Stream) Asked(ReadOnlySpan<byte> body)
    {
        var user = "\"user\":\""u8;
        var at = body.IndexOf(user) + user.Length;
        return Utf8Parser.TryParse(body.Slice(at, Digits), out int number, out _) ? (number, body.IndexOf("\"stream\":true"u8) >= 0) : throw new InvalidOperationException("A request without its number.");
    }
}
