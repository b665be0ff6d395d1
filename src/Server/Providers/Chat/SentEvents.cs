using System.Buffers;
using System.IO.Pipelines;

namespace Rpd.Server.Providers.Chat;

/// <summary>The data of server-sent events, one after another. Their names and ids and all comments are passed over.</summary>
internal sealed class SentEvents(Stream body)
{
    private const int BytesMax = 4 * 1024 * 1024;

    private readonly PipeReader pipe = PipeReader.Create(body);

    public static ReadOnlySpan<byte> Done => "[DONE]"u8;

    /// <returns>Null at the end.</returns>
    /// <exception cref="InvalidDataException">One event is too large.</exception>
    public async ValueTask<byte[]?> Next(CancellationToken cancel)
    {
        byte[]? data = null;
        while (true)
        {
            var read = await pipe.ReadAsync(cancel);
            var rest = read.Buffer;
            while (Line(ref rest, read.IsCompleted) is { } line)
            {
                if (Data(line) is { } more) data = data is null ? more : [.. data, (byte)'\n', .. more];
                // The end mark needs no blank line: not everybody sends one.
                if (line.Length == 0 ? data is null : !data.AsSpan().SequenceEqual(Done)) continue;
                pipe.AdvanceTo(rest.Start);
                return data;
            }
            if (rest.Length + (data?.Length ?? 0) > BytesMax) throw new InvalidDataException("An event is too large.");
            pipe.AdvanceTo(rest.Start, rest.End);
            if (read.IsCompleted) return data;
        }
    }

    /// <summary>Takes the next line, without its end. The last one may have none.</summary>
    private static byte[]? Line(ref ReadOnlySequence<byte> rest, bool last)
    {
        if (rest.PositionOf((byte)'\n') is not { } end)
        {
            if (!last || rest.IsEmpty) return null;
            var remainder = rest.ToArray();
            rest = rest.Slice(rest.End);
            return remainder;
        }
        var line = rest.Slice(0, end);
        rest = rest.Slice(rest.GetPosition(1, end));
        var bytes = line.ToArray();
        return bytes is [.., (byte)'\r'] ? bytes[..^1] : bytes;
    }

    private static byte[]? Data(byte[] line) =>
        !line.AsSpan().StartsWith("data:"u8) ? null : line is [_, _, _, _, _, (byte)' ', ..] ? line[6..] : line[5..];
}
