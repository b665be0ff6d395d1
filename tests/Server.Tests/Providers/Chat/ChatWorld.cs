using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Rpd.Server.Providers.Chat;
using Rpd.Server.Tests.Support;

namespace Rpd.Server.Tests.Providers.Chat;

/// <summary>Upstreams as the server has them, with chance and time in the test's hand.</summary>
internal sealed class ChatWorld : IAsyncDisposable
{
    private readonly List<ChatServer> servers = [];
    private readonly LoggerFactory loggers;
    private readonly ChatHttp http;

    public ChatWorld()
    {
        http = new(Clock);
        loggers = new([Logs]);
    }

    public TestClock Clock { get; } = new();

    public LogLines Logs { get; } = new();

    public async Task<ChatServer> Server(string name, Microsoft.AspNetCore.Http.RequestDelegate? instead = null)
    {
        var server = await ChatServer.Start(name, instead);
        servers.Add(server);
        return server;
    }

    public ChatUpstreams Upstreams(params (string Name, UpstreamAccess Access)[] upstreams) =>
        new(upstreams.ToDictionary(one => one.Name, one => one.Access), http, Clock, new Random(7), loggers.CreateLogger<ChatUpstreams>());

    /// <summary>In this order.</summary>
    public ChatUpstreams InOrder(params ChatServer[] servers) => Upstreams([.. servers.Select((server, i) => (server.Name, server.Access with { Priority = i }))]);

    public static JsonObject Request(string model = "gpt-6-luna", string prompt = "Hello") =>
        new() { ["model"] = model, ["messages"] = new JsonArray(new JsonObject { ["role"] = "user", ["content"] = prompt }) };

    /// <summary>All of a stream: what was written, and why it broke where it did.</summary>
    public static async Task<(string Text, ChatFailure? Broke)> Read(ChatStream stream)
    {
        var (text, broke) = ("", (ChatFailure?)null);
        await foreach (var part in stream.Read())
        {
            Assert.Null(broke);
            if (part is ChatPart.Broke end) broke = end.Failure;
            else if (part is ChatPart.Chunk { Json: var json } && json.GetProperty("choices") is var choices && choices.GetArrayLength() > 0 && choices[0].GetProperty("delta").TryGetProperty("content", out var content))
                text += content.GetString();
        }
        return (text, broke);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var server in servers)
        {
            await server.DisposeAsync();
            Assert.Empty(server.Faults);
        }
        http.Dispose();
        loggers.Dispose();
    }
}
