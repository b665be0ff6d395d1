using System.Net;
using System.Text.Json;
using Rpd.Server.Notifications;
using Rpd.Server.Tests.Support;

namespace Rpd.Server.Tests.Notifications;

public sealed class NotificationTests(TestPostgres postgres, SharedApp shared) : IClassFixture<SharedApp>
{
    private static readonly DateTimeOffset Noon = new(2031, 3, 5, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Who_had_generations_fail_is_told_in_one_row_and_a_low_balance_in_another()
    {
        await using var app = await App.Scripted(postgres);
        var caller = await app.Caller(credits: 11);
        await Fail(caller);
        var one = await Until(caller, 1);
        Assert.Equal(("generation.failed", "A generation failed: The provider refused it.", false), (Kind(one[0]), Title(one[0]), one[0].GetProperty("read").GetBoolean()));
        await Fail(caller);
        await app.Execute("select credit_post($1, now(), 'adjust', 'test:low', 0, 0, -4, 0, 0, 0, 4, 0, null, null, null)", caller.Account);

        var all = await Until(caller, 2);

        Assert.Equal(["credits.low", "generation.failed"], all.Select(Kind).Order());
        Assert.Equal("Your balance is low: 7 credits are left.", Title(all.Single(item => Kind(item) == "credits.low")));
        Assert.Equal("2 generations failed.", Title(all.Single(item => Kind(item) == "generation.failed")));
    }

    [Fact]
    public async Task Five_hundred_likes_are_one_row_and_the_same_person_counts_once()
    {
        var app = shared.App;
        var caller = await app.Caller(credits: 0);
        var people = Enumerable.Range(0, 500).Select(_ => Guid.CreateVersion7()).ToArray();
        await Like(app, caller, people[0], "Ada");
        Assert.Equal("Ada likes your work.", Title((await List(caller)).Single()));
        await Like(app, caller, people[0], "Ada");
        Assert.Equal("Ada likes your work.", Title((await List(caller)).Single()));
        await Like(app, caller, people[1], "Ben");
        Assert.Equal("Ben and 1 other like your work.", Title((await List(caller)).Single()));
        foreach (var person in people[2..]) await Like(app, caller, person, "Eve");
        await Like(app, caller, people[^1], "Eve");

        var row = (await List(caller)).Single();

        Assert.Equal(("Eve and 499 others like your work.", 500), (Title(row), row.GetProperty("count").GetInt32()));
        await caller.Post("/v1/notifications/read", new { all = true });
        await Like(app, caller, people[0], "Ada");
        Assert.Equal(["Ada likes your work.", "Eve and 499 others like your work."], (await List(caller)).Select(Title).Order());
    }

    [Fact]
    public async Task Reading_takes_ids_or_all_and_leaves_other_peoples_alone()
    {
        var app = shared.App;
        var (caller, other) = (await app.Caller(credits: 0), await app.Caller(credits: 0));
        for (var i = 0; i < 3; i++) await Write(app, new(caller.Account, "follow", $"f{i}", $"n{i}", null), Noon.AddMinutes(i));
        await Write(app, new(other.Account, "follow", "f", "theirs", null), Noon);
        var ids = (await List(caller)).Select(item => item.GetProperty("id").GetGuid()).ToArray();

        Assert.Equal(1, (await Read(other, new { ids })).MineUnread);
        Assert.Equal(2, (await Read(caller, new { ids = new[] { ids[1] } })).MineUnread);
        Assert.Equal(2, (await Read(caller, new { ids = new[] { ids[1] } })).MineUnread);
        Assert.Equal([false, true, false], (await List(caller)).Select(item => item.GetProperty("read").GetBoolean()));
        Assert.Equal(0, (await Read(caller, new { all = true })).MineUnread);
    }

    [Fact]
    public async Task Pages_follow_each_other_with_the_count_of_unread_ones()
    {
        var app = shared.App;
        var caller = await app.Caller(credits: 0);
        for (var i = 0; i < 5; i++) await Write(app, new(caller.Account, "follow", $"f{i}", $"n{i}", "/@ada"), Noon.AddTicks(i / 2 * 10));

        var first = (await caller.Get("/v1/notifications?limit=2")).Body;
        var second = (await caller.Get($"/v1/notifications?limit=2&cursor={Next(first)}")).Body;
        var third = (await caller.Get($"/v1/notifications?limit=2&cursor={Next(second)}")).Body;

        Assert.Equal(["n0", "n1", "n2", "n3", "n4"], new[] { first, second, third }.SelectMany(page => page.GetProperty("data").EnumerateArray()).Select(Title).Order());
        Assert.Equal(5, first.GetProperty("unreadCount").GetInt64());
        Assert.Null(Next(third));
    }

    [Theory]
    [InlineData("{}", "ids")]
    [InlineData("""{"ids":[]  ,"all":true}""", "ids")]
    [InlineData("""{"all":false}""", "ids")]
    [InlineData("""{"ids":["x"]}""", "ids")]
    [InlineData("""{"ids":"x","all":3}""", "all ids")]
    public async Task Bad_input_is_named(string body, string fields)
    {
        var app = shared.App;
        var caller = await app.Caller(credits: 0);

        var (status, answer) = await caller.PostText("/v1/notifications/read", body);

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal(fields, string.Join(' ', answer.GetProperty("error").GetProperty("details").EnumerateArray().Select(detail => detail.GetProperty("field").GetString())));
    }

    private static Task Like(App app, Caller caller, Guid actor, string name) =>
        Write(app, new(caller.Account, "like", "like:work", $"{name} likes your work.", "/works/1", $"{name} and {{others}} like your work.", actor), DateTimeOffset.UtcNow);

    private static async Task Write(App app, Notice notice, DateTimeOffset at)
    {
        await using var connection = await app.Database.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await Notify.Write(transaction, notice, at, CancellationToken.None);
        await transaction.CommitAsync();
    }

    private static async Task Fail(Caller caller)
    {
        var (_, body) = await caller.Post("/v1/generations", new { type = "text2image", provider = "studio", model = "studio-sketch", prompt = "fail please" });
        await caller.Ended(body.GetProperty("data").GetProperty("id").GetGuid());
    }

    private static async Task<(HttpStatusCode Status, long MineUnread)> Read(Caller caller, object body)
    {
        var (status, answer) = await caller.Post("/v1/notifications/read", body);
        return (status, answer.GetProperty("data").GetProperty("unreadCount").GetInt64());
    }

    private static async Task<JsonElement[]> List(Caller caller) => [.. (await caller.Get("/v1/notifications")).Body.GetProperty("data").EnumerateArray()];

    private static async Task<JsonElement[]> Until(Caller caller, int rows)
    {
        for (var tries = 0; tries < 200; tries++)
        {
            var all = await List(caller);
            if (all.Length == rows && (rows == 1 || all.Any(item => item.GetProperty("count").GetInt32() > 1))) return all;
            await Task.Delay(50);
        }
        throw new TimeoutException($"There are not {rows} notifications.");
    }

    private static string? Kind(JsonElement item) => item.GetProperty("kind").GetString();

    private static string? Title(JsonElement item) => item.GetProperty("title").GetString();

    private static string? Next(JsonElement page) => page.GetProperty("pagination").GetProperty("nextCursor").GetString();
}
