using System.Net.WebSockets;
using Microsoft.Extensions.DependencyInjection;
using Rpd.Server.Accounts;
using Rpd.Server.Live;
using Rpd.Server.Tests.Generations;
using Rpd.Server.Tests.Support;
using static Rpd.Server.Tests.Live.LiveSocket;

namespace Rpd.Server.Tests.Live;

public sealed class LiveHubTests(TestPostgres postgres)
{
    [Fact]
    public async Task Nudges_reach_their_owner_and_nobody_else()
    {
        await using var app = await App.Scripted(postgres);
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
    public async Task Only_ones_own_stream_can_be_subscribed_to()
    {
        await using var app = await App.Start(postgres);
        var (one, two) = (await app.Caller(), await app.Caller());
        using var socket = await Open(app, await Cookie(app, one.Account));

        var answer = await Call(socket, "Subscribe", new[] { $"account:{two.Account:N}" });

        Assert.Contains("There is no stream", answer.GetProperty("error").GetString(), StringComparison.Ordinal);
        await Assert.ThrowsAnyAsync<Exception>(() => Open(app, cookie: null));
    }

    [Fact]
    public async Task An_open_connection_ends_with_its_session()
    {
        await using var app = await App.Start(postgres);
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
