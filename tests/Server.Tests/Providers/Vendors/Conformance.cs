using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Rpd.Server.Catalog;
using Rpd.Server.Tests.Support;

namespace Rpd.Server.Tests.Providers.Vendors;

/// <summary>What holds for every vendor: all that the catalogue offers of it can be made, and whatever it does, nothing is made or paid for twice.</summary>
public abstract class Conformance(TestPostgres postgres, SharedVendor shared) : IClassFixture<SharedVendor>
{
    private protected abstract VendorServer Vendor();

    /// <summary>The model and type that the tests of bad behaviour use: one that goes on working, where the vendor has one.</summary>
    private protected abstract (string Model, string Type) Usual { get; }

    /// <summary>Offers that cannot be tried without a run of another model.</summary>
    private protected virtual bool NeedsMore(CatalogEntry entry, string type) => false;

    [Fact]
    public async Task Every_model_makes_what_the_catalogue_promises()
    {
        var world = await World();
        var before = await world.Caller.Balance();

        var begun = new List<(string What, Guid Id)>();
        foreach (var (entry, type) in world.Offers.Where(offer => offer.Entry.Lifecycle.Status != "retired" && !NeedsMore(offer.Entry, offer.Type)))
            begun.Add(($"{entry.Id} {type}", await world.Begin(entry, type)));
        var failed = new List<string>();
        foreach (var (what, id) in begun)
        {
            var ended = await world.Ended(id);
            if (ended.GetProperty("status").GetString() != "completed" || ended.GetProperty("outputs").GetArrayLength() != 1) failed.Add($"{what}: {ended}");
        }

        Assert.NotEmpty(begun);
        Assert.Empty(world.Vendor.Faults);
        Assert.Empty(failed);
        Assert.True(begun.Count == world.Jobs, $"{world.Jobs} jobs for {begun.Count} generations: {string.Join(", ", world.Vendor.Requests.Where(world.Vendor.Starts))}");
        await world.Settled(before);
    }

    [Theory]
    [InlineData("slow")]
    [InlineData("busy")]
    [InlineData("broken once")]
    [InlineData("does not answer a question")]
    [InlineData("answers a question with rubbish")]
    [InlineData("cuts a download")]
    [InlineData("sends a page for a file")]
    [InlineData("says that a link is over")]
    [InlineData("goes back to work")]
    public async Task It_is_made_once_although_the_vendor(string behaves)
    {
        var world = await World();
        var (entry, type) = Found(world);
        var vendor = world.Vendor;
        switch (behaves)
        {
            case "slow":
                vendor.Once(vendor.Starts, async _ =>
                {
                    await Task.Delay(700);
                    return false;
                });
                break;
            case "busy":
                vendor.Once(vendor.Starts, 429, retryAfter: "1");
                break;
            case "broken once":
                vendor.Once(vendor.Starts, 500);
                break;
            case "does not answer a question":
                vendor.Once(vendor.Asks, 503);
                break;
            case "answers a question with rubbish":
                vendor.Once(vendor.Asks, Rubbish);
                break;
            case "cuts a download":
                vendor.Once(vendor.Downloads, Cut);
                break;
            case "sends a page for a file":
                vendor.Once(vendor.Downloads, Page);
                break;
            case "says that a link is over":
                vendor.Once(vendor.Downloads, 403);
                break;
            default:
                vendor.Once(vendor.Downloads, http =>
                {
                    vendor.Looks += 2;
                    http.Response.StatusCode = 403;
                    return Task.FromResult(true);
                });
                break;
        }
        var before = await world.Caller.Balance();

        var ended = await world.Run(entry, type);

        Assert.True(ended.GetProperty("status").GetString() == "completed", ended.ToString());
        Assert.Equal(1, world.Jobs);
        Assert.Empty(vendor.Faults);
        await world.Settled(before);
    }

    [Theory]
    [InlineData("rubbish")]
    [InlineData("nothing")]
    public async Task What_may_have_been_taken_is_not_submitted_again_when_the_answer_is(string lost)
    {
        var world = await World();
        var (entry, type) = Found(world);
        world.Vendor.OnceDone(world.Vendor.Starts, lost == "rubbish" ? Rubbish : http =>
        {
            http.Abort();
            return Task.CompletedTask;
        });
        var before = await world.Caller.Balance();

        var ended = await world.Run(entry, type);

        Assert.Equal(1, world.Jobs);
        Assert.Empty(world.Vendor.Faults);
        if (ended.GetProperty("status").GetString() != "completed") Assert.Equal(ended.GetProperty("creditsCost").GetInt64(), ended.GetProperty("creditsRefunded").GetInt64());
        await world.Settled(before);
    }

    [Fact]
    public async Task What_the_vendor_refuses_costs_nothing_and_says_why()
    {
        var world = await World();
        var (entry, type) = Found(world);
        var before = await world.Caller.Balance();

        var ended = await world.Run(entry, type, "forbidden things");

        Assert.True(ended.GetProperty("status").GetString() == "failed", ended.ToString());
        Assert.Equal("content_policy", ended.GetProperty("error").GetProperty("code").GetString());
        Assert.Equal(before, await world.Caller.Balance());
    }

    [Fact]
    public async Task A_wrong_key_is_the_operators_trouble_and_no_secret_is_told()
    {
        var vendor = Vendor();
        await using var world = await VendorWorld.Start(postgres, vendor, [.. vendor.Credentials.Select(one => ($"Providers:{vendor.Name}:{one.Key}", "wrong-" + one.Value))]);
        var (entry, type) = Found(world);
        var before = await world.Caller.Balance();

        var ended = await world.Run(entry, type);

        Assert.Equal("insufficient_quota", ended.GetProperty("error").GetProperty("code").GetString());
        Assert.Equal(0, world.Vendor.Jobs);
        Assert.Equal(before, await world.Caller.Balance());
        Assert.DoesNotContain("wrong-", ended.ToString(), StringComparison.Ordinal);
    }

    /// <summary>The class's own, as if nothing had happened in it yet.</summary>
    private async Task<VendorWorld> World()
    {
        var world = await shared.Start(() => VendorWorld.Start(postgres, Vendor(), ("Remote:UnknownSeconds", "1")));
        await world.Anew();
        return world;
    }

    private (CatalogEntry Entry, string Type) Found(VendorWorld world) => (world.Catalog.Find(Usual.Model)!, Usual.Type);

    private static async Task<bool> Rubbish(HttpContext http)
    {
        http.Response.ContentType = "application/json";
        await http.Response.WriteAsync("""{"code":0,"data":[{"id":""");
        return true;
    }

    private static async Task<bool> Page(HttpContext http)
    {
        http.Response.ContentType = "text/html";
        await http.Response.WriteAsync("<!doctype html><p>Our servers have moved.");
        return true;
    }

    private static async Task<bool> Cut(HttpContext http)
    {
        http.Response.ContentType = "video/mp4";
        http.Response.ContentLength = 100_000;
        await http.Response.Body.WriteAsync(new byte[1000]);
        await http.Response.Body.FlushAsync();
        http.Abort();
        return true;
    }
}

/// <summary>One vendor and one server for the tests of a class, which come one after the other: starting them is most of what such a test costs.</summary>
public sealed class SharedVendor : IAsyncDisposable
{
    private VendorWorld? world;

    internal async Task<VendorWorld> Start(Func<Task<VendorWorld>> start) => world ??= await start();

    public async ValueTask DisposeAsync()
    {
        if (world is not null) await world.DisposeAsync();
    }
}
