using System.Net;
using System.Text.Json;
using Rpd.Server.Tests.Providers.Vendors;
using Rpd.Server.Tests.Support;

namespace Rpd.Server.Tests.Generations.Remote;

/// <summary>What is sold by the length of its input. The customer's film lasts four seconds, the sound one and a half.</summary>
public sealed class InputLengthTests(TestPostgres postgres, SharedVendor shared) : IClassFixture<SharedVendor>
{
    [Fact]
    public async Task A_clip_that_is_longer_than_what_was_paid_for_is_not_handed_over()
    {
        // Runs of the other tests may begin at any time, and this one counts them.
        await using var world = await VendorWorld.Start(postgres, new KlingServer());
        var before = await world.Caller.Balance();
        var request = Motion(world);
        request["params"] = new Dictionary<string, object> { ["duration"] = 2 };

        var (_, body) = await world.Caller.Post("/v1/generations", request);
        var ended = await world.Ended(body.GetProperty("data").GetProperty("id").GetGuid());

        Assert.Equal(("failed", "invalid_input"), (ended.GetProperty("status").GetString(), ended.GetProperty("error").GetProperty("code").GetString()));
        Assert.Contains("Set params.duration to 4.", ended.GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal(0, world.Jobs);
        Assert.Equal(before, await world.Caller.Balance());
    }

    [Fact]
    public async Task Nobody_needs_to_say_how_long_a_file_is_that_this_server_has()
    {
        var world = await World();
        var named = Motion(world);
        named["params"] = new Dictionary<string, object> { ["duration"] = 4 };
        var price = (await world.Caller.Post("/v1/credits/estimate", named)).Body.GetProperty("data").GetProperty("credits").GetInt64();

        var upload = await Started(Motion(world));
        Assert.Equal((4, price), (upload.GetProperty("params").GetProperty("duration").GetDouble(), upload.GetProperty("creditsCost").GetInt64()));

        // The longer of two counts, and it is rounded up.
        var lips = world.Request(world.Catalog.Find("kling-lipsync")!, "video2video", "She speaks");
        lips["params"] = new Dictionary<string, object>();
        Assert.Equal(4, (await Started(lips)).GetProperty("params").GetProperty("duration").GetDouble());
        var speech = world.Request(world.Catalog.Find("kling-avatar")!, "avatar", "She speaks");
        speech["params"] = new Dictionary<string, object>();
        Assert.Equal(2, (await Started(speech)).GetProperty("params").GetProperty("duration").GetDouble());

        // One of its own outputs: by its address, and as the parent.
        var made = await world.Ended(upload.GetProperty("id").GetGuid());
        Assert.True(made.GetProperty("status").GetString() == "completed", made.ToString());
        var length = Math.Max(1, Math.Ceiling(made.GetProperty("outputs")[0].GetProperty("durationSeconds").GetDouble()));
        var again = Motion(world);
        again["inputVideoUrl"] = made.GetProperty("outputUrls")[0].GetString();
        Assert.Equal(length, (await Started(again)).GetProperty("params").GetProperty("duration").GetDouble());
        again.Remove("inputVideoUrl");
        again["parentId"] = made.GetProperty("id").GetString()!.ToUpperInvariant();
        Assert.Equal(length, (await Started(again)).GetProperty("params").GetProperty("duration").GetDouble());

        var (batch, items) = await world.Caller.Post("/v1/batch", new { items = new[] { Motion(world), again } });
        Assert.True(batch == HttpStatusCode.Created, items.ToString());

        async Task<JsonElement> Started(Dictionary<string, object?> request)
        {
            var (status, body) = await world.Caller.Post("/v1/generations", request);
            Assert.True(status == HttpStatusCode.Created, body.ToString());
            return (await world.Caller.Get($"/v1/generations/{body.GetProperty("data").GetProperty("id").GetString()}")).Body.GetProperty("data");
        }
    }

    [Fact]
    public async Task The_length_of_somebody_elses_file_has_to_be_said()
    {
        var world = await World();
        var stranger = await world.App.Caller();
        var (remote, theirs, hidden) = (Motion(world), Motion(world), Motion(world));
        remote["inputVideoUrl"] = "https://example.org/a.mp4";
        var made = await world.Run(world.Catalog.Find("kling-3.0")!, "text2video");
        hidden.Remove("inputVideoUrl");
        hidden["parentId"] = made.GetProperty("id").GetString();

        Assert.Contains("params.duration is required", await Refused(world.Caller, remote), StringComparison.Ordinal);
        // Whatever was guessed of others' uploads and runs, the answer is the same.
        Assert.Contains("params.duration is required", await Refused(stranger, theirs), StringComparison.Ordinal);
        Assert.Contains("params.duration is required", await Refused(stranger, hidden), StringComparison.Ordinal);

        static async Task<string> Refused(Caller caller, Dictionary<string, object?> request)
        {
            var (status, body) = await caller.Post("/v1/generations", request);
            Assert.Equal(HttpStatusCode.BadRequest, status);
            return body.GetProperty("error").GetProperty("message").GetString()!;
        }
    }

    [Fact]
    public async Task The_playground_knows_the_price_as_soon_as_it_has_the_file_and_takes_a_length_for_any_other()
    {
        var world = await World();
        var visitor = await PageVisitor.SignIn(world.App, world.Caller.Account);
        const string Form = "type=motion_transfer&model=kling-3.0-motion";

        var page = await visitor.Read($"/playground?{Form}");
        Assert.Matches("<input[^>]* name=\"params.duration\"[^>]* type=\"number\"", page);
        using var unknown = await visitor.Get($"/playground/price?{Form}", "price");
        Assert.Contains("add your file, or say how many seconds", await Text(unknown), StringComparison.Ordinal);
        using var known = await visitor.Get($"/playground/price?{Form}&inputVideoUrl={world.Film}", "price");
        using var said = await visitor.Get($"/playground/price?{Form}&params.duration=4", "price");
        Assert.Matches("[0-9]+ credits", await Text(known));
        Assert.Equal(await Text(said), await Text(known));

        var started = await visitor.Post($"/playground?{Form}", "/playground", ("type", "motion_transfer"), ("provider", "kling"), ("model", "kling-3.0-motion"), ("prompt", "She waves"),
            ("requestId", "one"), ("inputImageUrl", world.Picture), ("inputVideoUrl", world.Film));
        Assert.True(started.StatusCode == HttpStatusCode.SeeOther, await Text(started));

        static Task<string> Text(HttpResponseMessage answer) => answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    private static Dictionary<string, object?> Motion(VendorWorld world)
    {
        var request = world.Request(world.Catalog.Find("kling-3.0-motion")!, "motion_transfer", "She waves");
        request["params"] = new Dictionary<string, object>();
        return request;
    }

    private Task<VendorWorld> World() => shared.Start(() => VendorWorld.Start(postgres, new KlingServer()));
}
