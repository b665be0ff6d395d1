using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Threading.Channels;

namespace Rpd.E2E.Support;

/// <summary>Somebody's webhook endpoint on this machine, which keeps what it is sent and answers what the journey wants.</summary>
public sealed class HookReceiver : IAsyncDisposable
{
    private readonly HttpListener listener = new();
    private readonly Channel<(string Body, string Signature)> messages = Channel.CreateUnbounded<(string, string)>();
    private readonly Task listening;

    public HookReceiver()
    {
        var port = Ports.Free();
        Url = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}/hook");
        listener.Prefixes.Add(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}/"));
        listener.Start();
        listening = Listen();
    }

    public string Url { get; }

    public int Status { get; set; } = 200;

    public static string Signature(string secret, string body) => Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(body)));

    public async Task<(string Body, string Signature)> Next() => await messages.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(20));

    public async ValueTask DisposeAsync()
    {
        listener.Close();
        await listening;
    }

    private async Task Listen()
    {
        while (listener.IsListening)
        {
            try
            {
                var call = await listener.GetContextAsync();
                var body = await new StreamReader(call.Request.InputStream, Encoding.UTF8).ReadToEndAsync();
                await messages.Writer.WriteAsync((body, call.Request.Headers["X-Webhook-Signature"] ?? ""));
                call.Response.StatusCode = Status;
                call.Response.Close();
            }
            catch (Exception ended) when (ended is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
        }
    }
}
