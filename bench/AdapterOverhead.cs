using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Rpd.Server.Providers;
using Rpd.Server.Providers.Kling;
using Rpd.Server.Providers.Vendors;

namespace Rpd.Bench;

/// <summary>
/// What an adapter adds to a call: rendering, signing, retries and breaker, reading. The peer posts the same bytes to the same local vendor by a bare
/// HttpClient and reads the answer; the two take turns, call by call.
/// </summary>
internal static class AdapterOverhead
{
    private const int Calls = 5_000, Warm = 500;
    private const string Answer = """{"code":0,"message":"SUCCEED","request_id":"r","data":{"id":"task-1","status":"submitted","create_time":0,"update_time":0,"external_id":"e"}}""";

    public static async Task Run()
    {
        await using var vendor = await Vendor();
        var address = vendor.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        using var transport = new VendorHttp(TimeProvider.System, NullLogger<VendorHttp>.Instance);
        var (kling, access) = (new KlingVendor(), new VendorAccess { ApiKey = new("bench-key"), BaseUrl = address });
        var job = Job(access);
        var bytes = Encoding.UTF8.GetBytes(kling.Submit(job).Json!.ToJsonString());
        using var bare = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false });
        var (through, around) = (new List<double>(), new List<double>());
        for (var i = 0; i < Calls + Warm; i++)
        {
            var begun = Stopwatch.GetTimestamp();
            var (answer, instead) = await transport.Send(kling, access, kling.Submit(job), "", CancellationToken.None);
            if (answer is null || kling.Submitted(job, answer) is not VendorReply.Taken) throw new InvalidOperationException($"The vendor answered {instead}.");
            var adapter = Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
            begun = Stopwatch.GetTimestamp();
            await Post(bare, new Uri($"{address}/text-to-video/kling-3.0"), bytes);
            var wire = Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
            if (i < Warm) continue;
            through.Add(adapter);
            around.Add(wire);
        }
        double[] adapted = [.. through.Order()], plain = [.. around.Order()];
        var (p50, limit) = (StartLatency.At(adapted, .5), StartLatency.At(plain, .5));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{Calls} calls: adapter p50 {p50:F3} ms, p99 {StartLatency.At(adapted, .99):F2} ms; bare p50 {limit:F3} ms, p99 {StartLatency.At(plain, .99):F2} ms; the adapter adds p50 {p50 - limit:F3} ms (budget 1 ms); ratio {p50 / limit:F2}"));
    }

    private static VendorJob Job(VendorAccess access)
    {
        var parameters = new Dictionary<string, JsonElement> { ["duration"] = JsonSerializer.SerializeToElement(5), ["resolution"] = JsonSerializer.SerializeToElement("720p"), ["aspectRatio"] = JsonSerializer.SerializeToElement("16:9") };
        var request = new ProviderRequest(Guid.NewGuid(), "text2video", "kling-3.0", "A lighthouse in a storm, waves breaking over the rocks", null, parameters, 1, "");
        return new(Guid.NewGuid(), request, "kling-3.0", "/text-to-video/kling-3.0", 1, null) { Access = access };
    }

    private static async Task Post(HttpClient http, Uri address, byte[] body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new("application/json");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", "bench-key");
        using var answer = await http.SendAsync(request);
        using var json = JsonDocument.Parse(await answer.Content.ReadAsByteArrayAsync());
        if (json.RootElement.GetProperty("data").GetProperty("id").GetString() is null) throw new InvalidOperationException("The vendor answered nothing.");
    }

    private static async Task<WebApplication> Vendor()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        app.Run(async http =>
        {
            await http.Request.Body.CopyToAsync(Stream.Null);
            http.Response.ContentType = "application/json";
            await http.Response.WriteAsync(Answer);
        });
        await app.StartAsync();
        return app;
    }
}
