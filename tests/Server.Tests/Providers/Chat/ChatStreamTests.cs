using System.Text;
using Microsoft.AspNetCore.Http;
using Rpd.Server.Providers;
using Rpd.Server.Providers.Chat;

namespace Rpd.Server.Tests.Providers.Chat;

public sealed class ChatStreamTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly ChatWorld world = new();

    public ValueTask InitializeAsync() => default;

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Fact]
    public async Task An_answer_comes_bit_by_bit_with_what_it_has_cost()
    {
        var server = await world.Server("openai");
        server.Words = ["Gr", "üße, ", "世界 ", "🦊"];

        await using var stream = (await world.InOrder(server).Stream(ChatWorld.Request(), default)).Answer!;

        Assert.Equal(("Grüße, 世界 🦊", null), await ChatWorld.Read(stream));
        Assert.Equal(("openai", new ChatUsage(9, 4)), (stream.Upstream, stream.Usage));
        var sent = server.Requests.Single();
        Assert.True(sent.GetProperty("stream").GetBoolean() && sent.GetProperty("stream_options").GetProperty("include_usage").GetBoolean());
    }

    [Fact]
    public async Task It_may_come_byte_by_byte_with_comments_blank_lines_and_other_fields_between()
    {
        var events = $": keep-alive\n\n\r\n{ChatServer.Event(ChatServer.Chunk("Grü"))}event: message\r\nid: 7\r\ndata:{{\"choices\":[{{\r\ndata: \"delta\":{{\"content\":\"ße 🦊\"}}}}]}}\r\n\r\n"
            + ": still here\nretry: 3\n\ndata: {\"choices\":[],\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":5}}\n\ndata: [DONE]";
        var server = await world.Server("openai", async http =>
        {
            http.Response.ContentType = "text/event-stream";
            foreach (var one in Encoding.UTF8.GetBytes(events))
            {
                await http.Response.Body.WriteAsync(new[] { one });
                await http.Response.Body.FlushAsync();
            }
        });

        await using var stream = (await world.InOrder(server).Stream(ChatWorld.Request(), default)).Answer!;

        Assert.Equal(("Grüße 🦊", null), await ChatWorld.Read(stream));
        Assert.Equal(new ChatUsage(3, 5), stream.Usage);
    }

    [Theory]
    [InlineData("")]
    [InlineData("aborts")]
    [InlineData("silent")]
    [InlineData("endless")]
    [InlineData("data: {\"choi")]
    [InlineData("data: not json\n\n")]
    [InlineData("data: {\"object\":\"other\"}\n\n")]
    [InlineData("data: {\"error\":{\"message\":\"Overloaded\",\"type\":\"server_error\"}}\n\n")]
    public async Task What_breaks_off_in_the_middle_is_told_and_nobody_else_is_asked(string then)
    {
        var (going, seconds) = (new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), then == "silent" ? 3 : 60);
        var ending = Ending(then, going.Task);
        var (brittle, healthy) = (await world.Server("brittle", ChatServer.Sends(ChatServer.Event(ChatServer.Chunk("Good")) + ending.Events, ending.Then)), await world.Server("healthy"));
        var upstreams = world.Upstreams(("brittle", brittle.Access with { FirstTokenSeconds = seconds, Priority = -1 }), ("healthy", healthy.Access));

        await using var stream = (await upstreams.Stream(ChatWorld.Request(), default)).Answer!;
        going.SetResult();
        var (text, broke) = await ChatWorld.Read(stream);

        Assert.Equal(("Good", then == "silent" ? ProviderFault.TimedOut : ProviderFault.Unavailable), (text, broke?.Fault));
        Assert.Empty(healthy.Requests);
    }

    [Theory]
    [InlineData("")]
    [InlineData("aborts")]
    [InlineData("silent")]
    [InlineData("endless")]
    [InlineData("data: [DONE]\n\n")]
    [InlineData("data: not json\n\n")]
    [InlineData("data: {\"error\":{\"message\":\"Overloaded\",\"code\":503}}\n\n")]
    public async Task Before_the_first_bit_the_next_one_takes_over(string then)
    {
        var (going, seconds) = (new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), then == "silent" ? 3 : 60);
        var ending = Ending(then, going.Task);
        var (brittle, healthy) = (await world.Server("brittle", ChatServer.Sends(": a comment is no beginning\n\n" + ending.Events, ending.Then)), await world.Server("healthy"));
        var upstreams = world.Upstreams(("brittle", brittle.Access with { FirstTokenSeconds = seconds, Priority = -1 }), ("healthy", healthy.Access));

        going.SetResult();
        await using var stream = (await upstreams.Stream(ChatWorld.Request(), default)).Answer!;

        Assert.Equal(("Good morning", null), await ChatWorld.Read(stream));
        Assert.Equal("healthy", stream.Upstream);
    }

    [Fact]
    public async Task Who_does_not_stream_is_passed_over()
    {
        var (whole, healthy) = (await world.Server("whole", http => http.Response.WriteAsJsonAsync(new { choices = new[] { new { message = new { content = "Hello" } } } })), await world.Server("healthy"));

        await using var stream = (await world.InOrder(whole, healthy).Stream(ChatWorld.Request(), default)).Answer!;

        Assert.Equal("healthy", stream.Upstream);
    }

    [Fact]
    public async Task An_answer_has_its_time_however_steadily_it_comes_and_a_slow_reader_has_his()
    {
        var steady = await world.Server("steady", ChatServer.Sends(ChatServer.Event(ChatServer.Chunk("a")), async http =>
        {
            while (!http.RequestAborted.IsCancellationRequested)
            {
                await http.Response.WriteAsync(ChatServer.Event(ChatServer.Chunk("a")));
                await http.Response.Body.FlushAsync();
                await Task.Delay(50);
            }
        }));
        var quick = await world.Server("quick");

        await using var endless = (await world.Upstreams(("steady", steady.Access with { TimeoutSeconds = 2 })).Stream(ChatWorld.Request(), default)).Answer!;
        Assert.Equal(ProviderFault.TimedOut, (await ChatWorld.Read(endless)).Broke?.Fault);

        await using var patient = (await world.Upstreams(("quick", quick.Access with { FirstTokenSeconds = 2 })).Stream(ChatWorld.Request(), default)).Answer!;
        await Task.Delay(2500);
        Assert.Equal(("Good morning", null), await ChatWorld.Read(patient));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Who_stops_listening_hangs_up_on_the_upstream(bool cancels)
    {
        var server = await world.Server("openai", ChatServer.Sends(ChatServer.Event(ChatServer.Chunk("a")), Wait));
        using var over = new CancellationTokenSource();
        var stream = (await world.InOrder(server).Stream(ChatWorld.Request(), over.Token)).Answer!;
        await using var parts = stream.Read().GetAsyncEnumerator();
        Assert.True(await parts.MoveNextAsync());

        if (cancels)
        {
            var next = parts.MoveNextAsync().AsTask();
            await over.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => next);
        }
        else await stream.DisposeAsync();

        await server.HungUp.WaitAsync(Patience);
        await stream.DisposeAsync();
    }

    [Fact]
    public async Task Who_gives_up_waiting_hangs_up_as_well()
    {
        var server = await world.Server("openai", Wait);
        using var over = new CancellationTokenSource();
        var upstreams = world.InOrder(server);
        var (whole, streamed) = (upstreams.Ask(ChatWorld.Request(), over.Token), upstreams.Stream(ChatWorld.Request(), over.Token));
        while (server.Requests.Count < 2) await Task.Delay(20);

        await over.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => whole);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => streamed);
        await server.HungUp.WaitAsync(Patience);
        Assert.Empty(world.Logs.All);
    }

    /// <param name="going">The beginning has arrived: an aborted connection may swallow what it has carried.</param>
    private static (string Events, Func<HttpContext, Task>? Then) Ending(string then, Task going) => then switch
    {
        "aborts" => ("", async http =>
        {
            await going;
            http.Abort();
        }
        ),
        "silent" => ("", Wait),
        "endless" => ("data: ", async http =>
        {
            for (var i = 0; i < 8 && !http.RequestAborted.IsCancellationRequested; i++) await http.Response.WriteAsync(new string('x', 1024 * 1024));
        }
        ),
        _ => (then, null),
    };

    private static Task Wait(HttpContext http) => Task.Delay(Timeout.Infinite, http.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
}
