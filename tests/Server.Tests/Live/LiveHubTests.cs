using System.Net.WebSockets;
using Microsoft.Extensions.DependencyInjection;
using Rpd.Server.Accounts;
using Rpd.Server.Live;
using Rpd.Server.Tests.Generations;
using Rpd.Server.Tests.Support;
using static Rpd.Server.Tests.Live.LiveSocket;

namespace Rpd.Server.Tests.Live;

public sealed class LiveHubTests(TestPostgres postgres, SharedApp shared, SharedScriptedApp scripted) : IClassFixture<SharedApp>, IClassFixture<SharedScriptedApp>
{
    [Fact]
    public async Task Nudges_reach_their_owner_and_nobody_else()
    {
        var app = scripted.App;
        var (owner, other) = (await app.Caller(), await app.Caller());
        using var owners = await Open(app, await Cookie(app, owner.Account));
        using var others = await Open(app, await Cookie(app, other.Account));
        await Call(owners, "Subscribe", new[] { "account" });
        await Call(others, "Subscribe", new[] { "account" });

        var (_, created) = await owner.Post("/v1/generations", GenerationMoneyTests.Sketch("a hill"));
        var id = created.GetProperty("data").GetProperty("id").GetString();
        var (_, foreign) = await other.Post("/v1/generations", GenerationMoneyTests.Sketch("another hill"));
        var foreignId = foreign.GetProperty("data").GetProperty("id").GetString();

        Assert.Equal(id, await Completed(owners));
        Assert.Equal(foreignId, await Completed(others));
        var newer = await Call(others, "Sync", new[] { new { id, version = 0 }, new { id = foreignId, version = 0 } });
        Assert.Equal([foreignId], newer.GetProperty("result").EnumerateArray().Select(nudge => nudge.GetProperty("id").GetString()));
    }

    [Fact]
    public async Task Who_waits_learns_its_new_place_when_others_go()
    {
        await using var app = await App.Scripted(postgres, ("Jobs:SlowWorkers", "1"), ("Plans:business:ConcurrentJobs", "3"), ("Plans:business:GenerationsPerMinute", "1000"));
        var (one, other) = (await app.Caller(), await app.Caller());
        using var socket = await Open(app, await Cookie(app, one.Account));
        await app.Execute("insert into model_speeds values ('studio-sketch', 9, 20000, 25000, 30000, now())");
        var works = await Started(one);
        for (var waited = 0; app.Provider!.Started.Count < 1; waited++)
        {
            Assert.True(waited < 200);
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
        var strangers = await Started(other);
        Guid[] own = [works, await Started(one), await Started(one), await Started(one)];

        // The last of them has no slot yet: it waits behind the others of its account, too.
        Assert.Equal([(own[1], 2, 40), (own[2], 3, 60), (own[3], 4, 80)], await Places(socket, [.. own, strangers]));
        await other.Delete($"/v1/generations/{strangers}");
        Assert.Equal([(own[1], 1, 20), (own[2], 2, 40), (own[3], 3, 60)], await Places(socket, own));
        await one.Delete($"/v1/generations/{own[1]}");
        Assert.Equal([(own[2], 1, 20), (own[3], 2, 40)], await Places(socket, own));
        foreach (var id in own) await one.Delete($"/v1/generations/{id}");
        Assert.Empty(await Places(socket, own));

        static async Task<Guid> Started(Caller caller)
        {
            // Ids of one millisecond have no order among themselves.
            await Task.Delay(2, TestContext.Current.CancellationToken);
            return (await caller.Post("/v1/generations", GenerationMoneyTests.Sketch("hang on"))).Body.GetProperty("data").GetProperty("id").GetGuid();
        }

        static async Task<(Guid Id, int Position, int Eta)[]> Places(WebSocket socket, Guid[] ids) =>
            [.. (await Call(socket, "Places", ids)).GetProperty("result").EnumerateArray()
                .Select(place => (place.GetProperty("id").GetGuid(), place.GetProperty("position").GetInt32(), place.GetProperty("etaSeconds").GetInt32())).OrderBy(place => place.Item2)];
    }

    [Fact]
    public async Task What_was_started_since_is_told_down_to_the_oldest_that_is_shown()
    {
        var app = scripted.App;
        var (one, other) = (await app.Caller(), await app.Caller());
        using var socket = await Open(app, await Cookie(app, one.Account));
        Assert.Empty(await Started(null));
        var ids = new List<string>();
        foreach (var prompt in new[] { "a hill", "fail please", "a lake" })
        {
            var id = (await one.Post("/v1/generations", GenerationMoneyTests.Sketch(prompt))).Body.GetProperty("data").GetProperty("id").GetGuid();
            await one.Ended(id);
            ids.Insert(0, $"{id} {(prompt == "fail please" ? "failed" : "completed")}");
        }
        await other.Post("/v1/generations", GenerationMoneyTests.Sketch("another hill"));

        Assert.Equal(ids, await Started(null));
        Assert.Equal(ids[..2], await Started(ids[1][..36]));

        async Task<string[]> Started(string? oldestShown) =>
            [.. (await Call(socket, "Started", oldestShown!)).GetProperty("result").EnumerateArray().Select(nudge => $"{nudge.GetProperty("id").GetString()} {nudge.GetProperty("status").GetString()}")];
    }

    [Fact]
    public async Task Only_ones_own_stream_can_be_subscribed_to()
    {
        var app = shared.App;
        var (one, two) = (await app.Caller(), await app.Caller());
        using var socket = await Open(app, await Cookie(app, one.Account));

        var answer = await Call(socket, "Subscribe", new[] { $"account:{two.Account:N}" });

        Assert.Contains("There is no stream", answer.GetProperty("error").GetString(), StringComparison.Ordinal);
        await Assert.ThrowsAnyAsync<Exception>(() => Open(app, cookie: null));
    }

    [Fact]
    public async Task An_open_connection_ends_with_its_session()
    {
        var app = shared.App;
        var caller = await app.Caller();
        using var ended = await Open(app, await Cookie(app, caller.Account));
        var session = await app.Scalar<Guid>("select id from sessions where account_id = $1", caller.Account);
        using var stays = await Open(app, await Cookie(app, caller.Account));

        using (var scope = app.Services.CreateScope()) await scope.ServiceProvider.GetRequiredService<EndSession>().Run(caller.Account, session, CancellationToken.None);

        Assert.Equal("close", await Last(ended).WaitAsync(LiveSessions.Period * 3));
        Assert.False((await Call(stays, "Subscribe", new[] { "account" })).TryGetProperty("error", out _));
    }

    private static async Task<string?> Completed(WebSocket socket)
    {
        while (true)
        {
            foreach (var message in await Receive(socket))
                if (message.TryGetProperty("target", out var target) && target.GetString() == "nudge" && message.GetProperty("arguments")[0] is var nudge && nudge.GetProperty("status").GetString() == "completed")
                    return nudge.GetProperty("id").GetString();
        }
    }

    private static async Task<string> Last(WebSocket socket)
    {
        try
        {
            while (socket.State == WebSocketState.Open) await Receive(socket);
        }
        catch (Exception gone) when (gone is WebSocketException or IOException or OperationCanceledException)
        {
            return "close";
        }
        return "close";
    }
}
