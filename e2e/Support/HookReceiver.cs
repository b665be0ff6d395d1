using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Threading.Channels;

namespace Rpd.E2E.Support;

/// <summary>Somebody's webhook endpoint on this machine, which keeps what it is sent and answers what the journey wants.</summary>
public sealed class HookReceiver : IAsyncDisposable
{
    private readonly Channel<(string Body, string Signature)> messages = Channel.CreateUnbounded<(string, string)>();
    private readonly Endpoint endpoint;

    public HookReceiver() => endpoint = new(Keep);

    public string Url => endpoint.Address + "/hook";

    public int Status { get; set; } = 200;

    public static string Signature(string secret, string body) => Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(body)));

    public async Task<(string Body, string Signature)> Next() => await messages.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(20));

    public ValueTask DisposeAsync() => endpoint.DisposeAsync();

    private async Task Keep(HttpListenerContext call)
    {
        var body = await new StreamReader(call.Request.InputStream, Encoding.UTF8).ReadToEndAsync();
        await messages.Writer.WriteAsync((body, call.Request.Headers["X-Webhook-Signature"] ?? ""));
        call.Response.StatusCode = Status;
        call.Response.Close();
    }
}
