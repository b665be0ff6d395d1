using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Rpd.Bench;

/// <summary>
/// POST /v1/nlp/sentiment, /entities and /keyphrase by the built-in engine at 32 connections, each call with its key, its limit, its credit and its language to be
/// found out; the text is a review of 440 characters. The peer is a bare Kestrel endpoint in a process of its own that reads the same body as JSON and answers as many bytes.
/// </summary>
internal static partial class AnalysisCalls
{
    private const int Seconds = 10, Goal = 2_000;

    private const string Text = "We stayed three nights at this hotel near Vienna in May 2024. The breakfast was absolutely delicious and the staff at the reception was friendly, "
        + "but our room was not very clean and the street was too noisy to sleep. We paid 340 euros, which is a lot for what you get. Dr. Anna Weber, the manager, wrote to us at "
        + "once (office@example.org) and apologised, so we would perhaps give it another try next summer, although I cannot really recommend it.";

    /// <summary>Its own process, as the server is one too: <c>bench bare</c> listens until its input ends.</summary>
    public static async Task Bare()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        await using var app = builder.Build();
        var answer = JsonSerializer.SerializeToUtf8Bytes(new { meta = new { provider = "builtin", language = "en" }, result = new { sentiment = "MIXED", sentimentScore = new { positive = 0.1, negative = 0.2, neutral = 0.3, mixed = 0.4 } } });
        app.Run(async http =>
        {
            using var body = await JsonDocument.ParseAsync(http.Request.Body);
            http.Response.ContentType = "application/json";
            http.Response.ContentLength = answer.Length;
            await http.Response.Body.WriteAsync(answer);
        });
        await app.StartAsync();
        Console.WriteLine(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        await Console.In.ReadToEndAsync();
    }

    public static async Task Run()
    {
        await using var server = await Installation.Start(("Plans__business__GeneralPerMinute", "100000000"));
        var user = JsonDocument.Parse(await server.Command("user", "add", "bench@example.org", "--password", "plain words for a bench", "--plan", "business", "--credits", "100000000", "--with-key")).RootElement;
        var script = Path.GetTempFileName();
        await File.WriteAllTextAsync(script, $"""
            wrk.method = "POST"
            wrk.body = [==[{JsonSerializer.Serialize(new { text = Text })}]==]
            wrk.headers["Content-Type"] = "application/json"
            wrk.headers["X-API-KEY"] = "{user.GetProperty("apiKey").GetString()}"
            """);
        using var peer = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo(Environment.ProcessPath!, ["bare"]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        var bare = (await peer.StandardOutput.ReadLineAsync())!;
        foreach (var address in new[] { server.Address + "/v1/nlp/sentiment", server.Address + "/v1/nlp/entities", bare }) await Load(address, script, 5);
        var limit = await Load(bare, script, Seconds);
        foreach (var task in new[] { "sentiment", "entities", "keyphrase" })
        {
            var rate = await Load($"{server.Address}/v1/nlp/{task}", script, Seconds);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{task} {rate:F0}/s (goal {Goal}); bare Kestrel {limit:F0}/s; ratio {rate / limit:F2}"));
        }
        peer.StandardInput.Close();
        await peer.WaitForExitAsync();
        File.Delete(script);
    }

    private static async Task<double> Load(string address, string script, int seconds)
    {
        var report = await Installation.Run("wrk", ["-t1", "-c32", $"-d{seconds}s", "--latency", "-s", script, address]);
        if (report.Contains("Non-2xx", StringComparison.Ordinal)) throw new InvalidOperationException(report);
        return double.Parse(PerSecond().Match(report).Groups[1].Value, CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"Requests/sec:\s+([\d.]+)")]
    private static partial Regex PerSecond();
}
