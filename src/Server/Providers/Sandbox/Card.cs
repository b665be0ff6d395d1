using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace Rpd.Server.Providers.Sandbox;

/// <summary>A PNG of one colour with the word SANDBOX across it: nobody takes it for what a model made. The colour follows from the request.</summary>
internal static class Card
{
    private const int LetterWidth = 5, LetterHeight = 7, Advance = LetterWidth + 1;

    /// <summary>Seven rows of five points for each letter of the word.</summary>
    private static readonly string[] Word =
    [
        "01111 01110 10001 11110 11110 01110 10001",
        "10000 10001 11001 10001 10001 10001 10001",
        "10000 10001 10101 10001 10001 10001 01010",
        "01110 11111 10011 10001 11110 10001 00100",
        "00001 10001 10001 10001 10001 10001 01010",
        "00001 10001 10001 10001 10001 10001 10001",
        "11110 10001 10001 11110 11110 01110 10001",
    ];

    public static async Task Write(string path, int width, int height, string seed, CancellationToken cancel)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(seed));
        // Dark enough for a light word.
        byte[] ground = [(byte)(40 + (hash[0] % 96)), (byte)(40 + (hash[1] % 96)), (byte)(40 + (hash[2] % 96))], ink = [245, 242, 232];
        var point = Math.Max(1, width * 8 / 10 / (Advance * 7));
        var (left, top) = ((width - (point * ((Advance * 7) - 1))) / 2, (height - (point * LetterHeight)) / 2);
        var pixels = new byte[height * ((width * 3) + 1)];
        for (int y = 0, at = 0; y < height; y++)
        {
            at++; // The row's filter: none.
            for (var x = 0; x < width; x++, at += 3) (Inked(x - left, y - top, point) ? ink : ground).CopyTo(pixels, at);
        }
        await using var file = File.Create(path);
        await file.WriteAsync(Png(width, height, pixels), cancel);
    }

    private static bool Inked(int x, int y, int point)
    {
        if (x < 0 || y < 0) return false;
        var (column, row) = (x / point, y / point);
        return row < LetterHeight && column < (Advance * 7) - 1 && Word[row][column] == '1';
    }

    private static byte[] Png(int width, int height, byte[] pixels)
    {
        var png = new MemoryStream();
        png.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9]) = (8, 2); // Eight bits a channel, true colour.
        Chunk(png, "IHDR", header);
        var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true)) zlib.Write(pixels);
        Chunk(png, "IDAT", packed.ToArray());
        Chunk(png, "IEND", []);
        return png.ToArray();
    }

    private static void Chunk(MemoryStream png, string name, byte[] data)
    {
        byte[] body = [.. Encoding.ASCII.GetBytes(name), .. data];
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        png.Write(number);
        png.Write(body);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc32(body));
        png.Write(number);
    }

    private static uint Crc32(byte[] bytes)
    {
        var crc = 0xFFFF_FFFFu;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++) crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ 0xEDB8_8320u;
        }
        return ~crc;
    }
}
