using System.Buffers.Binary;
using System.IO.Compression;

namespace Rpd.Server.Tests.Media;

/// <summary>PNG files without any tool.</summary>
internal static class PngFile
{
    /// <param name="rgb">The colour of each place.</param>
    public static byte[] Of(int side, Func<int, int, (byte Red, byte Green, byte Blue)> rgb)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            for (var y = 0; y < side; y++)
            {
                zlib.WriteByte(0);
                for (var x = 0; x < side; x++)
                {
                    var (red, green, blue) = rgb(x, y);
                    zlib.Write([red, green, blue]);
                }
            }
        return Of(side, side, grey: false, packed.ToArray());
    }

    /// <param name="packed">Its lines, as zlib packs them; whatever stands there.</param>
    public static byte[] Of(int width, int height, bool grey, byte[] packed)
    {
        using var file = new MemoryStream();
        file.Write([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]);
        var header = new byte[17];
        "IHDR"u8.CopyTo(header);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(8), height);
        (header[12], header[13]) = (8, (byte)(grey ? 0 : 2));
        Chunk(file, header);
        Chunk(file, [.. "IDAT"u8, .. packed]);
        Chunk(file, "IEND"u8.ToArray());
        return file.ToArray();
    }

    private static void Chunk(Stream file, byte[] named)
    {
        var number = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, named.Length - 4);
        file.Write(number);
        file.Write(named);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc(named));
        file.Write(number);
    }

    private static uint Crc(byte[] bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++) crc = (crc & 1) != 0 ? (crc >> 1) ^ 0xEDB88320u : crc >> 1;
        }
        return ~crc;
    }
}
