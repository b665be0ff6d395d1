using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using Rpd.Server.Tests.Support;

namespace Rpd.Server.Tests.Webhooks;

internal sealed record Message(string Path, string Id, long Timestamp, string Signature, string Legacy, string Body)
{
    public string Event => System.Text.Json.JsonDocument.Parse(Body).RootElement.GetProperty("event").GetString()!;
}

/// <summary>Somebody's webhook endpoint, which keeps what it is sent and answers what the test wants.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    private LocalServer? server;

    public ConcurrentQueue<Message> Messages { get; } = new();

    public Func<HttpContext, Task> Answer { get; set; } = _ => Task.CompletedTask;

    public static async Task<Receiver> Start()
    {
        var receiver = new Receiver();
        receiver.server = await LocalServer.Start(async http =>
        {
            var body = await new StreamReader(http.Request.Body).ReadToEndAsync();
            var headers = http.Request.Headers;
            receiver.Messages.Enqueue(new(http.Request.Path, headers["webhook-id"]!, long.Parse(headers["webhook-timestamp"]!, System.Globalization.CultureInfo.InvariantCulture),
                headers["webhook-signature"]!, headers["X-Webhook-Signature"]!, body));
            await receiver.Answer(http);
        });
        return receiver;
    }

    public string Url(string path = "/hook") => server!.Address(path).ToString();

    public void Status(int status) => Answer = http =>
    {
        http.Response.StatusCode = status;
        return http.Response.WriteAsync("so it is");
    };

    public async Task<Message[]> Until(int messages)
    {
        for (var tries = 0; tries < 600 && Messages.Count < messages; tries++) await Task.Delay(25);
        Assert.True(Messages.Count >= messages, $"{Messages.Count} messages of {messages} have come.");
        return [.. Messages];
    }

    public ValueTask DisposeAsync() => server!.DisposeAsync();
}
