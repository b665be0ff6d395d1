using System.Buffers.Text;
using System.Diagnostics;
using System.Net.Sockets;
using System.Text;

namespace Rpd.Bench.Chat;

/// <summary>A kept HTTP/1.1 connection with one request at a time, and nothing between it and the socket: whoever measures must not be what is measured.</summary>
internal sealed class Connection(Socket socket)
{
    private readonly byte[] buffer = new byte[16 * 1024];
    private int from, to;

    /// <summary>By the other side, while nobody asked anything.</summary>
    public bool Closed => socket.Poll(0, SelectMode.SelectRead);

    /// <param name="begun">Told the moment in which the first byte of the body is there, as a timestamp.</param>
    /// <returns>The body.</returns>
    /// <exception cref="InvalidOperationException">Another answer than 200.</exception>
    public async Task<byte[]> Ask(byte[] request, Action<long>? begun = null)
    {
        await socket.SendAsync(request);
        int end;
        while ((end = buffer.AsSpan(from, to - from).IndexOf("\r\n\r\n"u8)) < 0) await Receive();
        var (length, refused) = Head(buffer.AsSpan(from, end));
        from += end + 4;
        if (from == to) await Receive();
        begun?.Invoke(Stopwatch.GetTimestamp());
        var body = length is { } known ? await Known(known) : await Chunked();
        return refused is null ? body : throw new InvalidOperationException($"{refused}\n{Encoding.UTF8.GetString(body)}");
    }

    /// <summary>Looked at only where something is wrong.</summary>
    private static (int? Length, string? Refused) Head(ReadOnlySpan<byte> head)
    {
        int? length = null;
        foreach (var range in head.Split("\r\n"u8))
        {
            var line = head[range];
            var name = "content-length: "u8;
            if (line.Length <= name.Length || !Ascii.EqualsIgnoreCase(line[..name.Length], name)) continue;
            Utf8Parser.TryParse(line[name.Length..], out int value, out _);
            length = value;
        }
        return (length, head.StartsWith("HTTP/1.1 200"u8) ? null : Encoding.ASCII.GetString(head));
    }

    private async ValueTask<byte[]> Known(int length)
    {
        while (to - from < length) await Receive();
        var body = buffer.AsSpan(from, length).ToArray();
        from += length;
        return body;
    }

    private async Task<byte[]> Chunked()
    {
        var body = new MemoryStream(4096);
        while (true)
        {
            int end;
            while ((end = buffer.AsSpan(from, to - from).IndexOf("\r\n"u8)) < 0) await Receive();
            if (!Utf8Parser.TryParse(buffer.AsSpan(from, end), out int size, out _, 'x')) throw new InvalidOperationException("No chunk begins here.");
            from += end + 2;
            while (to - from < size + 2) await Receive();
            body.Write(buffer, from, size);
            from += size + 2;
            if (size == 0) return body.ToArray();
        }
    }

    private async ValueTask Receive()
    {
        if (from > 0)
        {
            buffer.AsSpan(from, to - from).CopyTo(buffer);
            (from, to) = (0, to - from);
        }
        var read = await socket.ReceiveAsync(buffer.AsMemory(to));
        if (read == 0) throw new InvalidOperationException("The connection was closed within an answer.");
        to += read;
    }
}
