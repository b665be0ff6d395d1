using System.Globalization;
using System.Net;

namespace Rpd.E2E.Support;

/// <summary>A server of somebody else's on this machine, whose requests are answered side by side.</summary>
public sealed class Endpoint : IAsyncDisposable
{
    private readonly HttpListener listener = new();
    private readonly Task listening;

    public Endpoint(Func<HttpListenerContext, Task> answer)
    {
        Address = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{Ports.Free()}");
        listener.Prefixes.Add(Address + "/");
        listener.Start();
        listening = Listen(answer);
    }

    public string Address { get; }

    public async ValueTask DisposeAsync()
    {
        listener.Close();
        await listening;
    }

    private async Task Listen(Func<HttpListenerContext, Task> answer)
    {
        var answers = new List<Task>();
        try
        {
            while (listener.IsListening) answers.Add(Answer(answer, await listener.GetContextAsync()));
        }
        catch (Exception ended) when (ended is HttpListenerException or ObjectDisposedException)
        {
            await Task.WhenAll(answers);
        }
    }

    private static async Task Answer(Func<HttpListenerContext, Task> answer, HttpListenerContext call)
    {
        try
        {
            await answer(call);
        }
        catch (Exception gone) when (gone is HttpListenerException or ObjectDisposedException)
        {
            // Who asked has hung up, or the journey has ended: why it did is what shall be read, and not this.
        }
    }
}
