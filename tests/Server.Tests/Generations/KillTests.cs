using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using Rpd.Server.Tests.Support;

namespace Rpd.Server.Tests.Generations;

/// <summary>The power cut: the real server in its own process, with its own PostgreSQL, killed while it works.</summary>
public sealed class KillTests
{
    [Fact]
    public async Task After_a_kill_among_ten_jobs_every_one_is_finished_or_refunded_and_the_ledger_is_sound()
    {
        using var data = new TestFolder();
        var settings = new Dictionary<string, string>
        {
            ["Jobs__LeaseSeconds"] = "3",
            ["Jobs__SlowWorkers"] = "10",
            ["Plans__business__GenerationsPerMinute"] = "10000",
            ["Plans__business__GeneralPerMinute"] = "100000",
            ["Accounts__PasswordIterations"] = "1000",
        };
        var (server, address) = await ServerProcess.Start(data.Path, settings);
        using var first = server;
        var (exit, output, errors) = await ServerProcess.Run(data.Path, "user", "add", "kill@example.org", "--password", "plain words to kill by", "--plan", "business", "--credits", "20", "--with-key");
        Assert.True(exit == 0, errors);
        var key = JsonDocument.Parse(output).RootElement.GetProperty("apiKey").GetString()!;
        var ids = await Start(address, key);
        await Until(async () => (await Statuses(address, key)).Count(status => status == "processing") >= 5, "half of the jobs to run");

        await server.Kill();
        var (again, newAddress) = await ServerProcess.Start(data.Path, settings);
        using var second = again;
        await Until(async () => (await Statuses(newAddress, key)).All(status => status is "completed" or "failed"), "every job to end");

        using var http = Client(newAddress, key);
        var ended = new List<JsonElement>();
        foreach (var id in ids) ended.Add((await http.GetFromJsonAsync<JsonElement>($"/v1/generations/{id}")).GetProperty("data"));
        var charged = ended.Sum(one => one.GetProperty("creditsCost").GetInt64() - one.GetProperty("creditsRefunded").GetInt64());
        Assert.All(ended.Where(one => one.GetProperty("status").GetString() == "failed"), one => Assert.Equal(one.GetProperty("creditsCost").GetInt64(), one.GetProperty("creditsRefunded").GetInt64()));
        Assert.Contains(ended, one => one.GetProperty("status").GetString() == "completed");
        var balance = (await http.GetFromJsonAsync<JsonElement>("/v1/credits/balance")).GetProperty("data");
        Assert.Equal((20 - charged, 0), (balance.GetProperty("balance").GetInt64(), balance.GetProperty("reserved").GetInt64()));
        var (sound, report, _) = await ServerProcess.Run(data.Path, "ledger", "check");
        Assert.True(sound == 0, report);
        Assert.Equal(0, await again.Stop());
    }

    [Fact]
    public async Task After_a_kill_among_batches_each_stands_whole_or_not_at_all_and_nobody_waits_for_ever()
    {
        using var data = new TestFolder();
        var settings = new Dictionary<string, string>
        {
            ["Jobs__LeaseSeconds"] = "2",
            ["Jobs__SlowWorkers"] = "4",
            ["Plans__business__ConcurrentJobs"] = "2",
            ["Plans__business__GenerationsPerMinute"] = "10000",
            ["Plans__business__GeneralPerMinute"] = "100000",
            ["Accounts__PasswordIterations"] = "1000",
        };
        var (server, address) = await ServerProcess.Start(data.Path, settings);
        using var first = server;
        var (exit, output, errors) = await ServerProcess.Run(data.Path, "user", "add", "batch@example.org", "--password", "plain words to kill by", "--plan", "business", "--credits", "100", "--with-key");
        Assert.True(exit == 0, errors);
        var key = JsonDocument.Parse(output).RootElement.GetProperty("apiKey").GetString()!;
        // Requests under way when it dies: some are refused by the wire, and that is no answer.
        var posting = Enumerable.Range(0, 4).Select(_ => Post(address, key)).ToArray();
        await Until(async () => (await Statuses(address, key)).Count(status => status == "completed") >= 2, "two to be completed while others wait");

        await server.Kill();
        await Task.WhenAll(posting);
        var (again, newAddress) = await ServerProcess.Start(data.Path, settings);
        using var second = again;
        await Until(async () => (await Statuses(newAddress, key)).All(status => status is "completed" or "failed"), "every item to end");

        using var http = Client(newAddress, key);
        var all = (await http.GetFromJsonAsync<JsonElement>("/v1/generations?limit=100")).GetProperty("data").EnumerateArray().ToArray();
        Assert.All(all.GroupBy(one => one.GetProperty("batchId").GetString()), batch => Assert.Equal(3, batch.Count()));
        var balance = (await http.GetFromJsonAsync<JsonElement>("/v1/credits/balance")).GetProperty("data");
        Assert.Equal((100 - all.Sum(one => one.GetProperty("creditsCost").GetInt64() - one.GetProperty("creditsRefunded").GetInt64()), 0), (balance.GetProperty("balance").GetInt64(), balance.GetProperty("reserved").GetInt64()));
        var (sound, report, _) = await ServerProcess.Run(data.Path, "ledger", "check");
        Assert.True(sound == 0, report);
        Assert.Equal(0, await again.Stop());
    }

    private static async Task Post(Uri address, string key)
    {
        using var http = Client(address, key);
        var item = new { type = "text2image", provider = "studio", model = "studio-sketch", prompt = "A hill", @params = new { width = 64, height = 64 } };
        try
        {
            for (var i = 0; i < 4; i++) (await http.PostAsJsonAsync("/v1/batch", new { items = new[] { item, item, item } })).Dispose();
        }
        catch (HttpRequestException)
        {
            return;
        }
    }

    private static async Task<List<string>> Start(Uri address, string key)
    {
        using var http = Client(address, key);
        var ids = new List<string>();
        for (var i = 0; i < 10; i++)
        {
            using var answer = await http.PostAsJsonAsync("/v1/generations", new
            {
                type = "text2image",
                provider = "studio",
                model = "studio-sketch",
                prompt = $"A sunflower field with {i} dogs",
                count = 2,
                @params = new { width = 640, height = 640 },
            });
            ids.Add((await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("data").GetProperty("id").GetString()!);
        }
        return ids;
    }

    private static async Task<List<string>> Statuses(Uri address, string key)
    {
        using var http = Client(address, key);
        var page = await http.GetFromJsonAsync<JsonElement>("/v1/generations?limit=100");
        return [.. page.GetProperty("data").EnumerateArray().Select(one => one.GetProperty("status").GetString()!)];
    }

    private static HttpClient Client(Uri address, string key)
    {
        var http = new HttpClient { BaseAddress = address };
        http.DefaultRequestHeaders.Add("X-API-KEY", key);
        return http;
    }

    private static async Task Until(Func<Task<bool>> done, string what)
    {
        var waited = Stopwatch.StartNew();
        while (!await done())
        {
            if (waited.Elapsed > TimeSpan.FromSeconds(180)) throw new TimeoutException($"Waited in vain for {what}.");
            await Task.Delay(200);
        }
    }
}
