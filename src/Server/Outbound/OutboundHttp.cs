using System.Net;
using System.Net.Http.Headers;

namespace Rpd.Server.Outbound;

/// <summary>
/// The one HTTP client for addresses that users name: webhooks, inputs of generations. No proxy of the environment, no cookies, no credentials, no
/// redirects by itself; connections go through <see cref="GuardedConnect"/>; time and sizes are bounded, in bytes after decompression.
/// </summary>
public sealed class OutboundHttp : IDisposable
{
    public const int RedirectsMax = 5;

    private readonly OutboundRules rules;
    private readonly HttpClient posts;
    private readonly HttpClient downloads;

    public OutboundHttp(OutboundRules rules, ResolveName resolve)
    {
        this.rules = rules;
        // Two pools: a connection that a download may have over plain http is none for a webhook.
        posts = Client(new GuardedConnect(rules, resolve, plainHttp: false), DecompressionMethods.None);
        downloads = Client(new GuardedConnect(rules, resolve, plainHttp: true), DecompressionMethods.All);
    }

    /// <summary>Sends and reads the beginning of the answer. A redirect is an answer like any other. Plain http only to allowed hosts.</summary>
    /// <param name="within">For everything, from the name's resolution to the last byte of the answer.</param>
    /// <param name="bodyMax">Bytes of the answer that are worth reading; the rest is dropped.</param>
    public async Task<OutboundResult<Posted>> Post(
        Uri address, IEnumerable<KeyValuePair<string, string>> headers, ReadOnlyMemory<byte> body, string contentType, TimeSpan within, int bodyMax, CancellationToken cancel)
    {
        if (rules.Objection(address, plainHttp: false) is { } objection) return new OutboundFailure(OutboundFault.Refused, objection);
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ReadOnlyMemoryContent(body) };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        using var limit = Limit(within, cancel);
        try
        {
            using var answer = await posts.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            return new Posted((int)answer.StatusCode, name => answer.Headers.TryGetValues(name, out var values) ? values.First() : null, await Beginning(answer, bodyMax, limit.Token));
        }
        catch (Exception fault) when (OutboundTrouble.Explain(fault, within, limit.Token, cancel) is { } failure)
        {
            return failure;
        }
    }

    /// <summary>Streams a file in. Follows redirects, each judged like the first address, never from https to http.</summary>
    /// <param name="into">May have received a part when it fails. Its own exceptions are the caller's.</param>
    public async Task<OutboundResult<Downloaded>> Download(Uri address, Stream into, long bytesMax, TimeSpan within, CancellationToken cancel)
    {
        using var limit = Limit(within, cancel);
        for (var hops = 0; hops <= RedirectsMax; hops++)
        {
            if (rules.Objection(address, plainHttp: true) is { } objection) return new OutboundFailure(OutboundFault.Refused, objection);
            var step = await Get(address, within, limit.Token, cancel);
            if (step.Failed) return step.Failure;
            using var answer = step.Answer;
            if (Redirect(answer) is { } location)
            {
                if (!Uri.TryCreate(address, location, out var next)) return new OutboundFailure(OutboundFault.Failed, "The host redirects to something that is no address.");
                if (address.Scheme == "https" && next.Scheme != "https") return new OutboundFailure(OutboundFault.Refused, "The host redirects from https to http.");
                address = next;
                continue;
            }
            if (!answer.IsSuccessStatusCode) return new OutboundFailure(OutboundFault.Failed, $"The host answered {(int)answer.StatusCode}.");
            var copied = await BoundedCopy.Run(answer, into, bytesMax, within, limit.Token, cancel);
            if (copied.Failed) return copied.Failure;
            return new Downloaded(copied.Answer.Bytes, answer.Content.Headers.ContentType?.MediaType, address);
        }
        return new OutboundFailure(OutboundFault.Failed, $"The host redirects more than {RedirectsMax} times.");
    }

    public void Dispose()
    {
        posts.Dispose();
        downloads.Dispose();
    }

    private async Task<OutboundResult<HttpResponseMessage>> Get(Uri address, TimeSpan within, CancellationToken limit, CancellationToken cancel)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            return await downloads.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit);
        }
        catch (Exception fault) when (OutboundTrouble.Explain(fault, within, limit, cancel) is { } failure)
        {
            return failure;
        }
    }

    private static Uri? Redirect(HttpResponseMessage answer) => answer.StatusCode is HttpStatusCode.Moved or HttpStatusCode.Found or HttpStatusCode.SeeOther
        or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect ? answer.Headers.Location : null;

    private static async Task<byte[]> Beginning(HttpResponseMessage answer, int most, CancellationToken limit)
    {
        if (most == 0) return [];
        await using var body = await answer.Content.ReadAsStreamAsync(limit);
        var buffer = new byte[most];
        var read = await body.ReadAtLeastAsync(buffer, most, throwOnEndOfStream: false, limit);
        return buffer[..read];
    }

    private static CancellationTokenSource Limit(TimeSpan within, CancellationToken cancel)
    {
        var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(within);
        return limit;
    }

    private static HttpClient Client(GuardedConnect connect, DecompressionMethods decompression)
    {
        var client = new HttpClient(new SocketsHttpHandler
        {
            ConnectCallback = connect.Run,
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
            AutomaticDecompression = decompression,
            // Nothing of ours is told to strangers' servers, not even a trace's id.
            ActivityHeadersPropagator = null,
            MaxResponseHeadersLength = 16,
            MaxResponseDrainSize = 16 * 1024,
            ResponseDrainTimeout = TimeSpan.FromSeconds(1),
            MaxConnectionsPerServer = 512,
            ConnectTimeout = TimeSpan.FromSeconds(10),
            // Names are resolved and judged anew with every connection.
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
        })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
        client.DefaultRequestHeaders.UserAgent.ParseAdd("RPD-Create/1.0");
        return client;
    }
}
