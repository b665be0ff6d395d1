using System.Net.Http.Json;
using System.Text.Json;
using Rpd.Server.Tests.Providers.Vendors;
using Rpd.Server.Tests.Support;

namespace Rpd.Server.Tests.Generations.Remote;

/// <summary>The power is cut in the instant in which the vendor has taken a run and we do not know it yet.</summary>
public sealed class VendorKillTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_the_vendor_has_taken_is_not_submitted_again_by_the_next_process(bool found)
    {
        using var data = new TestFolder();
        // By its API key Kling can be asked for a run by our id; by a pair of keys it cannot, and the run is given up and paid back.
        await using var vendor = new KlingServer(pair: !found);
        await vendor.Start();
        var settings = vendor.Settings.Append(("Jobs:LeaseSeconds", "2")).Append(("Remote:UnknownSeconds", "3")).Append(("Accounts:PasswordIterations", "1000"))
            .ToDictionary(one => one.Item1.Replace(":", "__", StringComparison.Ordinal), one => one.Item2);
        var (server, address) = await ServerProcess.Start(data.Path, settings);
        using var first = server;
        var (exit, output, errors) = await ServerProcess.Run(data.Path, settings, "user", "add", "cut@example.org", "--password", "plain words to be cut by", "--plan", "business", "--credits", "1000", "--with-key");
        Assert.True(exit == 0, errors);
        var key = JsonDocument.Parse(output).RootElement.GetProperty("apiKey").GetString()!;
        var killed = new TaskCompletionSource();
        vendor.OnceDone(vendor.Starts, async http =>
        {
            await server.Kill();
            http.Abort();
            killed.SetResult();
        });

        var id = await Begin(address, key);
        await killed.Task.WaitAsync(TimeSpan.FromSeconds(60));
        var (again, newAddress) = await ServerProcess.Start(data.Path, settings);
        using var second = again;
        using var http = Client(newAddress, key);
        var run = await new Caller(Guid.Empty, http, key).Ended(id, seconds: 120);

        Assert.Equal(found ? "completed" : "failed", run.GetProperty("status").GetString());
        Assert.Equal(found ? 0 : run.GetProperty("creditsCost").GetInt64(), run.GetProperty("creditsRefunded").GetInt64());
        Assert.Equal(1, vendor.Jobs);
        Assert.Empty(vendor.Faults);
        var (sound, report, _) = await ServerProcess.Run(data.Path, "ledger", "check");
        Assert.True(sound == 0, report);
    }

    private static async Task<Guid> Begin(Uri address, string key)
    {
        using var http = Client(address, key);
        var answer = await http.PostAsJsonAsync("/v1/generations", new { type = "text2video", provider = "kling", model = "kling-3.0", prompt = "A lighthouse in a storm" });
        return (await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>()).GetProperty("data").GetProperty("id").GetGuid();
    }

    private static HttpClient Client(Uri address, string key) => new() { BaseAddress = address, DefaultRequestHeaders = { Authorization = new("Bearer", key) } };
}
