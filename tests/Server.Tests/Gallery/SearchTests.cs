using System.Net;
using Rpd.Server.Gallery;
using Rpd.Server.Tests.Support;

namespace Rpd.Server.Tests.Gallery;

public sealed class SearchTests(TestPostgres postgres)
{
    [Fact]
    public async Task Words_are_found_in_any_case_script_and_place_by_their_beginnings_all_of_them()
    {
        await using var app = await App.Start(postgres);
        var caller = await app.Caller();
        var fog = await app.Work(caller.Account, "A LIGHTHOUSE in thick fog, sci-fi");
        var titled = await app.Work(caller.Account, "a plain hill", title: "Große Ärzte");
        var greek = await app.Work(caller.Account, "Φάρος στην ομίχλη");

        Assert.Equal([fog], await caller.Ids("/v1/explore?q=lighthouse"));
        Assert.Equal([fog], await caller.Ids("/v1/explore?q=LIGHT%20fog"));
        Assert.Equal([fog], await caller.Ids("/v1/explore?q=sci-fi!%20%26%20(fog)%20:*%20%27"));
        Assert.Equal([titled], await caller.Ids("/v1/explore?q=%C3%A4rzte%20hill"));
        Assert.Equal([greek], await caller.Ids("/v1/explore?q=%CF%86%CE%AC%CF%81%CE%BF%CF%82"));
        Assert.Empty(await caller.Ids("/v1/explore?q=house"));
        Assert.Empty(await caller.Ids("/v1/explore?q=lighthouse%20hill"));
        Assert.Equal(3, (await caller.Ids("/v1/explore?q=%20%21%20")).Length);
    }

    [Fact]
    public async Task A_tag_is_a_word_with_its_sign_or_the_style_and_no_plain_word()
    {
        await using var app = await App.Start(postgres);
        var caller = await app.Caller();
        var marked = await app.Work(caller.Account, "a hill #Sunset_Glow, #sunset");
        var styled = await app.Work(caller.Account, "a sunset", style: "Pixel Art");

        Assert.Equal([marked], await caller.Ids("/v1/explore?tag=sunset"));
        Assert.Equal([marked], await caller.Ids("/v1/explore?tag=%23sunset_glow"));
        Assert.Equal([styled], await caller.Ids("/v1/explore?tag=pixel%20art"));
        Assert.Empty(await caller.Ids("/v1/explore?tag=sun"));
        Assert.Equal(["sunset", "sunset_glow"], (await caller.Get($"/v1/explore/{marked}")).Data().GetProperty("tags").EnumerateArray().Select(tag => tag.GetString()!));
    }

    [Fact]
    public async Task A_new_title_is_found_and_the_old_one_no_more()
    {
        await using var app = await App.Start(postgres);
        var caller = await app.Caller();
        var work = await app.Work(caller.Account, "a hill", title: "Evening");

        await caller.Patch($"/v1/generations/{work}", new { title = "Morning #dew" });

        Assert.Equal([work], await caller.Ids("/v1/explore?q=morning&tag=dew"));
        Assert.Empty(await caller.Ids("/v1/explore?q=evening"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Pages_are_the_same_whichever_way_they_were_found(bool counted)
    {
        await using var app = await App.Start(postgres);
        var caller = await app.Caller();
        var rare = new List<Guid>();
        // Older than everything that the window of the newest works holds.
        for (var i = 0; i < 5; i++) rare.Add(await app.Work(caller.Account, $"a quetzal {i}", age: TimeSpan.FromDays(20 + i), likes: i));
        await app.Fill(caller.Account, 6_500);
        if (counted) await app.Execute("analyze publications");

        Assert.Equal(rare, await caller.AllIds("/v1/explore?q=quetzal&sort=newest"));
        Assert.Equal(rare, await caller.AllIds("/v1/explore?q=quetz&sort=newest&period=month"));
        Assert.Equal(Enumerable.Reverse(rare), await caller.AllIds("/v1/explore?q=quetzal&sort=top"));
        Assert.Equal(5, (await caller.AllIds("/v1/explore?q=quetzal&sort=trending")).Distinct().Count());
        // Walked to where it is known to be everywhere.
        Assert.Equal(100, (await caller.Ids("/v1/explore?q=common&limit=100")).Distinct().Count());
        // What was everywhere has become old, and nobody has counted since.
        await app.Fill(caller.Account, 6_500, "other");
        Assert.Equal(100, (await caller.Ids("/v1/explore?q=common&limit=100&sort=newest")).Distinct().Count());
        Assert.Equal(rare, await caller.AllIds("/v1/explore?q=a%20quetzal&sort=newest"));
    }

    [Fact]
    public async Task A_search_that_was_just_made_shows_nothing_that_is_withdrawn_since()
    {
        await using var app = await App.Start(postgres);
        var (author, caller) = (await app.Caller(), await app.Caller());
        for (var i = 0; i < 8; i++) await app.Work(author.Account, $"a heron {i}", age: TimeSpan.FromMinutes(i));
        var first = await caller.Ids("/v1/explore?q=heron&sort=newest&limit=5");

        Assert.Equal(HttpStatusCode.OK, (await author.Patch($"/v1/generations/{first[1]}", new { visibility = "private" })).Status);
        var second = await caller.Ids("/v1/explore?q=heron&sort=newest&limit=5");
        await app.Execute("update accounts set status = 'suspended' where id = $1", author.Account);

        Assert.Equal(5, second.Length);
        Assert.Equal(first.Where(id => id != first[1]), second.Take(4));
        Assert.Empty(await caller.Ids("/v1/explore?q=heron&sort=newest&limit=5"));
    }

    [Fact]
    public void What_is_typed_becomes_words_and_nothing_else_of_the_query_language()
    {
        Assert.Empty(SearchWords.Of("  &|!():*<-> ", "#"));
        Assert.Equal(["it", "s", "Ärger", "#pixel_art"], SearchWords.Of("it's Ärger", "#Pixel Art").Select(word => word.Text));
        Assert.Equal(8, SearchWords.Of("a b c d e f g h i j", null).Count);
    }

    [Fact]
    public void Words_that_fill_a_page_soon_are_walked_to_and_rare_ones_looked_up_without_the_common_ones_beside_them()
    {
        var known = new Counted(default, 1_000_000, [("light", 0.6f), ("forest", 0.3f), ("lichen", 0.02f), ("#fog", 0.01f), ("loom", 0.001f)]);
        IReadOnlyList<SearchWord> Words(string text, string? tag = null) => SearchWords.Of(text, tag);

        Assert.Equal(100, known.Walk(Words("LIGHT"), 60), 0.1);
        Assert.Equal(200_000, known.Walk(Words("zither", "fog"), 2), 0.1);
        Assert.Equal(1.5 * 620_000, known.Lookup(Words("li")), 1.0);
        Assert.Equal(1.5 * 1_000, known.Lookup(Words("loom light")), 0.1);
        Assert.Equal(["loom", "lichen"], known.Indexed(Words("loom lichen light")).Select(word => word.Text));
        Assert.Equal(["light", "forest"], known.Indexed(Words("light forest")).Select(word => word.Text));
        // Nothing is known of a new table.
        Assert.Equal((double.PositiveInfinity, 0), (new Counted(default, 0, []).Walk(Words("light"), 2), new Counted(default, 0, []).Lookup(Words("light"))));
    }
}
