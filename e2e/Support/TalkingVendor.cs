using System.Net;
using System.Text;
using System.Text.Json;

namespace Rpd.E2E.Support;

/// <summary>A language model as far as a journey needs it: it says its words one by one, and after a while nothing more until somebody hangs up.</summary>
public sealed class TalkingVendor : IAsyncDisposable
{
    private readonly Endpoint endpoint;
    private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public TalkingVendor() => endpoint = new(Answer);

    public string Address => endpoint.Address + "/v1";

    public async ValueTask DisposeAsync()
    {
        ended.TrySetResult();
        await endpoint.DisposeAsync();
    }

    private async Task Answer(HttpListenerContext call)
    {
        using var body = await JsonDocument.ParseAsync(call.Request.InputStream);
        var question = body.RootElement.GetProperty("messages").EnumerateArray().Last().GetProperty("content").GetString()!;
        call.Response.ContentType = "text/event-stream";
        call.Response.SendChunked = true;
        foreach (var word in new[] { "## A story\n\n", "Once ", "upon ", "a ", "**time**" }) await Say(new { content = word });
        if (question.Contains("long", StringComparison.Ordinal)) await ended.Task;
        await Say(new { }, "stop");
        await Write("data: [DONE]\n\n");
        call.Response.Close();

        Task Say(object delta, string? finish = null) =>
            Write($"data: {JsonSerializer.Serialize(new { id = "1", @object = "chat.completion.chunk", created = 1, model = "story", choices = new[] { new { index = 0, delta, finish_reason = finish } } })}\n\n");

        async Task Write(string text)
        {
            await call.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(text));
            await call.Response.OutputStream.FlushAsync();
        }
    }
}
