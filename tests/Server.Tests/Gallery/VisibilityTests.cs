using System.Net;
using Rpd.Server.Tests.Support;

namespace Rpd.Server.Tests.Gallery;

/// <summary>The one rule, held against every way to a work: a work is in lists when it is listed and its author active, and readable by its address when its author is active.</summary>
public sealed class VisibilityTests(TestPostgres postgres)
{
    [Theory]
    [InlineData("public", "active", true, true)]
    [InlineData("unlisted", "active", false, true)]
    [InlineData("private", "active", false, false)]
    [InlineData("public", "suspended", false, false)]
    [InlineData("public", "deleted", false, false)]
    [InlineData("unlisted", "suspended", false, false)]
    public async Task A_work_is_seen_by_others_everywhere_or_nowhere(string visibility, string author, bool listed, bool readable)
    {
        await using var app = await App.Start(postgres);
        var (maker, reader, friend) = (await app.Caller(), await app.Caller(), await app.Caller());
        var work = await app.Work(maker.Account, "a lighthouse #fog", "public");
        await reader.Post($"/v1/social/follow/{maker.Account}", new { });
        await maker.Post($"/v1/social/follow/{friend.Account}", new { });
        var collection = (await reader.Post("/v1/collections", new { name = "Kept", visibility = "public" })).Data().GetProperty("id").GetGuid();
        Assert.Equal(HttpStatusCode.Created, (await reader.Post($"/v1/collections/{collection}/items", new { generationId = work })).Status);
        var theirs = (await maker.Post("/v1/collections", new { name = "Mine", visibility = "public" })).Data().GetProperty("id").GetGuid();
        if (visibility != "public") await maker.Patch($"/v1/generations/{work}", new { visibility });
        await app.Execute("update accounts set status = $2 where id = $1", maker.Account, author);
        var handle = await app.Scalar<string>("select handle from accounts where id = $1", maker.Account);
        var active = author == "active";

        foreach (var who in new[] { reader, app.Stranger() })
        {
            foreach (var list in new[] { "sort=newest", "sort=trending", "sort=top", "sort=top&period=day", "sort=top&period=week", "sort=top&period=month", "sort=trending&period=day", "q=lighthouse", "q=light", "tag=fog", "type=text2image", "model=studio-sketch" })
                Assert.True(listed == (await who.Ids($"/v1/explore?{list}")).Contains(work), list);
            foreach (var path in new[] { $"/v1/collections/{collection}/items" })
                Assert.True(listed == (await who.Ids(path)).Contains(work), path);
            var kept = (await who.Get($"/v1/collections/{collection}")).Data();
            Assert.Equal(listed ? 1 : 0, kept.GetProperty("items").GetArrayLength());
            Assert.Equal(listed, kept.GetProperty("coverUrl").GetString() is not null);
            Assert.Equal(readable ? HttpStatusCode.OK : HttpStatusCode.NotFound, (await who.Get($"/v1/explore/{work}")).Status);
            foreach (var name in new[] { maker.Account.ToString(), "@" + handle })
            {
                var (status, profile) = await who.Get($"/v1/social/profile/{name}");
                Assert.Equal(active ? HttpStatusCode.OK : HttpStatusCode.NotFound, status);
                if (active) Assert.Equal(listed ? 1 : 0, profile.GetProperty("data").GetProperty("works").GetArrayLength());
                if (active) Assert.Equal(listed ? 1 : 0, profile.GetProperty("data").GetProperty("workCount").GetInt32());
                var works = await who.Get($"/v1/social/profile/{name}/works");
                Assert.Equal(active ? HttpStatusCode.OK : HttpStatusCode.NotFound, works.Status);
                if (active) Assert.Equal(listed ? 1 : 0, works.Data().GetArrayLength());
            }
            Assert.Equal(active, (await who.Ids($"/v1/social/profile/{friend.Account}/followers", "userId")).Contains(maker.Account));
            Assert.Equal(active, (await who.Ids($"/v1/social/profile/{reader.Account}/following", "userId")).Contains(maker.Account));
            Assert.Equal(active ? HttpStatusCode.OK : HttpStatusCode.NotFound, (await who.Get($"/v1/collections/{theirs}")).Status);
            Assert.Equal(active ? HttpStatusCode.OK : HttpStatusCode.NotFound, (await who.Get($"/v1/collections/{theirs}/items")).Status);
        }
        Assert.Equal(listed, (await reader.Ids("/v1/social/feed")).Contains(work));
        Assert.Equal(readable ? HttpStatusCode.OK : HttpStatusCode.NotFound, (await reader.Get($"/v1/generations/{work}")).Status);
        Assert.Equal(readable ? HttpStatusCode.OK : HttpStatusCode.NotFound, (await reader.Post($"/v1/explore/{work}/like", new { })).Status);
        Assert.Equal(readable ? HttpStatusCode.OK : HttpStatusCode.NotFound, (await reader.Post($"/v1/explore/{work}/report", new { reason = "spam" })).Status);
        var other = (await reader.Post("/v1/collections", new { name = "Second" })).Data().GetProperty("id").GetGuid();
        Assert.Equal(listed ? HttpStatusCode.Created : HttpStatusCode.NotFound, (await reader.Post($"/v1/collections/{other}/items", new { generationId = work })).Status);
        using var page = await app.Stranger().Http.GetAsync($"/works/{work}");
        Assert.Equal(readable ? HttpStatusCode.OK : HttpStatusCode.NotFound, page.StatusCode);
        Assert.Equal(listed, (await app.Stranger().Http.GetStringAsync("/explore")).Contains(work.ToString(), StringComparison.Ordinal));
    }
}
