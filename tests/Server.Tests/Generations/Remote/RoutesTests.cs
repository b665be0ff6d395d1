using Rpd.Server.Tests.Providers.Vendors;
using Rpd.Server.Tests.Support;

namespace Rpd.Server.Tests.Generations.Remote;

/// <summary>A model of Kling that Runway stands in for.</summary>
public sealed class RoutesTests(TestPostgres postgres)
{
    private const string Alternatives = "Catalog:Changes:kling-3.0:Alternatives";

    [Theory]
    [InlineData(503)]
    [InlineData(429)]
    [InlineData(401)]
    public async Task What_one_provider_does_not_take_another_makes(int status)
    {
        await using var runway = new RunwayServer();
        await runway.Start();
        await using var world = await VendorWorld.Start(postgres, new KlingServer(), [.. runway.Settings, (Alternatives, "runway-gen4.5")]);
        // It is asked more than once before it is left alone.
        for (var i = 0; i < 12; i++) world.Vendor.Once(world.Vendor.Starts, status);
        var before = await world.Caller.Balance();

        var ended = await world.Run(world.Catalog.Find("kling-3.0")!, "text2video");

        Assert.True(ended.GetProperty("status").GetString() == "completed", ended.ToString());
        Assert.Equal((0, 1), (world.Vendor.Jobs, runway.Jobs));
        Assert.Empty(runway.Faults);
        Assert.Equal("kling-3.0", ended.GetProperty("model").GetString());
        await world.Settled(before);
    }

    [Theory]
    [InlineData("nothing")]
    [InlineData("failed")]
    public async Task What_one_provider_may_have_taken_no_other_gets(string answer)
    {
        await using var runway = new RunwayServer();
        await runway.Start();
        // With a pair of keys Kling cannot be asked whether it has it.
        await using var world = await VendorWorld.Start(postgres, new KlingServer(pair: true), [.. runway.Settings, (Alternatives, "runway-gen4.5"), ("Remote:UnknownSeconds", "2")]);
        if (answer == "nothing")
            world.Vendor.OnceDone(world.Vendor.Starts, http =>
            {
                http.Abort();
                return Task.CompletedTask;
            });
        var before = await world.Caller.Balance();

        var ended = await world.Run(world.Catalog.Find("kling-3.0")!, "text2video", answer == "failed" ? "forbidden things" : "A lighthouse");

        Assert.Equal("failed", ended.GetProperty("status").GetString());
        Assert.Equal((1, 0), (world.Vendor.Jobs, runway.Jobs));
        Assert.Equal(before, await world.Caller.Balance());
    }

    [Fact]
    public async Task Who_cannot_do_what_was_paid_for_does_not_stand_in()
    {
        await using var runway = new RunwayServer();
        await runway.Start();
        await using var world = await VendorWorld.Start(postgres, new KlingServer(), [.. runway.Settings, (Alternatives, "runway-gen4.5"), ("Remote:PatienceSeconds", "0")]);
        for (var i = 0; i < 30; i++) world.Vendor.Once(world.Vendor.Starts, 503);
        var request = world.Request(world.Catalog.Find("kling-3.0")!, "text2video", "A lighthouse");
        request["params"] = new Dictionary<string, object> { ["duration"] = 15 };
        var before = await world.Caller.Balance();

        var ended = await world.Ended((await world.Caller.Post("/v1/generations", request)).Body.GetProperty("data").GetProperty("id").GetGuid());

        Assert.Equal("failed", ended.GetProperty("status").GetString());
        // Not even asked: it would refuse what it does not know, and make the rest.
        Assert.DoesNotContain(runway.Requests, runway.Starts);
        Assert.Equal(before, await world.Caller.Balance());
    }
}
