using System.Buffers;
using System.Globalization;

namespace Rpd.Server.Outbound;

/// <summary>Copies an answer's body until its end or the limit. It counts what comes out of decompression, so that a small bomb is a large file.</summary>
internal static class BoundedCopy
{
    public sealed record Copied(long Bytes);

    public static async Task<OutboundResult<Copied>> Run(HttpResponseMessage answer, Stream into, long bytesMax, TimeSpan within, CancellationToken limit, CancellationToken cancel)
    {
        var tooLarge = new OutboundFailure(OutboundFault.TooLarge, string.Create(CultureInfo.InvariantCulture, $"The file is larger than {bytesMax:N0} bytes."));
        if (answer.Content.Headers.ContentLength > bytesMax) return tooLarge;
        var buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
        try
        {
            var all = 0L;
            Stream? body = null;
            while (true)
            {
                int read;
                try
                {
                    body ??= await answer.Content.ReadAsStreamAsync(limit);
                    read = await body.ReadAsync(buffer, limit);
                }
                catch (Exception fault) when (OutboundTrouble.Explain(fault, within, limit, cancel) is { } failure)
                {
                    return failure;
                }
                if (read == 0) return new Copied(all);
                if ((all += read) > bytesMax) return tooLarge;
                await into.WriteAsync(buffer.AsMemory(0, read), cancel);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
