using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Rpd.Server.Social;
using Rpd.Server.Tests.Gallery;
using Rpd.Server.Tests.Support;

namespace Rpd.Server.Tests.Social;

public sealed class FollowTests(TestPostgres postgres)
{
    [Fact]
    public async Task Following_is_a_toggle_that_both_profiles_and_lists_show()
    {
        await using var app = await App.Start(postgres);
        var (maker, fan) = (await app.Caller(), await app.Caller());

        var followed = (await fan.Post($"/v1/social/follow/{maker.Account}", new { })).Data();

        Assert.True(followed.GetProperty("following").GetBoolean());
        Assert.Equal(1, followed.GetProperty("followerCount").GetInt32());
        var profile = (await fan.Get($"/v1/social/profile/{maker.Account}")).Data();
        Assert.True(profile.GetProperty("isFollowing").GetBoolean());
        Assert.Equal(1, profile.GetProperty("followerCount").GetInt32());
        Assert.Equal(1, (await fan.Get($"/v1/social/profile/{fan.Account}")).Data().GetProperty("followingCount").GetInt32());
        Assert.False((await app.Stranger().Get($"/v1/social/profile/{maker.Account}")).Data().GetProperty("isFollowing").GetBoolean());
        Assert.Equal([fan.Account], await fan.Ids($"/v1/social/profile/{maker.Account}/followers", "userId"));
        Assert.Equal([maker.Account], await fan.Ids($"/v1/social/follow/{fan.Account}/following", "userId"));

        var again = (await fan.Post($"/v1/social/follow/{maker.Account}", new { })).Data();
        Assert.False(again.GetProperty("following").GetBoolean());
        Assert.Equal(0, again.GetProperty("followerCount").GetInt32());
        Assert.Empty(await fan.Ids($"/v1/social/profile/{maker.Account}/followers", "userId"));
    }

    [Fact]
    public async Task Nobody_follows_themselves_or_who_is_not_there()
    {
        await using var app = await App.Start(postgres);
        var (maker, fan) = (await app.Caller(), await app.Caller());
        await app.Execute("update accounts set status = 'suspended' where id = $1", maker.Account);

        Assert.Equal(HttpStatusCode.BadRequest, (await fan.Post($"/v1/social/follow/{fan.Account}", new { })).Status);
        foreach (var nobody in new[] { maker.Account.ToString(), Guid.NewGuid().ToString(), "@nobody_here", "nonsense" })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await fan.Post($"/v1/social/follow/{nobody}", new { })).Status);
            Assert.Equal(HttpStatusCode.NotFound, (await fan.Get($"/v1/social/profile/{nobody}")).Status);
        }
    }

    [Fact]
    public async Task Many_who_follow_at_once_are_all_counted_and_each_other_is_no_deadlock()
    {
        await using var app = await App.Start(postgres);
        var people = new List<Guid>();
        for (var i = 0; i < 6; i++) people.Add((await app.Caller(credits: 0)).Account);
        var toggle = app.Services.GetRequiredService<ToggleFollow>();

        await Task.WhenAll(from one in people from other in people where one != other select Task.Run(() => toggle.Run(one, other, default)));

        Assert.Equal(30, await app.Scalar<long>("select count(*) from follows"));
        Assert.Equal(6, await app.Scalar<long>("select count(*) from profiles where follower_count = 5"));
    }

    [Fact]
    public async Task Works_of_quiet_people_stand_in_a_feed_however_much_others_publish()
    {
        await using var app = await App.Start(postgres);
        var (reader, quiet, loud) = (await app.Caller(), await app.Caller(), await app.Caller());
        var works = new List<Guid>();
        for (var i = 0; i < 3; i++) works.Add(await app.Work(quiet.Account, age: TimeSpan.FromDays(1 + i)));
        await app.Fill(loud.Account, 3_100);
        await reader.Post($"/v1/social/follow/{quiet.Account}", new { });

        Assert.Equal(works, await reader.Ids("/v1/social/feed"));
        Assert.Equal(works, await reader.AllIds("/v1/social/feed"));
    }

    [Fact]
    public async Task A_feed_is_the_newest_of_all_who_are_followed_page_by_page()
    {
        await using var app = await App.Start(postgres);
        var reader = await app.Caller();
        var (one, two, three, unknown) = (await app.Caller(), await app.Caller(), await app.Caller(), await app.Caller());
        var works = new List<Guid>();
        // One is busy, two and three have an old work between.
        foreach (var (who, i) in new[] { one, one, one, two, one, three, three, one }.Select((who, i) => (who, i))) works.Add(await app.Work(who.Account, age: TimeSpan.FromHours(i)));
        await app.Work(unknown.Account);
        await app.Work(one.Account, visibility: "unlisted");
        foreach (var who in new[] { one, two, three }) await reader.Post($"/v1/social/follow/{who.Account}", new { });

        Assert.Equal(works, await reader.AllIds("/v1/social/feed"));
        Assert.Equal(works, await reader.Ids("/v1/social/feed"));
        await reader.Post($"/v1/social/follow/{one.Account}", new { });
        Assert.Equal([works[3], works[5], works[6]], await reader.AllIds("/v1/social/feed"));
    }

    [Fact]
    public async Task Followers_and_works_page_from_the_newest()
    {
        await using var app = await App.Start(postgres);
        var maker = await app.Caller();
        var (fans, works) = (new List<Guid>(), new List<Guid>());
        for (var i = 0; i < 5; i++)
        {
            var fan = await app.Caller(credits: 0);
            await fan.Post($"/v1/social/follow/{maker.Account}", new { });
            fans.Insert(0, fan.Account);
            works.Add(await app.Work(maker.Account, age: TimeSpan.FromHours(i)));
        }

        Assert.Equal(fans, await maker.AllIds($"/v1/social/profile/{maker.Account}/followers", "userId"));
        Assert.Equal(works, await maker.AllIds($"/v1/social/profile/{maker.Account}/works"));
    }
}
