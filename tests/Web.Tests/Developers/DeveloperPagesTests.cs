using Rpd.Shared.ApiKeys;
using Rpd.Shared.Webhooks;
using Rpd.Web.ApiKeys;
using Rpd.Web.Tests.Support;
using Rpd.Web.Usage;
using Rpd.Web.UserTokens;
using Rpd.Web.Webhooks;

namespace Rpd.Web.Tests.Developers;

public class DeveloperPagesTests
{
    [Fact]
    public async Task A_key_is_changed_in_a_form_filled_with_what_is_and_a_refused_one_keeps_what_was_typed()
    {
        var form = (await Draw.Page<KeysPage>(Samples.Keys with { Keys = [Samples.Key] }, Samples.Viewer)).QuerySelector("form[action$='/change']")!;
        Assert.Equal(("Website", "500", "10.0.0.0/8"), (form.QuerySelector("[name=name]")!.GetAttribute("value"), form.QuerySelector("[name=capCredits]")!.GetAttribute("value"), form.QuerySelector("[name=allowedIps]")!.TextContent.Trim()));
        Assert.Equal("month", form.QuerySelector("[name=capPeriod] [selected]")!.GetAttribute("value"));
        Assert.False(form.Closest("details")!.HasAttribute("open"));

        form = (await AllPages.Drawn("keys, one changed and refused")).Page.QuerySelector("form[action$='/change']")!;
        Assert.True(form.Closest("details")!.HasAttribute("open"));
        Assert.Equal(("lots", "week"), (form.QuerySelector("[name=capCredits]")!.GetAttribute("value"), form.QuerySelector("[name=capPeriod] [selected]")!.GetAttribute("value")));
        Assert.Equal(2, form.QuerySelectorAll("[aria-invalid=true]").Length);
        // The form that revokes has a field of the same name.
        Assert.Empty((await AllPages.Drawn("keys, one changed and refused")).Page.QuerySelectorAll("form:not([action$='/change']) [aria-invalid]"));

        var test = (await Draw.Page<KeysPage>(Samples.Keys with { Keys = [Samples.Key with { Prefix = "rpd_sk_test", Cap = null }] }, Samples.Viewer)).QuerySelector("form[action$='/change']")!;
        Assert.Null(test.QuerySelector("[name=capCredits]"));
    }

    [Fact]
    public async Task A_token_that_lives_shows_what_is_left_and_can_be_revoked_an_ended_one_cannot()
    {
        var page = await Draw.Page<TokensPage>(DeveloperStates.Tokens, Samples.Viewer);
        Assert.Equal(["47 min left", "47 min left"], page.QuerySelectorAll("[data-controller=countdown]").Select(tag => tag.TextContent));
        Assert.Equal(2, page.QuerySelectorAll("form[action$='/revoke']").Length);
        Assert.NotNull(page.QuerySelector("form[action='/tokens/revoke-all']"));
        Assert.Contains(Samples.Viewer.AccountId.ToString(), page.QuerySelector("#try-code")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_quick_start_names_the_newest_key_that_works_and_takes_the_secret_that_was_just_made()
    {
        var page = await Draw.Page<KeysPage>(Samples.Keys, Samples.Viewer);
        Assert.Contains("rpd_sk_secret_of_website", page.QuerySelector("#quick-start-code-curl")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(4, page.QuerySelectorAll(".sample pre").Length);
        page = await Draw.Page<KeysPage>(Samples.Keys with { Created = Samples.Key with { Secret = "rpd_sk_abc" } }, Samples.Viewer);
        Assert.Contains("rpd_sk_abc", page.QuerySelector("#quick-start-code-python")!.TextContent, StringComparison.Ordinal);
        page = await Draw.Page<KeysPage>(Samples.Keys with { Keys = [Samples.Key with { Name = "a\"; rm -rf ~ $(x)" }] }, Samples.Viewer);
        Assert.Contains("rpd_sk_secret_of_a___rm__rf_____x_\"", page.QuerySelector("#quick-start-code-curl")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_usage_of_a_test_key_is_not_linked_because_it_is_not_booked()
    {
        var page = await Draw.Page<KeysPage>(Samples.Keys with { Keys = [Samples.Key, Samples.Key with { Id = Samples.Id(709), Prefix = "rpd_sk_test" }] }, Samples.Viewer);
        Assert.Equal([$"/usage?key={Samples.Key.Id}"], page.QuerySelectorAll("a[href^='/usage?key']").Select(link => link.GetAttribute("href")));
    }

    [Theory]
    [InlineData(999, 1, "99 % of the latest 1,000 delivered")]
    [InlineData(0, 3, "0 % of the latest 3 delivered")]
    [InlineData(5, 0, "100 % of the latest 5 delivered")]
    [InlineData(0, 0, null)]
    public void A_rate_is_never_better_than_it_is(int delivered, int failed, string? words) => Assert.Equal(words, WebhookWords.Rate(new WebhookHealth(delivered, failed, 0, null)));

    [Fact]
    public async Task The_chart_says_in_words_what_it_shows_and_is_not_there_without_scripts()
    {
        var page = await Draw.Page<UsagePage>(DeveloperStates.Usage, Samples.Viewer);
        var canvas = page.QuerySelector("canvas")!;
        Assert.Equal("Credits by day, 22 Oct 2026 to 20 Nov 2026: 390 in all, most on 2 Nov 2026 with 300. The table has the numbers.", canvas.GetAttribute("aria-label"));
        Assert.True(canvas.ParentElement!.HasAttribute("hidden"));
        Assert.Equal("30 % more than the days before", page.QuerySelector(".sums .main .trend")!.TextContent);
    }

    [Fact]
    public async Task Choices_on_the_usage_page_keep_each_other()
    {
        var (_, page) = await AllPages.Drawn("usage, by model, narrowed");
        var csv = page.QuerySelector("a[download]")!.GetAttribute("href")!;
        Assert.Equal($"/usage.csv?from=2026-10-22&to=2026-11-20&group=model&show=credits&model=studio-sketch&key={Samples.Id(700)}", csv);
        Assert.Equal($"/usage?period=today&group=model&show=credits&model=studio-sketch&key={Samples.Id(700)}", page.QuerySelector("nav[aria-label=Period] a")!.GetAttribute("href"));
    }
}
