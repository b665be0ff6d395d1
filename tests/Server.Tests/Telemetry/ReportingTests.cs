using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.DependencyInjection;
using Rpd.Server.Tests.Support;

namespace Rpd.Server.Tests.Telemetry;

public sealed partial class ReportingTests(TestPostgres postgres)
{
    private const string Token = "a-scrape-token-of-tests";

    [Fact]
    public async Task A_collector_is_told_of_requests_jobs_and_logs_and_metrics_are_read_with_a_token()
    {
        var received = new ConcurrentDictionary<string, string>();
        await using var collector = await LocalServer.Start(async http =>
        {
            using var body = new MemoryStream();
            await http.Request.Body.CopyToAsync(body);
            received.AddOrUpdate(http.Request.Path + " " + http.Request.Headers["X-Team"], _ => Text(body), (_, before) => before + Text(body));
        });
        await using (var app = await App.Start(postgres, ("Telemetry:ScrapeToken", Token), ("Telemetry:OtlpEndpoint", collector.Address("").ToString()), ("Telemetry:OtlpHeaders", "X-Team=pictures")))
        {
            var caller = await app.Caller();
            var (_, body) = await caller.Post("/v1/generations", new { type = "text2image", provider = "studio", model = "studio-sketch", prompt = "A pear" });
            await caller.Ended(body.GetProperty("data").GetProperty("id").GetGuid());
            app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Rpd.Test").LogWarning("A vendor has answered {Message}", "the key sk_live_abcdefgh12345678 is unknown");

            Assert.Equal(HttpStatusCode.NotFound, (await Metrics(app, null)).Status);
            Assert.Equal(HttpStatusCode.NotFound, (await Metrics(app, Token + "x")).Status);
            Assert.Equal(HttpStatusCode.NotFound, (await Metrics(app, caller.Key)).Status);
            var (status, text) = await Metrics(app, Token);
            Assert.Equal(HttpStatusCode.OK, status);
            Assert.All(text.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => Assert.Matches(Line(), line));
            foreach (var part in new[]
            {
                "# TYPE http_server_request_duration_seconds histogram", "rpd_generations_ended_total{provider=\"studio\",status=\"completed\",type=\"text2image\"} ", "rpd_generation_duration_seconds_bucket{",
                "rpd_credits_captured_total{of=\"generations\"} ", "rpd_job_duration_seconds_count{kind=\"generation.submit\",outcome=\"done\"} ", "db_client_", "dotnet_",
            })
                Assert.True(text.Contains(part, StringComparison.Ordinal), $"{part} is not among {string.Join('\n', text.Split('\n').Where(line => line.StartsWith("rpd_", StringComparison.Ordinal) || line.StartsWith("# TYPE", StringComparison.Ordinal)))}");
        }

        Assert.Equal(["/v1/logs pictures", "/v1/metrics pictures", "/v1/traces pictures"], received.Keys.Order(StringComparer.Ordinal));
        foreach (var part in new[] { "POST /v1/generations", "job generation.submit", "rpd-create" }) Assert.Contains(part, received["/v1/traces pictures"], StringComparison.Ordinal);
        Assert.Contains("rpd.generations.ended", received["/v1/metrics pictures"], StringComparison.Ordinal);
        Assert.Contains("A vendor has answered the key sk_live_••• is unknown", received["/v1/logs pictures"], StringComparison.Ordinal);
        Assert.DoesNotContain("abcdefgh12345678", string.Concat(received.Values), StringComparison.Ordinal);
        Assert.DoesNotContain("rpd_sk_", received["/v1/traces pictures"], StringComparison.Ordinal);
    }

    private static string Text(MemoryStream body) => Encoding.UTF8.GetString(body.ToArray());

    private static async Task<(HttpStatusCode Status, string Text)> Metrics(App app, string? token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/metrics");
        if (token is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var answer = await app.CreateClient().SendAsync(request);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>A comment, or a name with its labels and a number.</summary>
    [GeneratedRegex("""^(# (HELP|TYPE) [a-z_][a-z0-9_]* .*|[a-z_][a-z0-9_]*(\{([a-z_0-9]+="([^"\\]|\\.)*",?)+\})? ([-+0-9.eE]+|NaN|\+Inf))$""", RegexOptions.IgnoreCase)]
    private static partial Regex Line();
}
