using System.Net;
using Rpd.Server.Tests.Providers.Vendors;
using Rpd.Server.Tests.Support;

namespace Rpd.Server.Tests.Generations.Remote;

/// <summary>Kling cannot be stopped: what it has begun is paid for, and that is said before.</summary>
public sealed class CancelAtVendorTests(TestPostgres postgres)
{
    [Fact]
    public async Task What_a_vendor_has_begun_that_cannot_stop_keeps_its_charge()
    {
        await using var world = await VendorWorld.Start(postgres, new KlingServer { Looks = int.MaxValue });
        var before = await world.Caller.Balance();
        var id = await world.Begin(world.Catalog.Find("kling-3.0")!, "text2video");
        await world.Until(id, "taken");

        var (status, body) = await world.Caller.Delete($"/v1/generations/{id}");

        Assert.Equal(HttpStatusCode.OK, status);
        var run = body.GetProperty("data");
        Assert.Equal(("cancelled", 0), (run.GetProperty("status").GetString(), run.GetProperty("creditsRefunded").GetInt64()));
        await world.Over(id);
        await world.Settled(before);
        Assert.Equal(before - run.GetProperty("creditsCost").GetInt64(), await world.Caller.Balance());
    }

    [Fact]
    public async Task The_operator_may_give_it_back_all_the_same()
    {
        await using var world = await VendorWorld.Start(postgres, new KlingServer { Looks = int.MaxValue }, ("Credits:RefundUncancellable", "true"));
        var before = await world.Caller.Balance();
        var id = await world.Begin(world.Catalog.Find("kling-3.0")!, "text2video");
        await world.Until(id, "taken");

        await world.Caller.Delete($"/v1/generations/{id}");

        Assert.Equal(before, await world.Caller.Balance());
    }

    [Fact]
    public async Task What_no_vendor_has_begun_comes_back()
    {
        await using var world = await VendorWorld.Start(postgres, new KlingServer { Looks = int.MaxValue }, ("Providers:kling:RunsAtOnce", "1"));
        var before = await world.Caller.Balance();
        var entry = world.Catalog.Find("kling-3.0")!;
        var first = await world.Begin(entry, "text2video");
        await world.Until(first, "taken");
        var second = await world.Begin(entry, "text2video");

        await world.Caller.Delete($"/v1/generations/{second}");

        Assert.Equal(1, world.Vendor.Jobs);
        Assert.Equal(before - Cost((await world.Caller.Get($"/v1/generations/{first}")).Body), await world.Caller.Balance());
    }

    [Fact]
    public async Task Of_several_calls_only_those_that_were_begun_are_paid_for()
    {
        await using var world = await VendorWorld.Start(postgres, new KlingServer { Looks = int.MaxValue }, ("Providers:kling:RunsAtOnce", "1"));
        var request = world.Request(world.Catalog.Find("kling-3.0")!, "text2video", "Two lighthouses");
        request["count"] = 2;
        var id = (await world.Caller.Post("/v1/generations", request)).Body.GetProperty("data").GetProperty("id").GetGuid();
        await world.Until(id, "taken");

        var run = (await world.Caller.Delete($"/v1/generations/{id}")).Body.GetProperty("data");

        Assert.Equal(run.GetProperty("creditsCost").GetInt64(), 2 * run.GetProperty("creditsRefunded").GetInt64());
        Assert.Equal(1, world.Vendor.Jobs);
    }

    private static long Cost(System.Text.Json.JsonElement body) => body.GetProperty("data").GetProperty("creditsCost").GetInt64();
}
