using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Rpd.Server.Tests.Providers.Vendors;
using Rpd.Server.Tests.Support;

namespace Rpd.Server.Tests.Generations.Remote;

/// <summary>A vendor's call is a hint: it may come twice, wrong, or as the only news there is, and never ends a run by itself.</summary>
public sealed class CallbackTests(TestPostgres postgres)
{
    [Fact]
    public async Task Many_calls_and_the_poller_together_finish_a_run_once()
    {
        await using var world = await VendorWorld.Start(postgres, new KlingServer());
        var before = await world.Caller.Balance();
        var id = await world.Begin(world.Catalog.Find("kling-3.0")!, "text2video");
        var submission = await world.Until(id, "taken");
        var address = Address(world);
        Assert.Contains(submission.ToString(), address, StringComparison.Ordinal);

        using var outside = world.App.CreateClient();
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => outside.PostAsJsonAsync(new Uri(address).AbsolutePath, new { id = "whatever", status = "succeeded" })));
        var ended = await world.Ended(id);

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        Assert.Equal(("completed", 1), (ended.GetProperty("status").GetString(), ended.GetProperty("outputs").GetArrayLength()));
        Assert.Equal(1, await world.App.Scalar<long>("select count(*) from events where subject_id = $1 and name = 'generation.completed'", id));
        await world.Settled(before);
    }

    [Fact]
    public async Task A_call_that_says_it_is_done_is_not_believed()
    {
        await using var world = await VendorWorld.Start(postgres, new KlingServer { Looks = int.MaxValue });
        var id = await world.Begin(world.Catalog.Find("kling-3.0")!, "text2video");
        await world.Until(id, "taken");
        var asked = world.Vendor.Requests.Count;

        using var outside = world.App.CreateClient();
        await outside.PostAsJsonAsync(new Uri(Address(world)).AbsolutePath, new { id = "x", status = "succeeded", outputs = new[] { new { type = "video", url = "https://elsewhere.example/evil.mp4" } } });
        await world.UntilAsked(asked + 1);

        Assert.Equal("processing", (await world.Caller.Get($"/v1/generations/{id}")).Body.GetProperty("data").GetProperty("status").GetString());
        Assert.DoesNotContain(world.Vendor.Requests, world.Vendor.Downloads);
    }

    [Fact]
    public async Task The_address_of_another_run_or_a_made_up_one_is_not_there()
    {
        await using var world = await VendorWorld.Start(postgres, new KlingServer { Looks = int.MaxValue });
        var id = await world.Begin(world.Catalog.Find("kling-3.0")!, "text2video");
        await world.Until(id, "taken");
        var path = new Uri(Address(world)).AbsolutePath;
        using var outside = world.App.CreateClient();

        var cut = path.LastIndexOf('/');
        Assert.Equal(HttpStatusCode.NotFound, (await outside.PostAsJsonAsync(path[..cut] + "/" + new string('A', path.Length - cut - 1), new { })).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await outside.PostAsJsonAsync(path.Replace("/kling/", "/openai/", StringComparison.Ordinal), new { })).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await outside.PostAsync(path, new StringContent("no json"))).StatusCode);
    }

    [Fact]
    public async Task The_call_tells_of_a_run_whose_submission_was_never_answered()
    {
        // With a pair of keys Kling cannot be asked for a run by our own id.
        await using var world = await VendorWorld.Start(postgres, new KlingServer(pair: true));
        var before = await world.Caller.Balance();
        world.Vendor.OnceDone(world.Vendor.Starts, http =>
        {
            http.Abort();
            return Task.CompletedTask;
        });
        var id = await world.Begin(world.Catalog.Find("kling-3.0")!, "text2video");
        await world.Until(id, "unknown");

        using var outside = world.App.CreateClient();
        await outside.PostAsJsonAsync(new Uri(Address(world)).AbsolutePath, new { task_id = ((KlingServer)world.Vendor).Ids.Single(), task_status = "processing" });
        var ended = await world.Ended(id);

        Assert.Equal("completed", ended.GetProperty("status").GetString());
        Assert.Equal(1, world.Vendor.Jobs);
        await world.Settled(before);
    }

    [Fact]
    public async Task Where_calls_are_signed_only_signed_ones_count()
    {
        const string secret = "whsec_dGVzdHNlY3JldHRlc3RzZWNyZXR0ZXN0c2VjcmV0MTI=";
        await using var world = await VendorWorld.Start(postgres, new KlingServer { Looks = int.MaxValue }, ("Providers:kling:WebhookSecret", secret));
        var id = await world.Begin(world.Catalog.Find("kling-3.0")!, "text2video");
        await world.Until(id, "taken");

        using var outside = world.App.CreateClient();
        var unsigned = await outside.PostAsJsonAsync(new Uri(Address(world)).AbsolutePath, new { id = "x" });

        Assert.Equal(HttpStatusCode.Unauthorized, unsigned.StatusCode);
    }

    /// <summary>Where the vendor was told to call.</summary>
    private static string Address(VendorWorld world) => world.Vendor.Requests.Where(world.Vendor.Starts).Select(request => Member(request.Json, "callback_url")).OfType<string>().First();

    private static string? Member(JsonElement json, string name) =>
        json.TryGetProperty(name, out var found) ? found.GetString() : json.TryGetProperty("options", out var options) && options.TryGetProperty(name, out found) ? found.GetString() : null;
}
