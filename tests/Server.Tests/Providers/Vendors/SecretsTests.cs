using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Rpd.Server.Providers;
using Rpd.Server.Tests.Support;

namespace Rpd.Server.Tests.Providers.Vendors;

/// <summary>An operator's credentials are nowhere but in the configuration: the test reads everything that the server has written.</summary>
public sealed class SecretsTests(TestPostgres postgres)
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task No_credential_is_in_a_log_a_trace_a_row_a_file_or_an_answer(bool pair)
    {
        var spans = new ConcurrentQueue<string>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = _ => true,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = span => spans.Enqueue($"{span.DisplayName} {string.Join(' ', span.TagObjects.Select(tag => $"{tag.Key}={tag.Value}"))} {string.Join(' ', span.Events.SelectMany(told => told.Tags).Select(tag => tag.Value))}"),
        };
        ActivitySource.AddActivityListener(listener);
        using var log = new LogLines();
        var vendor = new KlingServer(pair);
        await using var world = await VendorWorld.Start(postgres, vendor, ("Providers:kling:WebhookSecret", WebhookSecret), ("Logging:LogLevel:Default", "Trace"));
        world.App.Services.GetRequiredService<ILoggerFactory>().AddProvider(log);
        string[] secrets = [.. vendor.Credentials.Where(one => one.Key != "AccessKey").Select(one => one.Value), WebhookSecret];
        var sent = new ConcurrentQueue<string>();
        // It refuses, and repeats what it was sent: some do.
        foreach (var status in new[] { 401, 200 })
            vendor.Once(vendor.Starts, async http =>
            {
                var header = http.Request.Headers.Authorization.ToString();
                sent.Enqueue(header["Bearer ".Length..]);
                http.Response.StatusCode = status;
                await http.Response.WriteAsJsonAsync(new { code = 1201, message = $"Invalid credential {header}, {string.Join(", ", secrets)}" });
                return true;
            });

        var refused = new[] { await world.Run(world.Catalog.Find("kling-3.0")!, "text2video"), await world.Run(world.Catalog.Find("kling-3.0")!, "text2video") };
        await world.Run(world.Catalog.Find("kling-3.0")!, "text2video");
        var answers = new StringBuilder(string.Join(' ', refused));
        foreach (var path in new[] { "/v1/models", "/v1/generations", "/models", "/models/kling-3.0", "/health", "/v1/providers", "/openapi.json" })
            answers.Append(await (await world.Caller.Http.GetAsync(path)).Content.ReadAsStringAsync());

        Assert.Equal(2, sent.Count);
        Assert.True(log.All.Count > 20, "Nothing was logged.");
        Assert.NotEmpty(spans);
        var rows = await Rows(world);
        Assert.Contains("kling", rows, StringComparison.Ordinal);
        foreach (var secret in secrets.Concat(sent).Distinct())
        {
            Assert.DoesNotContain(log.All, line => line.Contains(secret, StringComparison.Ordinal));
            Assert.DoesNotContain(spans, span => span.Contains(secret, StringComparison.Ordinal));
            Assert.DoesNotContain(secret, rows, StringComparison.Ordinal);
            Assert.DoesNotContain(secret, answers.ToString(), StringComparison.Ordinal);
            foreach (var file in Directory.EnumerateFiles(world.App.DataFolder, "*", SearchOption.AllDirectories))
                Assert.Equal(-1, File.ReadAllBytes(file).AsSpan().IndexOf(Encoding.UTF8.GetBytes(secret)));
        }
    }

    [Fact]
    public void A_secret_can_be_neither_formatted_nor_serialised_nor_inspected()
    {
        var secret = new Secret("a-very-secret-key-indeed");

        Assert.Equal("•••", $"{secret}");
        Assert.DoesNotContain("very", System.Text.Json.JsonSerializer.Serialize(new { secret }), StringComparison.Ordinal);
        Assert.DoesNotContain("very", new { secret }.ToString(), StringComparison.Ordinal);
        Assert.Equal("•••deed", secret.Hint);
        Assert.Equal("key ••• is wrong", secret.Strike("key a-very-secret-key-indeed is wrong"));
    }

    private const string WebhookSecret = "whsec_dGVzdHNlY3JldHRlc3RzZWNyZXR0ZXN0c2VjcmV0MTI=";

    /// <summary>Every row of every table, as text.</summary>
    private static async Task<string> Rows(VendorWorld world)
    {
        var tables = await world.App.Scalar<string[]>("select array_agg(table_name::text) from information_schema.tables where table_schema = 'public'");
        var all = new StringBuilder();
        foreach (var table in tables) all.Append(await world.App.Scalar<string>($"select coalesce(string_agg(t::text, '\n'), '') from \"{table}\" t"));
        return all.ToString();
    }
}
