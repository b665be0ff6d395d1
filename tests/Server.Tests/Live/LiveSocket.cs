using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Rpd.Server.Accounts;
using Rpd.Server.Tests.Support;

namespace Rpd.Server.Tests.Live;

/// <summary>A real web socket in SignalR's JSON protocol: messages end with the character 0x1E.</summary>
internal static class LiveSocket
{
    public static async Task<string> Cookie(App app, Guid account)
    {
        using var scope = app.Services.CreateScope();
        var http = new DefaultHttpContext { RequestServices = scope.ServiceProvider };
        var person = await scope.ServiceProvider.GetRequiredService<AppDb>().Accounts.FindAsync(account);
        await scope.ServiceProvider.GetRequiredService<StartSession>().Run(http, person!, remember: false, CancellationToken.None);
        return http.Response.Headers.SetCookie.ToString().Split(';')[0];
    }

    public static async Task<WebSocket> Open(App app, string? cookie)
    {
        var client = app.Server.CreateWebSocketClient();
        client.ConfigureRequest = request =>
        {
            if (cookie is not null) request.Headers.Cookie = cookie;
        };
        var socket = await client.ConnectAsync(new Uri(app.Server.BaseAddress, "/live"), CancellationToken.None);
        await Send(socket, new { protocol = "json", version = 1 });
        await Receive(socket);
        return socket;
    }

    /// <summary>The answer to a call; what else arrives meanwhile is passed over.</summary>
    public static async Task<JsonElement> Call(WebSocket socket, string target, object argument)
    {
        await Send(socket, new { type = 1, invocationId = target, target, arguments = new[] { argument } });
        while (true)
        {
            foreach (var message in await Receive(socket))
                if (message.GetProperty("type").GetInt32() == 3) return message;
        }
    }

    public static Task Send(WebSocket socket, object message) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(message) + '\u001e'), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);

    public static async Task<IReadOnlyList<JsonElement>> Receive(WebSocket socket)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var buffer = new byte[16 * 1024];
        var text = new StringBuilder();
        do
        {
            var part = await socket.ReceiveAsync(buffer, patience.Token);
            text.Append(Encoding.UTF8.GetString(buffer, 0, part.Count));
            if (part.MessageType == WebSocketMessageType.Close) break;
        }
        while (text.Length == 0 || text[^1] != '\u001e');
        return [.. text.ToString().Split('\u001e', StringSplitOptions.RemoveEmptyEntries).Select(message => JsonDocument.Parse(message).RootElement)];
    }

    /// <summary>The streams of a page, and their numbers.</summary>
    public static async Task<Dictionary<string, long>> Subscribe(WebSocket socket, params string[] streams)
    {
        var answer = await Call(socket, "Subscribe", streams);
        return answer.GetProperty("result").EnumerateArray().ToDictionary(count => count.GetProperty("key").GetString()!, count => count.GetProperty("value").GetInt64());
    }

    /// <summary>Waits until a number is told, and says how often it was until then.</summary>
    public static async Task<int> Told(WebSocket socket, string key, long value) => (await Heard(socket, key, value)).Count(heard => heard == key);

    /// <summary>The keys of all numbers that are told until one has a value.</summary>
    public static async Task<IReadOnlyList<string>> Heard(WebSocket socket, string key, long value)
    {
        var heard = new List<string>();
        while (true)
        {
            var end = false;
            foreach (var message in await Receive(socket))
            {
                if (!message.TryGetProperty("target", out var target) || target.GetString() != "count") continue;
                var count = message.GetProperty("arguments")[0];
                heard.Add(count.GetProperty("key").GetString()!);
                end |= heard[^1] == key && count.GetProperty("value").GetInt64() == value;
            }
            if (end) return heard;
        }
    }
}
