using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text.Json;
using Rpd.Server.Providers.Vendors;

namespace Rpd.Server.Providers.Chat;

/// <summary>
/// Posts JSON to APIs that speak OpenAI's language. No redirects (the key would go along), a limit for time and for size. What goes wrong is data, and holds
/// no credentials.
/// </summary>
public sealed class ChatHttp : IDisposable
{
    private const long AnswerBytesMax = 16 * 1024 * 1024;

    private readonly HttpClient http = new(new SocketsHttpHandler
    {
        UseCookies = false,
        AllowAutoRedirect = false,
        ActivityHeadersPropagator = null,
        ConnectTimeout = TimeSpan.FromSeconds(10),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        // Whoever stops listening wants the upstream to stop too, not to hear it out.
        ResponseDrainTimeout = TimeSpan.FromMilliseconds(250),
    })
    { Timeout = Timeout.InfiniteTimeSpan };

    private readonly TimeProvider time;

    public ChatHttp(TimeProvider time)
    {
        this.time = time;
        http.DefaultRequestHeaders.UserAgent.ParseAdd("RPD-Create/1.0");
    }

    /// <param name="path">Below the base address: <c>chat/completions</c>.</param>
    public async Task<(JsonElement? Answer, ChatFailure? Failure)> Post(UpstreamAccess access, string path, byte[] json, TimeSpan within, CancellationToken cancel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(within);
        try
        {
            using var request = Request(access, path, json);
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            return await Whole(access, response, limit.Token);
        }
        catch (Exception fault) when (ChatFailure.Of(fault, cancel) is { } failure)
        {
            return (null, failure);
        }
    }

    /// <summary>The same for an answer that comes bit by bit.</summary>
    public async Task<(ChatStream? Answer, ChatFailure? Failure)> Stream(UpstreamAccess access, string path, byte[] json, CancellationToken cancel)
    {
        var called = Stopwatch.GetTimestamp();
        var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(TimeSpan.FromSeconds(Math.Min(access.FirstTokenSeconds, access.TimeoutSeconds)));
        HttpResponseMessage? response = null;
        ChatStream? stream = null;
        try
        {
            using var request = Request(access, path, json);
            request.Headers.Accept.ParseAdd("text/event-stream");
            response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            ChatFailure? failure;
            if (response.IsSuccessStatusCode && response.Content.Headers.ContentType?.MediaType != "application/json")
                (stream, failure) = await ChatStream.Begin(access, response, limit, called, cancel);
            else
                failure = (await Whole(access, response, limit.Token)).Failure ?? ChatFailure.Senseless;
            return (stream, failure);
        }
        catch (Exception fault) when (ChatFailure.Of(fault, cancel) is { } failure)
        {
            return (null, failure);
        }
        finally
        {
            if (stream is null)
            {
                response?.Dispose();
                limit.Dispose();
            }
        }
    }

    public void Dispose() => http.Dispose();

    private static HttpRequestMessage Request(UpstreamAccess access, string path, byte[] json)
    {
        var address = new UriBuilder(access.BaseUrl);
        address.Path = $"{address.Path.TrimEnd('/')}/{path}";
        var request = new HttpRequestMessage(HttpMethod.Post, address.Uri) { Content = new ByteArrayContent(json) };
        request.Content.Headers.ContentType = new("application/json");
        if (access.ApiKey is { Empty: false } key) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key.Reveal());
        foreach (var (name, value) in access.Headers) request.Headers.TryAddWithoutValidation(name, value.Reveal());
        return request;
    }

    private async Task<(JsonElement? Answer, ChatFailure? Failure)> Whole(UpstreamAccess access, HttpResponseMessage response, CancellationToken limit)
    {
        await response.Content.LoadIntoBufferAsync(AnswerBytesMax, limit);
        var bytes = await response.Content.ReadAsByteArrayAsync(limit);
        if (!response.IsSuccessStatusCode) return (null, ChatFailure.Of((int)response.StatusCode, Lenient(bytes), RetryAfter.Of(response, time), access));
        var answer = JsonSerializer.Deserialize<JsonElement>(bytes);
        return answer.At("error").ValueKind is JsonValueKind.Object or JsonValueKind.String ? (null, ChatFailure.Of((int)response.StatusCode, answer, null, access)) : (answer, null);
    }

    // Gateways answer with pages of their own.
    private static JsonElement Lenient(byte[] bytes)
    {
        try
        {
            return JsonSerializer.Deserialize<JsonElement>(bytes);
        }
        catch (JsonException)
        {
            return default;
        }
    }
}
