using Rpd.Server.Tests.Providers.Vendors;
using Rpd.Server.Tests.Support;

namespace Rpd.Server.Tests.Generations.Remote;

public sealed class InputLengthTests(TestPostgres postgres)
{
    [Fact]
    public async Task A_clip_that_is_longer_than_what_was_paid_for_is_not_handed_over()
    {
        await using var world = await VendorWorld.Start(postgres, new KlingServer());
        var before = await world.Caller.Balance();
        var request = world.Request(world.Catalog.Find("kling-3.0-motion")!, "motion_transfer", "She waves");
        // The film lasts four seconds.
        request["params"] = new Dictionary<string, object> { ["duration"] = 2 };

        var (_, body) = await world.Caller.Post("/v1/generations", request);
        var ended = await world.Ended(body.GetProperty("data").GetProperty("id").GetGuid());

        Assert.Equal(("failed", "invalid_input"), (ended.GetProperty("status").GetString(), ended.GetProperty("error").GetProperty("code").GetString()));
        Assert.Contains("Set params.duration to 4.", ended.GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal(0, world.Vendor.Jobs);
        Assert.Equal(before, await world.Caller.Balance());
    }
}
