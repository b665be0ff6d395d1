using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Rpd.Server.Providers;
using Rpd.Server.Providers.Chat;
using Rpd.Server.Tests.Providers.Vendors;
using Rpd.Server.Tests.Support;

namespace Rpd.Server.Tests.Providers.Chat;

/// <summary>
/// An API for chat as OpenAI documents it, on this machine. What the documentation does not allow is refused as OpenAI would, and noted in
/// <see cref="Faults"/>. It can be told to behave badly.
/// </summary>
internal sealed class ChatServer : IAsyncDisposable
{
    public const string Key = "sk-proj-0123456789abcdefghijklmnop";

    private readonly TaskCompletionSource hungUp = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private LocalServer? server;

    public string Name { get; private init; } = "";

    public string[] Models { get; set; } = ["gpt-6-luna"];

    /// <summary>What it says, in as many bits when it is streamed.</summary>
    public string[] Words { get; set; } = ["Good ", "morning"];

    /// <summary>How it answers instead.</summary>
    public RequestDelegate? Instead { get; set; }

    public ConcurrentQueue<string> Faults { get; } = new();

    public ConcurrentQueue<JsonElement> Requests { get; } = new();

    public string Address => server!.Address("/v1").ToString();

    /// <summary>Whether whoever asked has gone before it was done.</summary>
    public Task HungUp => hungUp.Task;

    public UpstreamAccess Access => new() { BaseUrl = Address, ApiKey = new(Key) };

    public static async Task<ChatServer> Start(string name = "openai", RequestDelegate? instead = null)
    {
        var chat = new ChatServer { Name = name, Instead = instead };
        chat.server = await LocalServer.Start(chat.Take);
        return chat;
    }

    public static RequestDelegate Status(int status, string? message = null, string? code = null, string? retryAfter = null) => http =>
    {
        if (retryAfter is not null) http.Response.Headers.RetryAfter = retryAfter;
        return Refuse(http, status, message ?? $"No, {status}.", code);
    };

    /// <summary>A stream of these bytes, and of all that <paramref name="then"/> does.</summary>
    public static RequestDelegate Sends(string events, Func<HttpContext, Task>? then = null) => async http =>
    {
        http.Response.ContentType = "text/event-stream; charset=utf-8";
        await http.Response.WriteAsync(events);
        await http.Response.Body.FlushAsync();
        if (then is not null) await then(http);
    };

    public static string Event(object data) => $"data: {JsonSerializer.Serialize(data)}\n\n";

    public static object Chunk(string? content, string? finish = null) => new
    {
        id = "chatcmpl-1",
        @object = "chat.completion.chunk",
        created = 1_900_000_000,
        model = "gpt-6-luna-2031-01-01",
        choices = new[] { new { index = 0, delta = content is null ? new JsonObject() : new JsonObject { ["content"] = content }, finish_reason = finish } },
        usage = (object?)null,
    };

    public async ValueTask DisposeAsync()
    {
        if (server is not null) await server.DisposeAsync();
    }

    private async Task Take(HttpContext http)
    {
        using var gone = http.RequestAborted.Register(() => hungUp.TrySetResult());
        var body = await JsonSerializer.DeserializeAsync<JsonElement>(http.Request.Body);
        Requests.Enqueue(body);
        if (Wrong(http, body).ToArray() is [var first, ..] wrong)
        {
            foreach (var one in wrong) Faults.Enqueue(one);
            await Refuse(http, 400, first);
        }
        else if (Instead is { } instead) await instead(http);
        else if (http.Request.Headers.Authorization != $"Bearer {Key}") await Refuse(http, 401, "Incorrect API key provided.", "invalid_api_key");
        else if (!Models.Contains(body.GetProperty("model").GetString())) await Refuse(http, 404, "The model does not exist or you do not have access to it.", "model_not_found");
        else if (body.GetProperty("messages").GetRawText().Contains("forbidden", StringComparison.Ordinal)) await Refuse(http, 400, "The prompt was filtered.", "content_filter");
        else if (body.TryGetProperty("stream", out var stream) && stream.GetBoolean()) await Stream(http, body);
        else if (body.TryGetProperty("tools", out var tools)) await CallTool(http, tools);
        else await Whole(http);
    }

    private static IEnumerable<string> Wrong(HttpContext http, JsonElement body)
    {
        if (http.Request is not { Method: "POST", Path.Value: "/v1/chat/completions", ContentType: "application/json" }) yield return $"{http.Request.Method} {http.Request.Path} {http.Request.ContentType} is no call";
        var check = new BodyCheck(body).Text("model", required: true).Flag("stream").Number("temperature", least: 0, most: 2).Whole("max_tokens", least: 1).Whole("max_completion_tokens", least: 1).Whole("n", least: 1, most: 128).Text("user")
            .Object("stream_options", options => options.Flag("include_usage"))
            .Object("response_format", format => format.Text("type", required: true, oneOf: ["text", "json_object"]))
            .Items("messages", message => message.Text("role", required: true, oneOf: ["system", "developer", "user", "assistant"]).Text("content", required: true), required: true, least: 1);
        if (body.TryGetProperty("tools", out _)) check.Items("tools", tool => tool.Text("type", required: true, oneOf: ["function"]).Object("function", function => function.Text("name", required: true).Text("description").Object("parameters", parameters => parameters.Text("type").Object("properties", properties => properties.Object("city", city => city.Text("type")))))).Text("tool_choice");
        foreach (var one in check.Wrong) yield return one;
        if (body.TryGetProperty("stream_options", out _) && !(body.TryGetProperty("stream", out var stream) && stream.ValueKind == JsonValueKind.True)) yield return "stream_options is only for streams";
    }

    /// <summary>Whoever brings tools gets one of them called.</summary>
    private static Task CallTool(HttpContext http, JsonElement tools) => http.Response.WriteAsJsonAsync(new
    {
        choices = new[] { new { index = 0, message = new { role = "assistant", content = (string?)null, tool_calls = new[] { new { id = "call_1", type = "function", function = new { name = tools[0].GetProperty("function").GetProperty("name").GetString(), arguments = "{}" } } } }, finish_reason = "tool_calls" } },
        usage = new { prompt_tokens = 9, completion_tokens = 3, total_tokens = 12 },
    });

    private Task Whole(HttpContext http) => http.Response.WriteAsJsonAsync(new
    {
        id = "chatcmpl-1",
        @object = "chat.completion",
        created = 1_900_000_000,
        model = "gpt-6-luna-2031-01-01",
        choices = new[] { new { index = 0, message = new { role = "assistant", content = string.Concat(Words) }, finish_reason = "stop" } },
        usage = new { prompt_tokens = 9, completion_tokens = Words.Length, total_tokens = 9 + Words.Length },
    });

    private async Task Stream(HttpContext http, JsonElement body)
    {
        var events = new StringBuilder();
        events.Append(Event(new { id = "chatcmpl-1", @object = "chat.completion.chunk", created = 1_900_000_000, model = "gpt-6-luna-2031-01-01", choices = new[] { new { index = 0, delta = new { role = "assistant", content = "" }, finish_reason = (string?)null } } }));
        foreach (var word in Words) events.Append(Event(Chunk(word)));
        events.Append(Event(Chunk(null, "stop")));
        if (body.TryGetProperty("stream_options", out var options) && options.GetProperty("include_usage").GetBoolean())
            events.Append(Event(new { id = "chatcmpl-1", @object = "chat.completion.chunk", choices = Array.Empty<object>(), usage = new { prompt_tokens = 9, completion_tokens = Words.Length, total_tokens = 9 + Words.Length } }));
        await Sends($"{events}data: [DONE]\n\n")(http);
    }

    private static Task Refuse(HttpContext http, int status, string message, string? code = null)
    {
        http.Response.StatusCode = status;
        return http.Response.WriteAsJsonAsync(new { error = new { message, type = "invalid_request_error", param = (string?)null, code } });
    }
}
