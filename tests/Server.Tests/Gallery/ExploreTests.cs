using System.Text.Json;
using Rpd.Server.Tests.Generations;
using Rpd.Server.Tests.Support;

namespace Rpd.Server.Tests.Gallery;

public sealed class ExploreTests(TestPostgres postgres)
{
    [Fact]
    public async Task A_period_narrows_every_sort()
    {
        await using var app = await App.Scripted(postgres);
        var caller = await app.Caller();
        await Made(caller, "public");
        await app.Execute("update publications set published_at = now() - interval '10 days'");

        foreach (var sort in new[] { "newest", "trending", "top" })
        {
            Assert.Equal(0, await Shown($"sort={sort}&period=week"));
            Assert.Equal(1, await Shown($"sort={sort}&period=month"));
        }

        async Task<int> Shown(string query) => (await caller.Get($"/v1/explore?{query}")).Body.GetProperty("data").GetArrayLength();
    }

    [Fact]
    public async Task A_work_names_the_one_it_is_based_on_only_when_that_is_public_too()
    {
        await using var app = await App.Scripted(postgres);
        var caller = await app.Caller();
        var (parent, child) = (await Made(caller, "private"), await Made(caller, "public"));
        await app.Execute("update generations set parent_id = $1 where id = $2", parent, child);

        Assert.Equal(JsonValueKind.Null, (await Parent()).ValueKind);
        await caller.Patch($"/v1/generations/{parent}", new { visibility = "unlisted" });
        Assert.Equal(JsonValueKind.Null, (await Parent()).ValueKind);
        await caller.Patch($"/v1/generations/{parent}", new { visibility = "public" });
        Assert.Equal(parent, (await Parent()).GetGuid());

        async Task<JsonElement> Parent() => (await caller.Get($"/v1/explore/{child}")).Body.GetProperty("data").GetProperty("parentId");
    }

    private static async Task<Guid> Made(Caller caller, string visibility)
    {
        var id = (await caller.Post("/v1/generations", GenerationMoneyTests.Sketch("a hill"))).Body.GetProperty("data").GetProperty("id").GetGuid();
        await caller.Ended(id);
        await caller.Patch($"/v1/generations/{id}", new { visibility });
        return id;
    }
}
