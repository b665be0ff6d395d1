using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text;

namespace Rpd.Bench.Chat;

/// <summary>Whoever answers chats in this run: the upstream itself, or what stands before it. Requests are bytes that are made once; only their number differs.</summary>
internal sealed class Target(string name, string address, string path, params (string Name, string Value)[] headers)
{
    private const string Number = "00000000";
    private static int numbers;

    private readonly byte[] whole = Request(address, path, headers, ""), stream = Request(address, path, headers, "\"stream\":true,\"stream_options\":{\"include_usage\":true},");
    private readonly ConcurrentBag<Connection> idle = [];

    public string Name => name;

    /// <summary>Connections are kept and used again, as clients do; node closes them after five idle seconds.</summary>
    public async Task<Connection> Connect()
    {
        while (idle.TryTake(out var kept))
        {
            if (!kept.Closed) return kept;
        }
        var to = new Uri(address);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(to.Host, to.Port);
        return new Connection(socket);
    }

    /// <summary>For the next one who needs a connection.</summary>
    public void Keep(Connection connection) => idle.Add(connection);

    /// <returns>The next request's number and its bytes.</returns>
    public (int Number, byte[] Bytes) Next(bool streamed)
    {
        var number = Interlocked.Increment(ref numbers);
        var bytes = (streamed ? stream : whole).ToArray();
        Utf8Formatter.TryFormat(number, bytes.AsSpan(bytes.AsSpan().IndexOf("\"user\":\""u8) + 8, Number.Length), out _, new('D', (byte)Number.Length));
        return (number, bytes);
    }

    private static byte[] Request(string address, string path, (string Name, string Value)[] headers, string more)
    {
        var body = $$"""{"model":"{{Upstream.Model}}",{{more}}"user":"{{Number}}","max_tokens":2500,"temperature":0.7,"messages":[{"role":"system","content":"You help people to use this platform. Be short and exact."},{"role":"user","content":"How do I create an API key that may spend at most a hundred credits a day, and what happens when it has spent them?"}]}""";
        var head = new StringBuilder($"POST {path} HTTP/1.1\r\nHost: {new Uri(address).Authority}\r\nContent-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n");
        foreach (var (header, value) in headers) head.Append($"{header}: {value}\r\n");
        return Encoding.UTF8.GetBytes(head.Append("\r\n").Append(body).ToString());
    }
}
