using System.Net;
using System.Text.Json;
using Npgsql;
using Rpd.Server.Tests.Support;

namespace Rpd.Server.Tests.Events;

public sealed class EventFeedTests(TestPostgres postgres)
{
    [Fact]
    public async Task A_generation_that_completed_is_told_with_addresses_that_work_for_a_week()
    {
        await using var app = await App.Scripted(postgres);
        var caller = await app.Caller();
        var id = await Generate(caller, "half of it", count: 2);

        var told = (await caller.Feed(events: 1)).Items.Single();

        Assert.StartsWith("evt_", told.GetProperty("id").GetString(), StringComparison.Ordinal);
        Assert.Equal("generation.completed", told.GetProperty("event").GetString());
        var data = told.GetProperty("data");
        Assert.Equal(["id", "status", "type", "provider", "model", "outputUrls", "creditsCost", "creditsRefunded", "error", "completedAt", "test"], data.EnumerateObject().Select(member => member.Name));
        Assert.Equal((id, "completed", "studio", 2, 1),
            (data.GetProperty("id").GetGuid(), data.GetProperty("status").GetString(), data.GetProperty("provider").GetString(), data.GetProperty("creditsCost").GetInt32(), data.GetProperty("creditsRefunded").GetInt32()));
        var url = new Uri(data.GetProperty("outputUrls").EnumerateArray().Single().GetString()!);
        var expires = DateTimeOffset.FromUnixTimeSeconds(long.Parse(url.Query.Split('&')[0][3..], System.Globalization.CultureInfo.InvariantCulture));
        Assert.InRange(expires - DateTimeOffset.UtcNow, TimeSpan.FromDays(6.9), TimeSpan.FromDays(7.1));
        Assert.Equal(HttpStatusCode.OK, (await caller.Http.GetAsync(new Uri(url.PathAndQuery, UriKind.Relative))).StatusCode);
    }

    [Fact]
    public async Task A_generation_that_failed_is_told_with_its_error_and_a_cancelled_one_is_not()
    {
        await using var app = await App.Scripted(postgres);
        var caller = await app.Caller();
        await Generate(caller, "fail please");
        var (_, hanging) = await caller.Post("/v1/generations", Sketch("hang on"));
        await caller.Delete($"/v1/generations/{hanging.GetProperty("data").GetProperty("id").GetGuid()}");
        // Shown after whatever the cancelled one would have told.
        await Record(app, caller.Account, "later");

        var (items, _, _) = await caller.Feed(events: 2);

        Assert.Equal(["generation.failed", "later"], items.Select(Name));
        var told = items[0];
        Assert.Equal("content_policy", told.GetProperty("data").GetProperty("error").GetProperty("code").GetString());
        Assert.Equal(1, told.GetProperty("data").GetProperty("creditsRefunded").GetInt32());
    }

    [Fact]
    public async Task An_event_that_commits_late_comes_behind_every_position_that_was_handed_out()
    {
        await using var app = await App.Scripted(postgres);
        var caller = await app.Caller(credits: 0);
        await Record(app, caller.Account, "first");
        var start = (await caller.Feed(events: 1)).Next;
        await using var connection = await app.Database.OpenConnectionAsync();
        await using var late = await connection.BeginTransactionAsync();
        await using (var command = Event(connection, caller.Account, "late")) await command.ExecuteNonQueryAsync();
        await Record(app, caller.Account, "early");

        var before = await caller.Feed(start);
        await late.CommitAsync();
        var after = await caller.Feed(events: 2, before.Next);
        await Record(app, caller.Account, "last");

        Assert.Empty(before.Items);
        Assert.Equal(["late", "early"], after.Items.Select(Name));
        Assert.Equal(["last"], (await caller.Feed(events: 1, after.Next)).Items.Select(Name));
    }

    [Fact]
    public async Task Pages_follow_each_other_and_the_end_keeps_its_position()
    {
        await using var app = await App.Scripted(postgres);
        var caller = await app.Caller(credits: 0);
        for (var i = 0; i < 5; i++) await Record(app, caller.Account, $"n{i}");
        await Record(app, (await app.Caller(credits: 0)).Account, "somebody else's");
        await app.Execute("insert into events (account_id, name, data, at) values ($1, 'inside', '{}', now())", caller.Account);
        await caller.Feed(events: 5);

        var first = await caller.Feed(limit: 3);
        var second = await caller.Feed(first.Next, limit: 3);
        var third = await caller.Feed(second.Next, limit: 3);
        await Record(app, caller.Account, "n5");
        var fourth = await caller.Feed(events: 1, third.Next, limit: 3);

        Assert.Equal(["n0", "n1", "n2"], first.Items.Select(Name));
        Assert.Equal(["n3", "n4"], second.Items.Select(Name));
        Assert.Equal((true, false, false), (first.More, second.More, third.More));
        Assert.Empty(third.Items);
        Assert.Equal(second.Next, third.Next);
        Assert.Equal(["n5"], fourth.Items.Select(Name));
    }

    [Fact]
    public async Task A_reader_goes_on_after_a_backup_was_put_back()
    {
        await using var app = await App.Scripted(postgres);
        var caller = await app.Caller(credits: 0);
        await Record(app, caller.Account, "read");
        // As in a database that had seen many more transactions.
        await app.Execute("update events set transaction_id = '900000000'");
        await app.Execute("update events set transaction_id = '5'");
        var position = (await caller.Feed(events: 1)).Next;
        await Record(app, caller.Account, "unread");
        // What restoring does.
        await app.Execute("update events set transaction_id = '0'");
        await app.Execute("insert into installation values ('events.epoch', 'another')");
        await Record(app, caller.Account, "new");

        Assert.Equal(["unread", "new"], (await caller.Feed(events: 2, position)).Items.Select(Name));
    }

    [Fact]
    public async Task Everything_that_is_wrong_is_named()
    {
        await using var app = await App.Scripted(postgres);
        var caller = await app.Caller(credits: 0);

        var (status, body) = await caller.Get("/v1/events?after=nonsense&limit=1000");

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal(["limit", "after"], body.GetProperty("error").GetProperty("details").EnumerateArray().Select(detail => detail.GetProperty("field").GetString()));
    }

    private static object Sketch(string prompt, int count = 1) => new { type = "text2image", provider = "studio", model = "studio-sketch", prompt, count };

    private static async Task<Guid> Generate(Caller caller, string prompt, int count = 1)
    {
        var (_, body) = await caller.Post("/v1/generations", Sketch(prompt, count));
        return (await caller.Ended(body.GetProperty("data").GetProperty("id").GetGuid())).GetProperty("id").GetGuid();
    }

    private static string? Name(JsonElement item) => item.GetProperty("event").GetString();

    private static NpgsqlCommand Event(NpgsqlConnection connection, Guid account, string name) =>
        new("select event_record($1, gen_random_uuid(), $2, null, '{}', now(), null)", connection) { Parameters = { new() { Value = account }, new() { Value = name } } };

    private static Task Record(App app, Guid account, string name) => app.Execute("select event_record($1, gen_random_uuid(), $2, null, '{}', now(), null)", account, name);
}
