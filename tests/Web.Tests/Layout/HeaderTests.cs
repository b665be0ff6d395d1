using Rpd.Web.Explore;
using Rpd.Web.Tests.Support;

namespace Rpd.Web.Tests.Layout;

public class HeaderTests
{
    [Theory]
    [InlineData("explore?q=fox", "/sign-in?returnUrl=%2Fexplore%3Fq%3Dfox")]
    [InlineData("", "/sign-in")]
    [InlineData("sign-up?returnUrl=/library", "/sign-in")]
    [InlineData("status/404", "/sign-in")]
    [InlineData("error", "/sign-in")]
    [InlineData("confirm?account=1&token=2", "/sign-in")]
    [InlineData("forgot-password/sent", "/sign-in")]
    [InlineData("reset-password?account=1&token=2", "/sign-in")]
    [InlineData("setup?token=1", "/sign-in")]
    public async Task Signing_in_leads_back_to_where_somebody_was_unless_that_was_only_a_passage(string path, string expected)
    {
        var page = Draw.Parse(await Draw.Html(typeof(ExplorePage), Samples.ExplorePage, path: path));
        Assert.Equal(expected, page.QuerySelector("header .sign-in")!.GetAttribute("href"));
    }
}
