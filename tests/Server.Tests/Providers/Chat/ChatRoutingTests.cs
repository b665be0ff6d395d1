using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Rpd.Server.Providers;
using Rpd.Server.Providers.Chat;

namespace Rpd.Server.Tests.Providers.Chat;

/// <summary>Who is asked, and who instead.</summary>
public sealed class ChatRoutingTests : IAsyncLifetime
{
    private readonly ChatWorld world = new();

    public ValueTask InitializeAsync() => default;

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Fact]
    public void Requests_are_shared_by_weight_and_the_rest_stands_by_in_the_same_way()
    {
        var upstreams = world.Upstreams(("a", Nowhere(weight: 5)), ("b", Nowhere(weight: 3)), ("c", Nowhere(weight: 2)), ("later", Nowhere(weight: 100, priority: 1)), ("never", Nowhere(weight: 0, priority: -1)));

        var orders = Enumerable.Range(0, 1000).Select(_ => upstreams.Order("m").ToArray()).ToArray();

        int First(string name) => orders.Count(order => order[0] == name);
        Assert.InRange(First("a"), 450, 550);
        Assert.InRange(First("b"), 255, 345);
        Assert.InRange(First("c"), 160, 240);
        // Without a the others are three to two.
        var afterA = orders.Where(order => order[0] == "a").ToArray();
        Assert.InRange(afterA.Count(order => order[1] == "b") / (double)afterA.Length, 0.53, 0.67);
        Assert.All(orders, order => Assert.Equal(["later", "never"], order[3..]));
    }

    [Fact]
    public async Task Our_name_of_a_model_becomes_the_upstreams_and_only_those_that_have_it_are_asked()
    {
        var (openai, local) = (await world.Server("openai"), await world.Server("local"));
        local.Models = ["llama3.2:3b"];
        var upstreams = world.Upstreams(
            ("openai", openai.Access with { Models = Names(("smart", "gpt-6-luna")) }), ("local", local.Access with { Models = Names(("Small", "llama3.2:3b")) }));

        var (smart, _) = await upstreams.Ask(ChatWorld.Request("SMART"), default);
        var (small, _) = await upstreams.Ask(ChatWorld.Request("small"), default);
        var (none, failure) = await upstreams.Ask(ChatWorld.Request("gpt-6-luna"), default);

        Assert.Equal(("openai", "local", null), (smart?.Upstream, small?.Upstream, none));
        Assert.Equal((ProviderFault.InvalidInput, "model_not_found", "model"), (failure!.Fault, failure.Code, failure.Param));
        Assert.Equal(("gpt-6-luna", "llama3.2:3b"), (Model(openai), Model(local)));
        Assert.Equal((true, true, false), (upstreams.Serves("smart"), upstreams.Serves("small"), upstreams.Serves("other")));
        var anything = world.Upstreams(("openai", openai.Access));
        Assert.True(anything.Serves("gpt-6-luna"));
        Assert.NotNull((await anything.Ask(ChatWorld.Request(), default)).Answer);
    }

    [Fact]
    public async Task The_answer_and_what_it_has_cost_come_back()
    {
        var server = await world.Server("openai");
        var request = ChatWorld.Request();
        request["stream"] = true;
        request["temperature"] = 0.5;
        request["user"] = "Zoë";

        var (answer, failure) = await world.InOrder(server).Ask(request, default);

        Assert.Null(failure);
        Assert.Equal(("Good morning", new ChatUsage(9, 2), "openai"), (answer!.Text, answer.Usage, answer.Upstream));
        var sent = server.Requests.Single();
        Assert.Equal((false, 0.5, "Zoë"), (sent.GetProperty("stream").GetBoolean(), sent.GetProperty("temperature").GetDouble(), sent.GetProperty("user").GetString()));
    }

    [Fact]
    public void Everything_else_of_a_request_goes_on_as_it_came()
    {
        var request = JsonNode.Parse("""{"model":"ours","stop":null,"stream":false,"stream_options":{"include_usage":false,"include_obfuscation":true},"seed":7}""")!.AsObject();

        Assert.Equal("""{"model":"theirs","stream":true,"stream_options":{"include_usage":true,"include_obfuscation":true},"stop":null,"seed":7}""", Encoding.UTF8.GetString(ChatBody.Write(request, "theirs", stream: true)));
        Assert.Equal("""{"model":"theirs","stream":false,"stop":null,"seed":7}""", Encoding.UTF8.GetString(ChatBody.Write(request, "theirs", stream: false)));
    }

    [Theory]
    [InlineData(500)]
    [InlineData(503)]
    [InlineData(502)]
    [InlineData(408)]
    [InlineData(404)]
    [InlineData(429)]
    [InlineData(401)]
    [InlineData(402)]
    [InlineData(403)]
    [InlineData(307)]
    [InlineData(400, "model_not_found")]
    [InlineData(429, "insufficient_quota")]
    public async Task What_is_the_upstreams_fault_another_one_mends(int status, string? code = null)
    {
        var (broken, healthy) = (await world.Server("broken", ChatServer.Status(status, code: code)), await world.Server("healthy"));
        var upstreams = world.InOrder(broken, healthy);

        Assert.Equal("healthy", (await upstreams.Ask(ChatWorld.Request(), default)).Answer?.Upstream);
        var (stream, _) = await world.InOrder(broken, healthy).Stream(ChatWorld.Request(), default);
        await using (stream) Assert.Equal(("Good morning", null), await ChatWorld.Read(stream!));
        Assert.Equal((2, 2), (broken.Requests.Count, healthy.Requests.Count));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("not json")]
    [InlineData("[1]")]
    [InlineData("{\"choices\":null}")]
    [InlineData("{\"error\":{\"message\":\"Overloaded\",\"code\":502}}")]
    [InlineData("{\"error\":\"model is loading\"}")]
    public async Task An_answer_that_is_none_is_sought_elsewhere(string answer)
    {
        var (broken, healthy) = (await world.Server("broken", http => http.Response.WriteAsync(answer)), await world.Server("healthy"));

        Assert.Equal("healthy", (await world.InOrder(broken, healthy).Ask(ChatWorld.Request(), default)).Answer?.Upstream);
    }

    [Theory]
    [InlineData(400, null, ProviderFault.InvalidInput)]
    [InlineData(413, null, ProviderFault.InvalidInput)]
    [InlineData(422, "context_length_exceeded", ProviderFault.InvalidInput)]
    [InlineData(400, "content_filter", ProviderFault.ContentPolicy)]
    [InlineData(403, "content_policy_violation", ProviderFault.ContentPolicy)]
    public async Task What_is_the_requests_fault_nobody_else_hears_of(int status, string? code, ProviderFault fault)
    {
        var (first, second) = (await world.Server("first", ChatServer.Status(status, "Too long.", code)), await world.Server("second"));
        var upstreams = world.InOrder(first, second);

        for (var i = 0; i < 6; i++)
        {
            var (_, failure) = await upstreams.Ask(ChatWorld.Request(), default);
            Assert.Equal((fault, code, "Too long."), (failure!.Fault, failure.Code, failure.Message));
        }
        Assert.Equal(fault, (await upstreams.Stream(ChatWorld.Request(), default)).Failure?.Fault);

        Assert.Equal((7, 0), (first.Requests.Count, second.Requests.Count));
        Assert.Empty(world.Logs.All);
    }

    [Fact]
    public async Task What_openrouter_has_flagged_is_the_requests_fault()
    {
        var first = await world.Server("first", http =>
        {
            http.Response.StatusCode = 403;
            return http.Response.WriteAsJsonAsync(new { error = new { code = 403, message = "Flagged.", metadata = new { reasons = new[] { "violence" } } } });
        });

        Assert.Equal(ProviderFault.ContentPolicy, (await world.InOrder(first).Ask(ChatWorld.Request(), default)).Failure?.Fault);
    }

    [Fact]
    public async Task Who_cannot_be_reached_is_too_slow_or_says_too_much_is_passed_over()
    {
        var slow = await world.Server("slow", http => Task.Delay(Timeout.Infinite, http.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default));
        var endless = await world.Server("endless", async http =>
        {
            for (var i = 0; i < 20; i++) await http.Response.WriteAsync(new string(' ', 1024 * 1024), http.RequestAborted);
        });
        var healthy = await world.Server("healthy");
        var upstreams = world.Upstreams(("gone", healthy.Access with { BaseUrl = "http://127.0.0.1:1/v1" }), ("slow", slow.Access with { TimeoutSeconds = 1, Priority = 1 }),
            ("endless", endless.Access with { Priority = 2 }), ("healthy", healthy.Access with { Priority = 3 }));

        var (answer, _) = await upstreams.Ask(ChatWorld.Request(), default);

        Assert.Equal("healthy", answer?.Upstream);
        Assert.Equal((1, 1), (slow.Requests.Count, endless.Requests.Count));
        await slow.HungUp.WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Equal(["gone", "slow", "endless"], world.Logs.All.Select(line => line.Split(' ')[2]));
    }

    [Fact]
    public async Task When_everybody_fails_it_is_told_and_when_to_come_again()
    {
        var (limited, down) = (await world.Server("limited", ChatServer.Status(429, retryAfter: "20")), await world.Server("down", ChatServer.Status(500)));

        var (answer, failure) = await world.InOrder(limited, down).Ask(ChatWorld.Request(), default);

        Assert.Null(answer);
        Assert.Equal((ProviderFault.RateLimited, TimeSpan.FromSeconds(20)), (failure!.Fault, failure.RetryAfter));
    }

    private static UpstreamAccess Nowhere(int weight, int priority = 0) => new() { BaseUrl = "http://127.0.0.1:1/v1", Weight = weight, Priority = priority };

    private static Dictionary<string, string> Names(params (string Ours, string Theirs)[] names) => names.ToDictionary(one => one.Ours, one => one.Theirs, StringComparer.OrdinalIgnoreCase);

    private static string? Model(ChatServer server) => server.Requests.Single().GetProperty("model").GetString();
}
