using Rpd.E2E.Support;
using static Microsoft.Playwright.Assertions;

namespace Rpd.E2E;

/// <summary>An installation with a provider: what it makes, what stopping it costs, and what runs on a key of one's own.</summary>
public sealed class AtAProvider(Browser browser)
{
    private const string Words = "Good evening, and welcome aboard the night train to Lisbon.";

    [Fact]
    public async Task A_voice_is_chosen_by_name_and_speaks_on_the_key_of_the_house_or_on_ones_own()
    {
        await using var vendor = new VoiceVendor();
        await using var site = new Site
        {
            Settings = new Dictionary<string, string> { ["Providers__elevenlabs__ApiKey"] = VoiceVendor.OperatorsKey, ["Providers__elevenlabs__BaseUrl"] = vendor.Address },
        };
        await site.InitializeAsync();
        await ApiClient.Of(site, "nell@example.org");
        await using var nell = await browser.Visitor(site);
        await nell.SignIn("nell@example.org", ApiClient.Password);

        // The voices come after the page; without one nothing starts, and nothing typed is lost.
        await nell.Goto("/playground?type=audio&model=eleven-v3");
        await nell.Labelled("Words to speak or play").FillAsync(Words);
        await Expect(nell.Page.Locator("select[name='params.voiceId'] option")).ToHaveTextAsync(["Choose", "Rachel", "Drew"]);
        await nell.Button("Generate").ClickAsync();
        await Expect(nell.Labelled("Voice")).ToHaveAttributeAsync("aria-invalid", "true");
        await Expect(nell.Labelled("Words to speak or play")).ToHaveValueAsync(Words);
        await nell.Labelled("Voice").SelectOptionAsync(new[] { new Microsoft.Playwright.SelectOptionValue { Label = "Drew" } });
        await nell.Button("Generate").ClickAsync();

        var card = nell.Page.Locator("[id^=card-]").First;
        await Expect(card).ToContainTextAsync("In progress");
        await using var beside = await browser.Visitor(site);
        await beside.SignIn("nell@example.org", ApiClient.Password);
        await beside.Goto((await card.Locator("a[href^='/library/']").First.GetAttributeAsync("href"))!);
        await Expect(beside.Page.GetByText("The provider has started and cannot stop.")).ToBeVisibleAsync();
        vendor.Finish();
        await Expect(card).ToContainTextAsync("Done");
        await Expect(beside.Page.Locator("main audio")).ToBeVisibleAsync();
        await Expect(beside.Page.GetByText("The provider has started and cannot stop.")).ToHaveCountAsync(0);

        await nell.Goto("/settings/provider-keys");
        await OwnKey(nell, "a-key-that-nobody-knows");
        await Expect(nell.Page.GetByText("does not take this key")).ToBeVisibleAsync();
        await OwnKey(nell, VoiceVendor.OwnKey);
        await Expect(nell.Page.GetByText("•••0002")).ToBeVisibleAsync();

        await nell.Goto("/playground?type=audio&model=eleven-v3");
        await nell.Labelled("Words to speak or play").FillAsync(Words);
        await Expect(nell.Page.Locator("#price")).ToContainTextAsync("your own key");
        await nell.Labelled("Voice").SelectOptionAsync(new[] { new Microsoft.Playwright.SelectOptionValue { Label = "My own clone" } });
        await nell.Button("Generate").ClickAsync();
        await Expect(nell.Page.Locator("[id^=card-]")).ToHaveCountAsync(2);
        await Expect(nell.Page.Locator("[id^=card-]").First).ToContainTextAsync("Done");
        Assert.Equal([(VoiceVendor.OperatorsKey, "v-drew"), (VoiceVendor.OwnKey, "v-own")], vendor.Spoken);
    }

    private static async Task OwnKey(Visitor visitor, string key)
    {
        var field = visitor.Page.Locator("#f-elevenlabs-apiKey");
        if (!await field.IsVisibleAsync()) await visitor.Page.Locator("details:has(#f-elevenlabs-apiKey) > summary").ClickAsync();
        await field.FillAsync(key);
        await field.PressAsync("Enter");
    }
}
