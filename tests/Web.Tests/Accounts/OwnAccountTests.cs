using AngleSharp.Dom;
using Rpd.Shared;
using Rpd.Web.Accounts;
using Rpd.Web.PersonalData;
using Rpd.Web.Tests.Support;
using Rpd.Web.Ui;

namespace Rpd.Web.Tests.Accounts;

public class OwnAccountTests
{
    [Fact]
    public async Task An_avatar_is_the_picture_or_the_first_letter_and_says_nothing_to_screen_readers()
    {
        var picture = (await Draw.Part<Avatar>(("Name", "Émile"), ("Url", "/avatars/1/96.webp"))).QuerySelector(".avatar")!;
        Assert.Equal(("", "true", ""), (picture.TextContent.Trim(), picture.GetAttribute("aria-hidden"), picture.QuerySelector("img")!.GetAttribute("alt")));

        var letter = (await Draw.Part<Avatar>(("Name", "Émile"), ("Url", null))).QuerySelector(".avatar")!;
        Assert.Equal(("É", 0), (letter.TextContent.Trim(), letter.QuerySelectorAll("img").Length));
    }

    [Theory]
    [InlineData("UTC", "20 Jul 2026", true)]
    [InlineData("Etc/UTC", "20 Jul 2026", false)]
    [InlineData("Pacific/Auckland", "21 Jul 2026", false)]
    [InlineData("Nowhere/Atall", "20 Jul 2026", true)]
    public async Task A_day_is_the_one_of_the_readers_zone_and_scripts_keep_away_from_it(string zone, string day, bool local)
    {
        var member = Samples.Settings with { Account = Samples.Settings.Account with { CreatedAt = new(2026, 7, 20, 22, 0, 0, TimeSpan.Zero) } };
        var time = (await Draw.Page<SettingsPage>(member, Samples.Viewer with { TimeZone = zone })).QuerySelector("main time")!;
        Assert.Equal((day, local, "2026-07-20T22:00:00Z"), (time.TextContent, time.HasAttribute("data-local"), time.GetAttribute("datetime")));
    }

    [Fact]
    public async Task The_zone_that_was_chosen_is_selected_and_the_device_is_the_first_choice()
    {
        var select = (IElement)(await Draw.Page<SettingsPage>(Samples.Settings with { Form = Samples.Settings.Form with { TimeZone = "Asia/Tokyo" } }, Samples.Viewer)).GetElementById("f-timeZone")!;
        Assert.Equal("Asia/Tokyo", Assert.Single(select.QuerySelectorAll("option[selected]")).GetAttribute("value"));
        Assert.Equal(TimeZones.Automatic, select.QuerySelector("option")!.GetAttribute("value"));
    }

    [Fact]
    public async Task What_is_lost_is_said_before_somebody_leaves()
    {
        Assert.Contains("1,240 credits are lost", (await Draw.Page<DataPage>(AccountStates.Data, Samples.Viewer)).QuerySelector(".notice-bad")!.TextContent);
        Assert.Null((await Draw.Page<DataPage>(AccountStates.Data with { Balance = 0 }, Samples.Viewer)).QuerySelector(".notice-bad"));
    }

    [Fact]
    public async Task A_provider_key_is_typed_unseen_and_each_provider_asks_for_what_it_takes()
    {
        var page = await Draw.Page<Rpd.Web.ProviderKeys.ProviderKeysPage>(AccountStates.ProviderKeys, Samples.Viewer);

        Assert.Equal(["serviceAccount", "project", "location", "apiKey", "apiKey", "accessKey", "secretKey"], page.QuerySelectorAll("main input:not([type=hidden]), main textarea").Select(field => field.GetAttribute("name")!));
        Assert.All(page.QuerySelectorAll("[name=apiKey], [name=secretKey]"), field => Assert.Equal(("password", "off", ""), (field.GetAttribute("type"), field.GetAttribute("autocomplete"), field.GetAttribute("value") ?? "")));
        Assert.Equal(["Not confirmed", "Works"], page.QuerySelectorAll("main .tag").Select(tag => tag.TextContent));
        Assert.Equal(2, page.QuerySelectorAll("form[action$='/remove']").Length);
    }

    [Fact]
    public async Task The_price_says_when_it_is_the_fee_for_ones_own_key()
    {
        var panel = await Draw.Page<Rpd.Web.Playground.PricePanel>(new Rpd.Web.Playground.PriceModel(Samples.Price.Estimate! with { Credits = 2, OwnKey = true, UsualCredits = 10 }, null, 1240));
        Assert.Contains("2 credits", panel.Body!.TextContent);
        Assert.Contains("your own key, in the place of 10 credits", panel.Body!.TextContent);
        Assert.DoesNotContain("own key", (await Draw.Page<Rpd.Web.Playground.PricePanel>(Samples.Price)).Body!.TextContent);
    }
}
