using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Rpd.Server.Prompts;

/// <summary>
/// Posts JSON to an OpenAI-compatible API that the operator has named. No redirects (the key would go along), a time limit and a size limit; what goes wrong
/// is one sentence that holds neither the key nor the answer.
/// </summary>
public sealed class Upstream : IDisposable
{
    private const int BytesMax = 256 * 1024;
    private readonly HttpClient http = new(new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) })
    {
        Timeout = Timeout.InfiniteTimeSpan,
        MaxResponseContentBufferSize = BytesMax,
    };

    public static bool IsAddress(string text) => Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https";

    /// <param name="path">Below <paramref name="baseUrl"/>: <c>chat/completions</c>.</param>
    public async Task<(JsonElement? Answer, string? Fault)> Post(string baseUrl, string path, string apiKey, object body, int timeoutSeconds, CancellationToken cancel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(TimeSpan.FromSeconds(timeoutSeconds));
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"{baseUrl.TrimEnd('/')}/{path}"))
        {
            Content = new StringContent(JsonSerializer.Serialize(body, JsonSerializerOptions.Web), Encoding.UTF8, "application/json"),
        };
        if (apiKey.Length > 0) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", apiKey);
        try
        {
            using var answer = await http.SendAsync(request, limit.Token);
            if (!answer.IsSuccessStatusCode) return (null, $"it answered {(int)answer.StatusCode}");
            return (JsonSerializer.Deserialize<JsonElement>(await answer.Content.ReadAsByteArrayAsync(limit.Token)), null);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return (null, $"it did not answer within {timeoutSeconds} s");
        }
        catch (HttpRequestException fault)
        {
            return (null, fault.HttpRequestError == HttpRequestError.ConfigurationLimitExceeded ? "its answer is too large" : $"it cannot be reached ({fault.HttpRequestError})");
        }
        catch (JsonException)
        {
            return (null, "its answer is not JSON");
        }
    }

    public void Dispose() => http.Dispose();
}
