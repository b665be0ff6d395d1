using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Polly;
using Polly.CircuitBreaker;

namespace Rpd.Server.Providers.Vendors;

/// <summary>
/// The one way to vendors' interfaces. A call is signed, bounded in time and size, repeated where repeating cannot make anything twice, and not sent at all
/// while the vendor is known to be down. What vendors do is data, never an exception.
/// </summary>
public sealed class VendorHttp : IDisposable
{
    private const int MessageMax = 500;

    private readonly HttpClient http = new(new SocketsHttpHandler
    {
        UseCookies = false,
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.All,
        ActivityHeadersPropagator = null,
        MaxConnectionsPerServer = 1024,
        ConnectTimeout = TimeSpan.FromSeconds(10),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    })
    { Timeout = Timeout.InfiniteTimeSpan };

    private readonly ConcurrentDictionary<string, VendorLane> lanes = new();
    private readonly VendorTokens tokens;
    private readonly TimeProvider time;
    private readonly ILogger<VendorHttp> log;

    public VendorHttp(TimeProvider time, ILogger<VendorHttp> log)
    {
        (this.time, this.log, tokens) = (time, log, new(time));
        http.DefaultRequestHeaders.UserAgent.ParseAdd("RPD-Create/1.0");
    }

    /// <summary>Whether calls to the vendor are held back at the moment, because too many have failed.</summary>
    public bool Down(string vendor) => lanes.TryGetValue(vendor, out var lane) && lane.State.CircuitState is CircuitState.Open or CircuitState.Isolated;

    /// <summary>Calls it again at once, on this node, whatever failed before.</summary>
    public Task Close(string vendor) => lanes.TryGetValue(vendor, out var lane) ? lane.Control.CloseAsync() : Task.CompletedTask;

    /// <param name="folder">Where media goes that an answer consists of.</param>
    /// <returns>The answer of status 2xx, or what became of the call instead: <see cref="VendorReply.Failed"/> or <see cref="VendorReply.Unknown"/>.</returns>
    public async Task<(VendorAnswer? Answer, VendorReply? Instead)> Send(VendorApi vendor, VendorAccess access, VendorCall call, string folder, CancellationToken cancel)
    {
        // Whose credentials are bad must not close the way for all the others.
        var lane = lanes.GetOrAdd(vendor.Name, _ => new(time));
        var context = ResilienceContextPool.Shared.Get(cancel);
        VendorReply.Unknown? doubt = null;
        try
        {
            var exchange = await lane.Pipeline.ExecuteAsync(async context =>
            {
                var tried = await Once(vendor, access, call, folder, context.CancellationToken);
                doubt ??= tried.Instead as VendorReply.Unknown;
                return tried;
            }, context);
            // Whoever may have taken it at the first try has it still, although nobody was there at the second.
            return doubt is not null && exchange.Instead is VendorReply.Failed { Fault: not (ProviderFault.InvalidInput or ProviderFault.ContentPolicy) }
                ? (null, doubt) : (exchange.Answer, exchange.Instead);
        }
        catch (BrokenCircuitException)
        {
            return (null, doubt ?? (VendorReply)new VendorReply.Failed(ProviderFault.Unavailable, $"{vendor.Name} has failed too often and is left alone for a moment.", VendorLane.Break));
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    public void Dispose() => http.Dispose();

    private async Task<VendorExchange> Once(VendorApi vendor, VendorAccess access, VendorCall call, string folder, CancellationToken cancel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(TimeSpan.FromSeconds(access.CallSeconds));
        var sent = false;
        try
        {
            using var request = VendorMessages.Request(vendor, access, call);
            await vendor.Authorize(request, new(access, time, Fetch, tokens), limit.Token);
            sent = true;
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            var answer = await VendorMessages.Read(response, folder, [.. access.Secrets, .. Sent(request)], limit.Token);
            if (answer.Ok || (call.Moves && answer.Elsewhere is not null)) return new(answer, null, false);
            var failed = vendor.Fault(answer);
            failed = failed with { Message = failed.Message.Length > MessageMax ? failed.Message[..MessageMax] : failed.Message, RetryAfter = failed.RetryAfter ?? RetryAfter.Of(response, time) };
            log.LogWarning("{Vendor} answered {Status} to {Method} {Path}: {Fault}, {Message}", vendor.Name, answer.Status, call.Method, Path(request), failed.Fault, failed.Message);
            // A gateway's word says nothing about what stands behind it.
            if (call.Creates && (answer.Status is 408 or 502 or 504 || vendor.BeingTaken(answer))) return new(null, new VendorReply.Unknown(failed.Message), call.Recognised);
            return new(null, failed, failed.Fault is ProviderFault.RateLimited or ProviderFault.Unavailable or ProviderFault.TimedOut || (failed.Fault == ProviderFault.Internal && answer.Status >= 500));
        }
        catch (Exception fault) when (Trouble(fault, cancel) is { } trouble)
        {
            log.LogWarning("{Vendor} could not be asked for {Method} {Path}: {Trouble}", vendor.Name, call.Method, call.Address.Split('?')[0], trouble.What);
            if (trouble.Unsent || !sent || !call.Creates) return new(null, new VendorReply.Failed(trouble.Fault, trouble.What), trouble.Fault != ProviderFault.InsufficientQuota);
            return new(null, new VendorReply.Unknown(trouble.What), call.Recognised);
        }
    }

    private async Task<JsonElement> Fetch(HttpRequestMessage request, CancellationToken cancel)
    {
        using var response = await http.SendAsync(request, cancel);
        var text = await response.Content.ReadAsByteArrayAsync(cancel);
        return response.IsSuccessStatusCode && VendorMessages.Parse(text) is { } json ? json : throw new HttpRequestException(HttpRequestError.UserAuthenticationError, $"The token endpoint answered {(int)response.StatusCode}.", null, response.StatusCode);
    }

    /// <summary>What a request is signed with: keys, and tokens made of keys.</summary>
    private static IEnumerable<Secret> Sent(HttpRequestMessage request) =>
        (request.Headers.Authorization?.Parameter is { } token ? [token] : Array.Empty<string>())
        .Concat(request.Headers.Where(header => header.Key.EndsWith("key", StringComparison.OrdinalIgnoreCase)).SelectMany(header => header.Value))
        .Select(value => new Secret(value));

    private static string Path(HttpRequestMessage request) => request.RequestUri!.AbsolutePath;

    private static (string What, bool Unsent, ProviderFault Fault)? Trouble(Exception fault, CancellationToken cancel) => fault switch
    {
        _ when cancel.IsCancellationRequested => null,
        OperationCanceledException => ("The vendor did not answer in time.", false, ProviderFault.TimedOut),
        HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError } refused =>
            ($"The vendor could not be reached ({refused.HttpRequestError}).", true, ProviderFault.Unavailable),
        // Credentials that no token can be made from are the operator's; an endpoint that is down is not.
        HttpRequestException { HttpRequestError: HttpRequestError.UserAuthenticationError } token =>
            (token.Message, true, (int?)token.StatusCode is >= 500 or 429 ? ProviderFault.Unavailable : ProviderFault.InsufficientQuota),
        HttpRequestException or IOException or InvalidDataException => ("The vendor's answer broke off.", false, ProviderFault.Unavailable),
        _ => null,
    };
}
