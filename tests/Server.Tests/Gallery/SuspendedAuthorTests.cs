using System.Net;
using System.Text.Json;
using Rpd.Server.Tests.Support;

namespace Rpd.Server.Tests.Gallery;

public sealed class SuspendedAuthorTests(TestPostgres postgres)
{
    [Fact]
    public async Task What_a_suspended_author_had_published_is_served_named_and_built_upon_no_more()
    {
        await using var app = await App.Scripted(postgres);
        var (author, other, stranger) = (await app.Caller(), await app.Caller(), app.Stranger());
        var work = await Made(author, new { type = "text2image", provider = "studio", model = "studio-sketch", prompt = "a hill", visibility = "public" });
        var basedOnIt = new { type = "text2image", provider = "studio", model = "studio-sketch", prompt = "a hill at night", visibility = "public", parentId = work };
        var remix = await Made(other, basedOnIt);
        var media = new Uri(new Uri((await stranger.Get($"/v1/explore/{work}")).Data().GetProperty("outputs")[0].GetProperty("url").GetString()!).PathAndQuery, UriKind.Relative);
        var balance = await other.Balance();
        Assert.StartsWith("/media/", media.ToString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, await Status(stranger, media));
        Assert.Equal(work, (await stranger.Get($"/v1/explore/{remix}")).Data().GetProperty("parentId").GetGuid());

        await app.Execute("update accounts set status = 'suspended' where id = $1", author.Account);
        var (refused, body) = await other.Post("/v1/generations", basedOnIt);

        Assert.Equal(HttpStatusCode.NotFound, await Status(stranger, media));
        Assert.Equal((HttpStatusCode.BadRequest, "parentId"), (refused, body.GetProperty("error").GetProperty("details")[0].GetProperty("field").GetString()));
        Assert.Equal(JsonValueKind.Null, (await stranger.Get($"/v1/explore/{remix}")).Data().GetProperty("parentId").ValueKind);
        Assert.Equal(balance, await other.Balance());
        await app.Execute("update accounts set status = 'active' where id = $1", author.Account);
        Assert.Equal(HttpStatusCode.OK, await Status(stranger, media));
    }

    private static async Task<Guid> Made(Caller caller, object body)
    {
        var (status, created) = await caller.Post("/v1/generations", body);
        Assert.True(status == HttpStatusCode.Created, created.ToString());
        var id = created.GetProperty("data").GetProperty("id").GetGuid();
        Assert.Equal("completed", (await caller.Ended(id)).GetProperty("status").GetString());
        return id;
    }

    private static async Task<HttpStatusCode> Status(Caller caller, Uri address)
    {
        using var answer = await caller.Http.GetAsync(address);
        return answer.StatusCode;
    }
}
