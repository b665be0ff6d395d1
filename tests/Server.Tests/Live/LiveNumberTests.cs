using Microsoft.Extensions.DependencyInjection;
using Rpd.Server.Gallery;
using Rpd.Server.Live;
using Rpd.Server.Notifications;
using Rpd.Server.Tests.Gallery;
using Rpd.Server.Tests.Support;
using static Rpd.Server.Tests.Live.LiveSocket;

namespace Rpd.Server.Tests.Live;

public sealed class LiveNumberTests(TestPostgres postgres, SharedApp shared) : IClassFixture<SharedApp>
{
    [Fact]
    public async Task Likes_followers_and_unread_notifications_reach_the_pages_that_show_them()
    {
        var app = shared.App;
        var (maker, fan) = (await app.Caller(), await app.Caller());
        var work = await app.Work(maker.Account);
        using var socket = await Open(app, await Cookie(app, maker.Account));

        var now = await Subscribe(socket, "account", $"work:{work}", $"profile:{maker.Account}");
        Assert.Equal((0, 0, 0, 1000), (now[$"likes:{work}"], now[$"followers:{maker.Account}"], now["unread"], now["balance"]));

        await fan.Post($"/v1/explore/{work}/like", new { });
        await Told(socket, $"likes:{work}", 1);
        await fan.Post($"/v1/social/follow/{maker.Account}", new { });
        await Told(socket, $"followers:{maker.Account}", 1);
        await Told(socket, "unread", 2);
        await maker.Post("/v1/notifications/read", new { all = true });
        await Told(socket, "unread", 0);
    }

    [Fact]
    public async Task The_balance_is_told_when_a_run_starts_and_ends_elsewhere()
    {
        await using var app = await App.Scripted(postgres);
        var caller = await app.Caller(credits: 50);
        using var socket = await Open(app, await Cookie(app, caller.Account));
        Assert.Equal(50, (await Subscribe(socket, "account"))["balance"]);

        var (_, body) = await caller.Post("/v1/generations", new { type = "text2image", provider = "studio", model = "studio-sketch", prompt = "fail please" });
        var cost = body.GetProperty("data").GetProperty("creditsCost").GetInt64();

        Assert.True(cost > 0);
        await Told(socket, "balance", 50);
        Assert.Equal(50, (await Subscribe(socket, "account"))["balance"]);
    }

    [Fact]
    public async Task A_page_that_was_left_is_told_nothing_more()
    {
        var app = shared.App;
        var (maker, fan) = (await app.Caller(), await app.Caller());
        var (left, open) = (await app.Work(maker.Account), await app.Work(maker.Account));
        using var socket = await Open(app, await Cookie(app, maker.Account));
        await Subscribe(socket, $"work:{left}");
        await Subscribe(socket, $"work:{open}");

        await fan.Post($"/v1/explore/{left}/like", new { });
        await fan.Post($"/v1/explore/{open}/like", new { });
        foreach (var message in await Heard(socket, $"likes:{open}", 1)) Assert.NotEqual($"likes:{left}", message);
        Assert.Equal((true, false), (Listened(open), Listened(left)));

        await socket.CloseAsync(System.Net.WebSockets.WebSocketCloseStatus.NormalClosure, null, default);
        for (var tries = 0; tries < 100 && Listened(open); tries++) await Task.Delay(50);
        Assert.False(Listened(open));

        bool Listened(Guid work) => app.Services.GetRequiredService<LiveAudience>().Any(new(LiveStream.Work, work));
    }

    [Fact]
    public async Task What_others_may_not_see_is_not_listened_to()
    {
        var app = shared.App;
        var (maker, other) = (await app.Caller(), await app.Caller());
        var (hidden, unlisted, lost) = (await app.Work(maker.Account, visibility: "private"), await app.Work(maker.Account, visibility: "unlisted"), await app.Work(other.Account));
        await app.Execute("update accounts set status = 'suspended' where id = $1", other.Account);
        using var socket = await Open(app, await Cookie(app, maker.Account));

        var now = await Subscribe(socket, $"work:{hidden}", $"work:{unlisted}", $"work:{lost}", $"profile:{other.Account}", $"profile:{Guid.NewGuid()}", $"profile:{maker.Account}");

        Assert.Equal([$"followers:{maker.Account}", $"likes:{unlisted}"], now.Keys.Order());
        var audience = app.Services.GetRequiredService<LiveAudience>();
        Assert.False(audience.Any(new(LiveStream.Work, hidden)) || audience.Any(new(LiveStream.Work, lost)) || audience.Any(new(LiveStream.Profile, other.Account)));
        foreach (var nonsense in new[] { "work:", "work:x", $"worker:{hidden}", $"account:{other.Account}", "" })
            Assert.Contains("There is no stream", (await Call(socket, "Subscribe", new[] { nonsense })).GetProperty("error").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Five_hundred_likes_are_a_few_messages_and_the_last_one_is_right()
    {
        var app = shared.App;
        var maker = await app.Caller();
        var work = await app.Work(maker.Account);
        var fans = await app.Fans(500);
        using var socket = await Open(app, await Cookie(app, maker.Account));
        await Subscribe(socket, $"work:{work}");
        var toggle = app.Services.GetRequiredService<ToggleLike>();

        var clock = System.Diagnostics.Stopwatch.StartNew();
        var liking = Parallel.ForEachAsync(fans, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (fan, cancel) => await toggle.Run(fan, work, cancel));
        var times = await Told(socket, $"likes:{work}", 500);
        await liking;

        Assert.InRange(times, 1, 2 + (int)(clock.Elapsed / LiveNumbers.Pace));
    }

    [Fact]
    public async Task A_change_on_one_node_is_told_to_the_pages_of_another()
    {
        var app = shared.App;
        var caller = await app.Caller();
        using var socket = await Open(app, await Cookie(app, caller.Account));
        await Subscribe(socket, "account");
        await app.Execute("insert into notifications (id, account_id, kind, group_key, title, created_at) values (gen_random_uuid(), $1, 'like', 'g', 'One', now())", caller.Account);

        // As another node says it: its own name, then its signals.
        var signal = $$"""{{Guid.NewGuid():N}}[{"account":"{{caller.Account}}","nudge":null,"count":"{{Notify.Unread.Key}}"},{"account":"{{caller.Account}}","nudge":null,"count":"not-known-here"}]""";
        for (var tries = 0; tries < 100 && await app.Scalar<long>("select count(*) from pg_stat_activity where query = 'listen rpd'") == 0; tries++) await Task.Delay(50);
        await app.Execute("select pg_notify('rpd', $1)", signal);

        await Told(socket, "unread", 1);
    }

    [Fact]
    public async Task What_this_node_changed_is_told_to_the_others_once()
    {
        var app = shared.App;
        var caller = await app.Caller();
        await using var connection = await app.Database.OpenConnectionAsync();
        var heard = new List<string>();
        connection.Notification += (_, message) => heard.Add(message.Payload);
        await using (var listen = new Npgsql.NpgsqlCommand("listen rpd", connection)) await listen.ExecuteNonQueryAsync();

        // Heard from elsewhere first: were it told on, it would stand before the other.
        app.Services.GetRequiredService<LiveNumbers>().Changed(CreditsLow, caller.Account, here: false);
        app.Services.GetRequiredService<LiveFeed>().TellCount(Notify.Unread, caller.Account);

        var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20)).Token;
        while (!heard.Exists(payload => payload.Contains("unread", StringComparison.Ordinal))) await connection.WaitAsync(patience);
        Assert.Contains(heard, payload => payload.Contains($"\"account\":\"{caller.Account}\",\"nudge\":null,\"count\":\"unread\"", StringComparison.Ordinal));
        Assert.DoesNotContain(heard, payload => payload.Contains("balance", StringComparison.Ordinal));
    }

    private static LiveNumber CreditsLow => Rpd.Server.Credits.CreditQueries.Spendable;
}
