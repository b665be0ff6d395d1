using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Rpd.E2E.Support;
using static Microsoft.Playwright.Assertions;

namespace Rpd.E2E;

public sealed partial class SignUpToPublish(Site site, Browser browser)
{
    [Fact]
    public async Task Somebody_signs_up_makes_a_picture_sees_it_live_and_publishes_it_for_a_stranger()
    {
        await using var ada = await browser.Visitor(site);
        await ada.SignUp("ada@example.org", "a few plain words");
        await Expect(ada.Page.Locator("[data-balance]").First).ToHaveTextAsync("100");

        // The address must stay and the document must be the same one: the status changes without a reload.
        await ada.Page.EvaluateAsync("() => { window.thisVeryDocument = true; }");
        await ada.Labelled("Prompt").FillAsync("Mountains at sunrise");
        // Always the same picture, and one in which nobody could take anything for a face: publishing would ask.
        await ada.Page.GetByText("More options").ClickAsync();
        await ada.Labelled("Seed").FillAsync("7");
        await ada.Labelled("Prompt").PressAsync("Control+Enter");
        var card = ada.Page.Locator("#recent article").First;
        await Expect(card).ToHaveAttributeAsync("data-status", Running());
        await Expect(card).ToHaveAttributeAsync("data-status", "completed", new() { Timeout = 30_000 });
        await Expect(card.Locator("img").First).ToBeVisibleAsync();
        Assert.True(await ada.Page.EvaluateAsync<bool>("() => window.thisVeryDocument === true"));

        await card.GetByRole(AriaRole.Link).Last.ClickAsync();
        await Expect(ada.Page.GetByText("Balance after")).ToBeVisibleAsync();
        await ada.Labelled("Title").FillAsync("First light");
        await ada.Button("Publish").ClickAsync();
        await Expect(ada.Link("See its page")).ToBeVisibleAsync();

        await using var stranger = await browser.Visitor(site);
        await stranger.Goto("/explore");
        await stranger.Page.GetByRole(AriaRole.Link, new() { NameRegex = FirstLight() }).First.ClickAsync();
        await Expect(stranger.Heading("First light")).ToBeVisibleAsync();
        await Expect(stranger.Page.GetByText("Mountains at sunrise").First).ToBeVisibleAsync();
        var picture = stranger.Page.Locator("main img").First;
        await Expect(picture).ToBeVisibleAsync();
        Assert.InRange(await picture.EvaluateAsync<int>("image => image.decode().then(() => image.naturalWidth)"), 320, 4096);
    }

    [Fact]
    public async Task A_key_made_in_the_browser_makes_a_picture_with_curl()
    {
        await using var grace = await browser.Visitor(site);
        await grace.SignUp("grace@example.org", "some other plain words");
        await grace.Goto("/keys");
        await grace.Labelled("Name").FillAsync("curl");
        await grace.Button("Create key").ClickAsync();
        var key = await grace.Labelled("Secret").InputValueAsync();
        Assert.Matches("^rpd_sk_[0-9A-Za-z]{32}_[0-9A-Za-z]{6}$", key);
        await grace.Page.ReloadAsync();
        await Expect(grace.Labelled("Secret")).ToHaveCountAsync(0);

        var created = await Curl.Json("-X", "POST", $"{site.Address}/v1/generations", "-H", $"X-API-KEY: {key}", "-H", "Content-Type: application/json",
            "-d", """{"type":"text2image","provider":"studio","model":"studio-sketch","prompt":"A sailing boat at sunset","params":{"aspectRatio":"16:9"}}""");
        Assert.Equal("queued", created.GetProperty("data").GetProperty("status").GetString());
        var id = created.GetProperty("data").GetProperty("id").GetString();

        var state = await new ApiClient(site, "grace", key).Finished(id!);
        Assert.Equal("completed", state.GetProperty("status").GetString());
        Assert.Equal(99, state.GetProperty("receipt").GetProperty("balanceAfter").GetInt64());
        var png = await Curl.Run(state.GetProperty("outputUrls")[0].GetString()!, "-o", "/dev/null", "-w", "%{http_code} %{content_type}");
        Assert.Equal("200 image/png", png);

        await Curl.Json("-X", "PATCH", $"{site.Address}/v1/generations/{id}", "-H", $"X-API-KEY: {key}", "-H", "Content-Type: application/json", "-d", """{"visibility":"public"}""");
        var gallery = await Curl.Json($"{site.Address}/v1/explore?limit=100");
        Assert.Contains(gallery.GetProperty("data").EnumerateArray(), item => item.GetProperty("id").GetString() == id);
    }

    [Fact]
    public async Task Without_javascript_one_can_sign_in_generate_and_look_at_it()
    {
        await using var lin = await browser.Visitor(site, javaScript: false);
        await lin.SignUp("lin@example.org", "plain words without scripts");
        await lin.Labelled("Prompt").FillAsync("Mountains at sunrise");
        await lin.Button("Generate").ClickAsync();
        await lin.Page.WaitForURLAsync("**/library/*");
        await lin.ReloadUntil(lin.Page.Locator("main img"));
        await Expect(lin.Page.Locator("main img").First).ToBeVisibleAsync();
        await lin.Goto("/explore");
        await Expect(lin.Heading("Explore")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_wrong_form_keeps_what_was_typed_and_says_what_is_wrong_beside_the_field()
    {
        await using var max = await browser.Visitor(site);
        await max.Goto("/sign-up");
        await max.Labelled("Email").FillAsync("max@example.org");
        await max.Labelled("Password").FillAsync("short");
        await max.Button("Create account").ClickAsync();
        await Expect(max.Labelled("Password")).ToHaveAttributeAsync("aria-invalid", "true");
        await Expect(max.Labelled("Email")).ToHaveValueAsync("max@example.org");
        await Expect(max.Labelled("Password")).ToHaveValueAsync("");
    }

    [GeneratedRegex("queued|processing|completed")]
    private static partial Regex Running();

    [GeneratedRegex("First light")]
    private static partial Regex FirstLight();
}
