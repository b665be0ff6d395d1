using System.Text.RegularExpressions;
using Rpd.Server.Tests.Support;

namespace Rpd.Server.Tests.Library;

public sealed partial class LibraryListTests(TestPostgres postgres, SharedScriptedApp scripted) : IClassFixture<SharedScriptedApp>
{
    [Fact]
    public async Task Days_order_visibility_and_model_narrow_the_list()
    {
        var clock = new TestClock();
        await using var app = await App.At(clock, postgres);
        var caller = await app.Caller();
        var first = await BulkTests.Done(caller, "an early hill");
        var day = $"{clock.GetUtcNow():yyyy-MM-dd}";
        clock.Advance(TimeSpan.FromDays(2));
        var second = await BulkTests.Done(caller, "a late hill");
        var last = $"{clock.GetUtcNow():yyyy-MM-dd}";
        await caller.Patch($"/v1/generations/{second}", new { visibility = "unlisted" });
        var visitor = await PageVisitor.SignIn(app, caller.Account);

        Assert.Equal([second, first], Shown(await visitor.Read("/library")));
        Assert.Equal([first, second], Shown(await visitor.Read("/library?order=oldest")));
        Assert.Equal([first], Shown(await visitor.Read($"/library?from={day}&to={day}")));
        Assert.Equal([second], Shown(await visitor.Read($"/library?from={last}")));
        Assert.Equal([first], Shown(await visitor.Read($"/library?to={day}&q=early&order=oldest")));
        Assert.Equal([second], Shown(await visitor.Read("/library?visibility=unlisted")));
        Assert.Equal([second, first], Shown(await visitor.Read("/library?model=studio-sketch&from=nonsense")));
        Assert.Empty(Shown(await visitor.Read("/library?model=kling-3.0")));
        Assert.Contains("Your uploads take 0 B of", await visitor.Read("/library"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Either_order_leads_through_all_of_them_page_by_page()
    {
        var app = scripted.App;
        var caller = await app.Caller();
        await caller.Post("/v1/batch", new { items = Enumerable.Repeat(Generations.GenerationMoneyTests.Sketch("a hill"), 50).ToArray() });
        var visitor = await PageVisitor.SignIn(app, caller.Account);

        foreach (var order in new[] { "", "&order=oldest" })
        {
            var page = await visitor.Read("/library?q=hill" + order);
            var next = Cursor().Match(page).Groups[1].Value.Replace("&amp;", "&", StringComparison.Ordinal);
            var all = Shown(page).Concat(Shown(await visitor.Read(next))).ToArray();
            Assert.Equal(50, all.Distinct().Count());
            Assert.Equal(order.Length == 0 ? all.OrderDescending() : all.Order(), all);
        }
    }

    [Fact]
    public async Task A_page_tells_what_happened_and_when()
    {
        var app = scripted.App;
        var caller = await app.Caller();
        var (good, bad) = (await BulkTests.Done(caller, "a hill"), await BulkTests.Done(caller, "fail please"));
        await caller.Patch($"/v1/generations/{good}", new { visibility = "public" });
        var visitor = await PageVisitor.SignIn(app, caller.Account);

        Assert.Equal(["Asked for", "Started", "Done", "Published"], Steps(await visitor.Read($"/library/{good}")));
        var failed = await visitor.Read($"/library/{bad}");
        Assert.Equal(["Asked for", "Started", "Failed", "1 credit returned"], Steps(failed));
        Assert.Contains("Through the API. 1 credit held.", failed, StringComparison.Ordinal);
        Assert.Contains("The provider refused it.", failed, StringComparison.Ordinal);
    }

    private static Guid[] Shown(string page) => [.. Card().Matches(page).Select(match => Guid.Parse(match.Groups[1].Value))];

    private static string[] Steps(string page) => [.. Step().Matches(page[page.IndexOf("class=\"life\"", StringComparison.Ordinal)..]).Select(match => match.Groups[1].Value)];

    [GeneratedRegex("<turbo-frame id=\"card-([0-9a-f-]{36})\"")]
    private static partial Regex Card();

    [GeneratedRegex("<b>([^<]+)</b>")]
    private static partial Regex Step();

    [GeneratedRegex("class=\"more\"><a[^>]*href=\"([^\"]+)\"")]
    private static partial Regex Cursor();
}
