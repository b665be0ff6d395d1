using System.Net;
using Rpd.Server.Tests.Support;

namespace Rpd.Server.Tests.Providers.Vendors;

public sealed class ChoicesTests(TestPostgres postgres)
{
    [Fact]
    public async Task Voices_are_listed_as_their_vendor_has_them_and_it_is_asked_once()
    {
        await using var world = await VendorWorld.Start(postgres, new ElevenLabsServer());

        var (status, body) = await world.Caller.Get("/v1/models/eleven-v3/choices?param=voiceId");
        var (_, again) = await world.Caller.Get("/v1/models/eleven-multilingual-v2/choices?param=voiceId");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.NotEmpty(body.GetProperty("data").EnumerateArray());
        Assert.All(body.GetProperty("data").EnumerateArray(), voice => Assert.True(voice.GetProperty("id").GetString()!.Length > 0 && voice.GetProperty("name").GetString()!.Length > 0));
        Assert.Equal(body.GetProperty("data").ToString(), again.GetProperty("data").ToString());
        Assert.Single(world.Vendor.Requests);
    }

    [Fact]
    public async Task A_vendor_that_does_not_answer_is_said_so()
    {
        await using var world = await VendorWorld.Start(postgres, new ElevenLabsServer());
        for (var i = 0; i < 5; i++) world.Vendor.Once(_ => true, 503);

        var (status, body) = await world.Caller.Get("/v1/models/eleven-v3/choices?param=voiceId");

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "PROVIDER_UNAVAILABLE"), (status, body.GetProperty("error").GetProperty("code").GetString()));
    }
}
