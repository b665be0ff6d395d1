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
    public async Task The_playground_offers_the_voices_by_name_and_does_not_wait_for_the_vendor()
    {
        await using var world = await VendorWorld.Start(postgres, new ElevenLabsServer());
        var visitor = await PageVisitor.SignIn(world.App, world.Caller.Account);
        const string Form = "type=audio&model=eleven-v3&params.voiceId=";

        var first = await visitor.Read($"/playground?{Form}my-own");
        Assert.Empty(world.Vendor.Requests);
        Assert.Matches("<input[^>]* name=\"params.voiceId\"[^>]* value=\"my-own\"", first);
        Assert.Contains("src=\"/playground/choices?type=audio&amp;model=eleven-v3&amp;param=voiceId&amp;params.voiceId=my-own\"", first, StringComparison.Ordinal);

        using var list = await visitor.Get($"/playground/choices?{Form}my-own&param=voiceId", "listed-voiceId");
        var text = await list.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Matches("<option value=\"21m00Tcm4TlvDq8ikWAM\"[^>]*>Rachel</option>", text);
        Assert.Matches("<option value=\"my-own\" selected", text);

        var later = await visitor.Read($"/playground?{Form}21m00Tcm4TlvDq8ikWAM");
        Assert.Matches("<option value=\"21m00Tcm4TlvDq8ikWAM\" selected[^>]*>Rachel</option>", later);
        Assert.DoesNotContain("/playground/choices", later, StringComparison.Ordinal);
        Assert.Single(world.Vendor.Requests);

        using var page = await visitor.Get($"/playground/choices?{Form}&param=voiceId");
        Assert.StartsWith("/playground?", page.Headers.Location?.ToString(), StringComparison.Ordinal);
        using var nothing = await visitor.Get($"/playground/choices?{Form}&param=mood", "listed-mood");
        Assert.Equal(HttpStatusCode.NotFound, nothing.StatusCode);
    }

    [Fact]
    public async Task A_vendor_that_does_not_answer_is_said_so()
    {
        await using var world = await VendorWorld.Start(postgres, new ElevenLabsServer());
        for (var i = 0; i < 5; i++) world.Vendor.Once(_ => true, 503);

        var (status, body) = await world.Caller.Get("/v1/models/eleven-v3/choices?param=voiceId");

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "PROVIDER_UNAVAILABLE"), (status, body.GetProperty("error").GetProperty("code").GetString()));

        for (var i = 0; i < 5; i++) world.Vendor.Once(_ => true, 503);
        using var field = await (await PageVisitor.SignIn(world.App, world.Caller.Account)).Get("/playground/choices?type=audio&model=eleven-v3&param=voiceId&params.voiceId=mine", "listed-voiceId");
        var text = await field.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Matches("<input[^>]* value=\"mine\"", text);
        Assert.Contains("class=\"hint", text, StringComparison.Ordinal);
    }
}
