using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Rpd.Server.Gallery;
using Rpd.Server.Tests.Support;

namespace Rpd.Server.Tests.Gallery;

public sealed class LikeTests(TestPostgres postgres)
{
    [Fact]
    public async Task A_like_is_a_toggle_that_its_owner_sees_in_every_list_and_others_do_not()
    {
        await using var app = await App.Start(postgres);
        var (maker, fan, other) = (await app.Caller(), await app.Caller(), await app.Caller());
        var work = await app.Work(maker.Account);

        var liked = (await fan.Post($"/v1/explore/{work}/like", new { })).Data();

        Assert.True(liked.GetProperty("liked").GetBoolean());
        Assert.Equal(1, liked.GetProperty("likeCount").GetInt32());
        await fan.Post($"/v1/social/follow/{maker.Account}", new { });
        foreach (var list in new[] { "/v1/explore", "/v1/explore?q=hill", "/v1/social/feed", $"/v1/social/profile/{maker.Account}/works" })
        {
            var item = (await fan.Get(list)).Data()[0];
            Assert.True(item.GetProperty("liked").GetBoolean(), list);
            Assert.Equal(1, item.GetProperty("likeCount").GetInt32());
        }
        Assert.False((await other.Get("/v1/explore")).Data()[0].GetProperty("liked").GetBoolean());
        Assert.True((await fan.Get($"/v1/explore/{work}")).Data().GetProperty("liked").GetBoolean());

        var again = (await fan.Post($"/v1/explore/{work}/like", new { })).Data();
        Assert.False(again.GetProperty("liked").GetBoolean());
        Assert.Equal(0, again.GetProperty("likeCount").GetInt32());
        Assert.Equal(0, await app.Scalar<long>("select count(*) from likes"));
    }

    [Fact]
    public async Task Many_at_once_lose_no_count_while_the_ranks_are_written()
    {
        await using var app = await App.Start(postgres);
        var work = await app.Work((await app.Caller()).Account);
        var toggle = app.Services.GetRequiredService<ToggleLike>();
        var rank = app.Services.GetRequiredService<RankWorks>();
        var fans = await app.Fans(40);

        // Each fan five times: an odd number ends with a like. Of one fan's toggles each is one or the other, whatever the order.
        var done = Task.WhenAll(fans.Select(fan => Task.Run(async () =>
        {
            for (var i = 0; i < 5; i++) Assert.False((await toggle.Run(fan, work, default)).Declined);
        })));
        while (!done.IsCompleted) await rank.Run(DateTimeOffset.UtcNow, default);
        await done;
        await rank.Run(DateTimeOffset.UtcNow, default);

        Assert.Equal(40, await app.Scalar<long>("select count(*) from likes"));
        Assert.Equal(40, await app.Scalar<int>("select like_count from publications"));
        Assert.Equal(40, await app.Scalar<int>("select ranked_likes from publications"));
        Assert.Equal(0, await app.Scalar<long>("select count(*) from works_to_rank"));
    }

    [Fact]
    public async Task An_author_is_told_of_likes_in_one_notification_and_not_of_their_own()
    {
        await using var app = await App.Start(postgres);
        var maker = await app.Caller();
        var work = await app.Work(maker.Account, title: "Lighthouse");
        var toggle = app.Services.GetRequiredService<ToggleLike>();
        await toggle.Run(maker.Account, work, default);
        foreach (var fan in await app.Fans(3)) await toggle.Run(fan, work, default);

        var told = Assert.Single((await maker.Get("/v1/notifications")).Data().EnumerateArray());
        Assert.Equal(("like", 3, $"/works/{work}"), (told.GetProperty("kind").GetString(), told.GetProperty("count").GetInt32(), told.GetProperty("link").GetString()));
        Assert.EndsWith("and 2 others liked “Lighthouse”", told.GetProperty("title").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Likes_move_a_work_up_once_it_is_ranked_and_age_moves_it_out_of_the_day()
    {
        await using var app = await App.Start(postgres);
        var caller = await app.Caller();
        var older = await app.Work(caller.Account, age: TimeSpan.FromHours(10));
        var newer = await app.Work(caller.Account, age: TimeSpan.FromHours(1));
        var rank = app.Services.GetRequiredService<RankWorks>();
        var toggle = app.Services.GetRequiredService<ToggleLike>();
        Assert.Equal([newer, older], await caller.Ids("/v1/explore?sort=trending"));

        foreach (var fan in await app.Fans(20)) await toggle.Run(fan, older, default);
        await rank.Run(DateTimeOffset.UtcNow, default);

        Assert.Equal([older, newer], await caller.Ids("/v1/explore?sort=trending"));
        Assert.Equal([older, newer], await caller.Ids("/v1/explore?sort=top&period=day"));
        await rank.Run(DateTimeOffset.UtcNow.AddHours(15), default);
        Assert.Equal([newer], await caller.Ids("/v1/explore?sort=top&period=day"));
        Assert.Equal([older, newer], await caller.Ids("/v1/explore?sort=top&period=week"));
        await rank.Run(DateTimeOffset.UtcNow.AddDays(40), default);
        Assert.Empty(await caller.Ids("/v1/explore?sort=top&period=month"));
        Assert.Equal([older, newer], await caller.Ids("/v1/explore?sort=top"));
    }

    [Fact]
    public async Task Counters_that_drifted_are_put_right_from_the_rows()
    {
        await using var app = await App.Start(postgres);
        var (maker, fan) = (await app.Caller(), await app.Caller());
        var (work, sound) = (await app.Work(maker.Account), await app.Work(maker.Account));
        await fan.Post($"/v1/explore/{work}/like", new { });
        await fan.Post($"/v1/explore/{sound}/like", new { });
        await fan.Post($"/v1/social/follow/{maker.Account}", new { });
        await app.Execute("update publications set like_count = 7 where generation_id = $1", work);
        await app.Execute("update profiles set follower_count = 9");

        Assert.Equal(new RecountReport(1, 1), await new Recount(app.Database).Run(default));
        Assert.Equal(new RecountReport(0, 0), await new Recount(app.Database).Run(default));
        Assert.Equal(2, await app.Scalar<long>("select sum(like_count) from publications where like_count = 1"));
        Assert.Equal(1, await app.Scalar<int>("select follower_count from profiles"));
    }

    [Fact]
    public async Task A_report_names_its_reason_and_is_one_for_each_reader()
    {
        await using var app = await App.Start(postgres);
        var (maker, reader) = (await app.Caller(), await app.Caller());
        var work = await app.Work(maker.Account);

        var (status, body) = await reader.Post($"/v1/explore/{work}/report", new { reason = "boring", details = new string('x', 2001) });
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal(["reason", "details"], body.GetProperty("error").GetProperty("details").EnumerateArray().Select(error => error.GetProperty("field").GetString()!));

        var first = (await reader.Post($"/v1/explore/{work}/report", new { reason = "spam" })).Data().GetProperty("id").GetGuid();
        var second = (await reader.Post($"/v1/explore/{work}/report", new { reason = "copyright", details = "Mine." })).Data().GetProperty("id").GetGuid();
        Assert.Equal(first, second);
        Assert.Equal("copyright", await app.Scalar<string>("select reason from reports where status = 'open'"));
        Assert.Contains(work, await reader.Ids("/v1/explore"));
    }

    [Fact]
    public async Task Writing_needs_the_scope_and_reading_needs_none()
    {
        await using var app = await App.Start(postgres);
        var maker = await app.Caller();
        var work = await app.Work(maker.Account);
        await app.Execute("update api_keys set scopes = '{read}' where account_id = $1", maker.Account);

        foreach (var path in new[] { $"/v1/explore/{work}/like", $"/v1/explore/{work}/report", $"/v1/social/follow/{maker.Account}", "/v1/collections", "/v1/templates" })
        {
            Assert.Equal(HttpStatusCode.Forbidden, (await maker.Post(path, new { })).Status);
            Assert.Equal(HttpStatusCode.Unauthorized, (await app.Stranger().Post(path, new { })).Status);
        }
        foreach (var path in new[] { "/v1/explore", $"/v1/explore/{work}", $"/v1/social/profile/{maker.Account}", $"/v1/social/follow/{maker.Account}/followers", "/v1/templates" })
            Assert.Equal(HttpStatusCode.OK, (await app.Stranger().Get(path)).Status);
        foreach (var path in new[] { "/v1/social/feed", "/v1/collections" }) Assert.Equal(HttpStatusCode.Unauthorized, (await app.Stranger().Get(path)).Status);
    }
}
