using Microsoft.AspNetCore.Http;
using Rpd.Server.Providers;
using Rpd.Server.Providers.Chat;

namespace Rpd.Server.Tests.Providers.Chat;

/// <summary>Who is left alone, and for how long.</summary>
public sealed class ChatHealthTests : IAsyncLifetime
{
    private readonly ChatWorld world = new();

    public ValueTask InitializeAsync() => default;

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Theory]
    [InlineData(429, "Retry-After", "20")]
    [InlineData(503, "Retry-After", "20")]
    [InlineData(429, "retry-after-ms", "20000")]
    [InlineData(429, "Retry-After", "Wed, 05 Mar 2031 12:00:20 GMT")]
    public async Task Who_names_a_time_is_not_asked_before(int status, string header, string value)
    {
        var busy = await world.Server("busy", http =>
        {
            http.Response.Headers[header] = value;
            http.Response.StatusCode = status;
            return Task.CompletedTask;
        });
        var other = await world.Server("other");
        var (both, alone) = (world.InOrder(busy, other), world.InOrder(busy));

        Assert.Equal("other", (await both.Ask(ChatWorld.Request(), default)).Answer?.Upstream);
        Assert.Equal(["other", "busy"], both.Order("gpt-6-luna"));
        await alone.Ask(ChatWorld.Request(), default);
        world.Clock.Advance(TimeSpan.FromSeconds(15));
        Assert.Equal(TimeSpan.FromSeconds(5), (await alone.Ask(ChatWorld.Request(), default)).Failure?.RetryAfter);
        Assert.Equal(2, busy.Requests.Count);

        world.Clock.Advance(TimeSpan.FromSeconds(6));
        busy.Instead = null;
        Assert.Equal("busy", (await both.Ask(ChatWorld.Request(), default)).Answer?.Upstream);
        Assert.Equal("busy", (await alone.Ask(ChatWorld.Request(), default)).Answer?.Upstream);
    }

    [Theory]
    [InlineData(401, "invalid_api_key")]
    [InlineData(402, null)]
    [InlineData(403, null)]
    [InlineData(429, "insufficient_quota")]
    public async Task Who_does_not_serve_us_comes_last_for_a_minute_and_the_operator_hears_of_it(int status, string? code)
    {
        var (closed, other) = (await world.Server("closed", ChatServer.Status(status, "Pay first.", code)), await world.Server("other"));
        var upstreams = world.InOrder(closed, other);

        for (var i = 0; i < 3; i++) Assert.Equal("other", (await upstreams.Ask(ChatWorld.Request(), default)).Answer?.Upstream);
        Assert.Single(closed.Requests);
        Assert.Contains("closed does not serve us, it answered " + status + ": Pay first.", Assert.Single(world.Logs.All), StringComparison.Ordinal);
        // When there is nobody else it is asked all the same.
        other.Instead = ChatServer.Status(500);
        closed.Instead = null;
        Assert.Equal("closed", (await upstreams.Ask(ChatWorld.Request(), default)).Answer?.Upstream);
        world.Clock.Advance(TimeSpan.FromSeconds(61));
        Assert.Equal(["closed", "other"], upstreams.Order("gpt-6-luna"));
    }

    [Fact]
    public async Task Who_keeps_failing_is_left_alone_and_tried_again_later()
    {
        var (down, other) = (await world.Server("down", ChatServer.Status(500)), await world.Server("other"));
        var upstreams = world.InOrder(down, other);

        for (var i = 0; i < 8; i++) Assert.Equal("other", (await upstreams.Ask(ChatWorld.Request(), default)).Answer?.Upstream);
        Assert.Equal(4, down.Requests.Count);
        Assert.Equal(["other", "down"], upstreams.Order("gpt-6-luna"));
        other.Instead = ChatServer.Status(500);
        Assert.Equal(ProviderFault.Unavailable, (await upstreams.Ask(ChatWorld.Request(), default)).Failure?.Fault);
        Assert.Equal(4, down.Requests.Count);

        world.Clock.Advance(TimeSpan.FromSeconds(16));
        Assert.Equal(["down", "other"], upstreams.Order("gpt-6-luna"));
        // It has one try, and is left alone again after it.
        await upstreams.Ask(ChatWorld.Request(), default);
        Assert.Equal(["other", "down"], upstreams.Order("gpt-6-luna"));
        world.Clock.Advance(TimeSpan.FromSeconds(16));
        down.Instead = null;
        for (var i = 0; i < 3; i++) Assert.Equal("down", (await upstreams.Ask(ChatWorld.Request(), default)).Answer?.Upstream);
        Assert.Equal(8, down.Requests.Count);
    }

    [Fact]
    public async Task What_a_request_can_bring_about_closes_the_way_for_nobody()
    {
        var server = await world.Server("openai");
        var upstreams = world.InOrder(server);

        for (var i = 0; i < 8; i++)
        {
            Assert.Equal(ProviderFault.ContentPolicy, (await upstreams.Ask(ChatWorld.Request(prompt: "forbidden"), default)).Failure?.Fault);
            Assert.Equal("model_not_found", (await upstreams.Ask(ChatWorld.Request("none"), default)).Failure?.Code);
        }

        Assert.NotNull((await upstreams.Ask(ChatWorld.Request(), default)).Answer);
    }

    [Fact]
    public async Task Streams_that_keep_breaking_off_are_failures_too()
    {
        var (brittle, other) = (await world.Server("brittle", ChatServer.Sends(ChatServer.Event(ChatServer.Chunk("Good")))), await world.Server("other"));
        var upstreams = world.InOrder(brittle, other);

        for (var i = 0; i < 2; i++)
        {
            await using var stream = (await upstreams.Stream(ChatWorld.Request(), default)).Answer!;
            Assert.NotNull((await ChatWorld.Read(stream)).Broke);
        }

        Assert.Equal(["other", "brittle"], upstreams.Order("gpt-6-luna"));
    }

    [Fact]
    public async Task Who_has_no_free_place_comes_last_and_is_waited_for()
    {
        var (small, other) = (await world.Server("small"), await world.Server("other"));
        var access = small.Access with { MaxConcurrent = 1, Priority = -1, FirstTokenSeconds = 1 };
        var (both, alone) = (world.Upstreams(("small", access), ("other", other.Access)), world.Upstreams(("small", access)));

        var (first, _) = await both.Stream(ChatWorld.Request(), default);
        Assert.Equal(("small", "other"), (first?.Upstream, (await both.Ask(ChatWorld.Request(), default)).Answer?.Upstream));
        await first!.DisposeAsync();
        await first.DisposeAsync();
        Assert.Equal("small", (await both.Ask(ChatWorld.Request(), default)).Answer?.Upstream);

        (first, _) = await alone.Stream(ChatWorld.Request(), default);
        Assert.Equal(ProviderFault.RateLimited, (await alone.Ask(ChatWorld.Request(), default)).Failure?.Fault);
        var waiting = alone.Ask(ChatWorld.Request(), default);
        await first!.DisposeAsync();
        Assert.Equal("small", (await waiting).Answer?.Upstream);
    }

    [Fact]
    public async Task Credentials_stand_in_no_log_and_in_no_failure()
    {
        const string organization = "org-very-secret-9876";
        var parrot = await world.Server("parrot");
        var access = parrot.Access with { Headers = new() { ["OpenAI-Organization"] = new(organization) } };
        var upstreams = world.Upstreams(("parrot", access));
        List<string> said = [access.ToString()];

        foreach (var status in new[] { 401, 400, 500, 429 })
        {
            parrot.Instead = http => ChatServer.Status(status, $"Bad {http.Request.Headers.Authorization} of {http.Request.Headers["OpenAI-Organization"]}")(http);
            said.Add((await upstreams.Ask(ChatWorld.Request(), default)).Failure!.ToString());
            said.Add((await upstreams.Stream(ChatWorld.Request(), default)).Failure!.ToString());
        }
        parrot.Instead = ChatServer.Sends(ChatServer.Event(ChatServer.Chunk("a")) + ChatServer.Event(new { error = new { message = $"Bad {ChatServer.Key}" } }));
        var other = world.Upstreams(("parrot", access));
        await using (var stream = (await other.Stream(ChatWorld.Request(), default)).Answer!) said.Add((await ChatWorld.Read(stream)).Broke!.ToString());

        var all = string.Join('\n', said.Concat(world.Logs.All));
        Assert.Contains("Bad Bearer ••• of •••", all, StringComparison.Ordinal);
        Assert.DoesNotContain(ChatServer.Key, all, StringComparison.Ordinal);
        Assert.DoesNotContain(organization, all, StringComparison.Ordinal);
    }
}
