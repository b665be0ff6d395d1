using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Rpd.Bench;

/// <summary>
/// From the request of a customer to the moment in which its provider gets the job, at ten a second in an open loop: alone, and beside 500 jobs of another
/// provider that takes two seconds for each answer and finishes none. Each round has a server of its own; the two situations take turns.
/// </summary>
internal static class SlowProvider
{
    private const int Rounds = 3, SlowJobs = 500, PerSecond = 10, Seconds = 15, Warm = 20;
    private static readonly ConcurrentDictionary<string, long> Arrived = new();
    private static int slowStarted;

    public static async Task Run()
    {
        await using var vendors = await Vendors();
        var address = vendors.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        List<double> alone = [], beside = [];
        for (var round = 0; round < Rounds; round++)
        {
            alone.AddRange(await Round(address, slow: 0));
            beside.AddRange(await Round(address, SlowJobs));
        }
        double[] calm = [.. alone.Order()], crowded = [.. beside.Order()];
        Console.WriteLine(Line("alone", calm));
        Console.WriteLine(Line($"beside {SlowJobs} jobs of a slow provider", crowded));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"ratio p50 {StartLatency.At(crowded, .5) / StartLatency.At(calm, .5):F2}, p90 {StartLatency.At(crowded, .9) / StartLatency.At(calm, .9):F2}"));
    }

    private static string Line(string when, double[] sorted) => string.Create(CultureInfo.InvariantCulture,
        $"{when}: {sorted.Length} jobs, request → provider p50 {StartLatency.At(sorted, .5):F1} ms, p90 {StartLatency.At(sorted, .9):F1} ms, p99 {StartLatency.At(sorted, .99):F1} ms");

    private static async Task<IEnumerable<double>> Round(string vendors, int slow)
    {
        await using var server = await Installation.Start(
            ("Providers__kling__ApiKey", "bench"), ("Providers__kling__BaseUrl", vendors + "/slow"), ("Providers__runway__ApiKey", "bench"), ("Providers__runway__BaseUrl", vendors + "/quick"),
            ("Plans__business__GenerationsPerMinute", "1000000"), ("Plans__business__GeneralPerMinute", "1000000"), ("Plans__business__ConcurrentJobs", "10000"));
        using var crowd = await Customer(server, "crowd@example.org");
        using var customer = await Customer(server, "customer@example.org");
        slowStarted = 0;
        for (var i = 0; i < slow; i++) await Begin(crowd, "kling", "kling-3.0", $"slow {i}");
        if (slow > 0) await Wait.Until(() => Task.FromResult(Volatile.Read(ref slowStarted) >= 16), TimeSpan.FromMilliseconds(50), "The slow provider to be busy");
        Arrived.Clear();
        var start = Stopwatch.GetTimestamp();
        var sent = new ConcurrentDictionary<string, long>();
        var requests = new List<Task>();
        for (var i = 0; i < (PerSecond * Seconds) + Warm; i++)
        {
            await Wait.UntilDue(start, TimeSpan.FromSeconds((double)i / PerSecond));
            var prompt = $"quick {i}";
            sent[prompt] = Stopwatch.GetTimestamp();
            requests.Add(Begin(customer, "runway", "runway-gen4.5", prompt));
        }
        await Task.WhenAll(requests);
        await Wait.Until(() => Task.FromResult(Arrived.Count >= sent.Count), TimeSpan.FromMilliseconds(50), "The jobs to arrive");
        return sent.OrderBy(one => one.Value).Skip(Warm).Select(one => Stopwatch.GetElapsedTime(one.Value, Arrived[one.Key]).TotalMilliseconds);
    }

    private static async Task<HttpClient> Customer(Installation server, string email)
    {
        var added = JsonDocument.Parse(await server.Command("user", "add", email, "--password", "a few plain words", "--plan", "business", "--credits", "1000000", "--with-key")).RootElement;
        var api = new HttpClient { BaseAddress = new Uri(server.Address) };
        api.DefaultRequestHeaders.Add("X-API-KEY", added.GetProperty("apiKey").GetString());
        return api;
    }

    private static async Task Begin(HttpClient api, string provider, string model, string prompt)
    {
        using var answer = await api.PostAsJsonAsync(new Uri("/v1/generations", UriKind.Relative), new { type = "text2video", provider, model, prompt });
        answer.EnsureSuccessStatusCode();
    }

    private static async Task<WebApplication> Vendors()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        app.MapPost("/quick/v1/text_to_video", async (HttpContext http) =>
        {
            var body = await JsonSerializer.DeserializeAsync<JsonElement>(http.Request.Body);
            Arrived.TryAdd(body.GetProperty("promptText").GetString()!, Stopwatch.GetTimestamp());
            return Results.Json(new { id = Guid.NewGuid() });
        });
        app.MapGet("/quick/v1/tasks/{id}", (string id) => Results.Json(new { id, status = "RUNNING", progress = 0.1 }));
        app.MapPost("/slow/text-to-video/{model}", async (HttpContext http) =>
        {
            await http.Request.Body.CopyToAsync(Stream.Null);
            Interlocked.Increment(ref slowStarted);
            await Task.Delay(TimeSpan.FromSeconds(2));
            return Results.Json(new { code = 0, data = new { id = Guid.NewGuid().ToString("N"), status = "submitted" } });
        });
        app.MapGet("/slow/tasks", async (HttpContext http) =>
        {
            await Task.Delay(TimeSpan.FromSeconds(2));
            return Results.Json(new { code = 0, data = new[] { new { id = http.Request.Query["task_ids"].ToString(), status = "processing" } } });
        });
        await app.StartAsync();
        return app;
    }
}
