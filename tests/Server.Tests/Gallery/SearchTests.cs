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

    [Fact]
    public async Task Pages_of_a_rare_word_behind_the_window_fit_those_of_a_common_one()
    {
        await using var app = await App.Start(postgres);
        var caller = await app.Caller();
        var rare = new List<Guid>();
        // Older than everything that the window of the newest works holds.
        for (var i = 0; i < 5; i++) rare.Add(await app.Work(caller.Account, $"a quetzal {i}", age: TimeSpan.FromDays(20 + i), likes: i));
        await Fill(app, caller.Account, 3_500);

        Assert.Equal(rare, await caller.AllIds("/v1/explore?q=quetzal&sort=newest"));
        Assert.Equal(rare, await caller.AllIds("/v1/explore?q=quetz&sort=newest&period=month"));
        Assert.Equal(Enumerable.Reverse(rare), await caller.AllIds("/v1/explore?q=quetzal&sort=top"));
        Assert.Equal(5, (await caller.AllIds("/v1/explore?q=quetzal&sort=trending")).Distinct().Count());
    }

    private static async Task Fill(App app, Guid account, int works)
    {
        await app.Execute("""
            with made as (
              insert into generations (id, account_id, face, type, provider, model, prompt, params, ignored_params, count, status, progress, visibility, credits_cost, version, created_at, completed_at, deadline_at, held, test, deadline_seconds)
              select gen_random_uuid(), $1, 'native', 'text2image', 'studio', 'studio-sketch', 'common', '{}', '{}', 1, 'completed', 100, 'public', 1, 1, now(), now(), now(), false, false, 60 from generate_series(1, $2)
              returning id)
            insert into publications (id, generation_id, account_id, type, model, listed, published_at, score, search)
            select gen_random_uuid(), id, $1, 'text2image', 'studio-sketch', true, now(), extract(epoch from now()) / 45000, work_search(null, 'common', null) from made
            """, account, works);
    }

    [Fact]
    public void What_is_typed_becomes_words_and_nothing_else_of_the_query_language()
    {
        Assert.Null(SearchWords.Of("  &|!():*<-> "));
        Assert.Equal("'it':* & 's':* & 'Ärger':*", SearchWords.Of("it's Ärger"));
        Assert.Equal(8, SearchWords.Of("a b c d e f g h i j")!.Split('&').Length);
        Assert.Equal("'#pixel_art'", SearchWords.OfTag("#Pixel Art"));
        Assert.Null(SearchWords.OfTag("#"));
    }
}
