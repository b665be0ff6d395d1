using Rpd.Web.Social;
using Rpd.Web.Tests.Support;

namespace Rpd.Web.Tests.Social;

public class ProfileTests
{
    [Fact]
    public async Task A_stranger_who_follows_signs_in_first_and_comes_back()
    {
        var page = await Draw.Page<ProfilePage>(PeopleStates.Profile() with { Works = Samples.Explore(1) });
        Assert.Empty(page.QuerySelectorAll("form[method=post]"));
        Assert.StartsWith("/sign-in?returnUrl=", page.QuerySelectorAll("main a.button").First().GetAttribute("href"));
    }

    [Fact]
    public async Task The_form_says_what_is_wished_and_stands_on_no_ones_own_page()
    {
        var other = await Draw.Page<ProfilePage>(PeopleStates.Profile() with { Works = Samples.Explore(1) }, Samples.Viewer);
        Assert.Equal("yes", other.QuerySelector("main form input[name=follow]")!.GetAttribute("value"));
        Assert.Equal("/@tomas/follow", other.QuerySelector("main form")!.GetAttribute("action"));
        var followed = await Draw.Page<ProfilePage>(PeopleStates.Profile() with { Profile = PeopleStates.Tomas with { IsFollowing = true } }, Samples.Viewer);
        Assert.Equal("no", followed.QuerySelector("main form input[name=follow]")!.GetAttribute("value"));

        var own = await Draw.Page<ProfilePage>(PeopleStates.Profile(own: true), Samples.Viewer);
        Assert.Null(own.QuerySelector("main form"));
        Assert.NotNull(own.QuerySelector("main a[href='/settings']"));
    }

    [Theory]
    [InlineData(false, false, false)]
    [InlineData(false, true, true)]
    [InlineData(true, false, true)]
    public async Task The_likes_are_a_tab_for_whom_they_are_open(bool own, bool open, bool shown)
    {
        var page = await Draw.Page<ProfilePage>(PeopleStates.Profile(own: own) with { LikesPublic = open }, Samples.Viewer);
        Assert.Equal(shown, page.QuerySelector("nav.lists a[href$='/likes']") is not null);
    }

    [Fact]
    public async Task Numbers_that_change_by_themselves_stand_within_the_stream_that_tells_them()
    {
        var page = await Draw.Page<ProfilePage>(PeopleStates.Profile() with { Works = Samples.Explore(1) }, Samples.Viewer with { Unread = 7 });
        var followers = page.QuerySelector($"[data-count='followers:{PeopleStates.Tomas.UserId}']")!;
        Assert.Equal(("1,204", $"profile:{PeopleStates.Tomas.UserId}"), (followers.TextContent, followers.Closest("[data-live-stream]")!.GetAttribute("data-live-stream")));
        var unread = page.QuerySelector("header [data-count=unread]")!;
        Assert.Equal(("7", "account", false), (unread.TextContent, unread.Closest("[data-live-stream]")!.GetAttribute("data-live-stream"), unread.HasAttribute("hidden")));
    }

    [Theory]
    [InlineData(0, "0", true)]
    [InlineData(99, "99", false)]
    [InlineData(100, "99+", false)]
    public async Task The_bell_counts_to_ninety_nine(long unread, string text, bool hidden)
    {
        var page = await Draw.Page<FollowingPage>(new FollowingModel(new([], null), null, false), Samples.Viewer with { Unread = unread });
        var number = page.QuerySelector("#bell [data-count=unread]")!;
        Assert.Equal((text, hidden), (number.TextContent, number.HasAttribute("hidden")));
    }
}
