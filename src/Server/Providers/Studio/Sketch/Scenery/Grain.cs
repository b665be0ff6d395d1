using System.Buffers.Binary;
using System.Text;

namespace Rpd.Server.Providers.Studio.Sketch.Scenery;

/// <summary>
/// Film grain as a small picture that repeats. A noise filter over the whole sheet looks the same and costs ten times as much.
/// </summary>
internal static class Grain
{
    private const int Side = 192;

    public static string Pattern(double pixel, double strength, bool coarse)
    {
        var size = Shape.Number(Side * pixel);
        return $"<pattern id=\"grain\" patternUnits=\"userSpaceOnUse\" width=\"{size}\" height=\"{size}\"><image width=\"{size}\" height=\"{size}\" href=\"data:image/png;base64,"
            + Convert.ToBase64String(Png(Noise(strength, coarse))) + "\"/></pattern>";
    }

    /// <summary>Grey and opacity for each point: dark or light specks, most of them faint.</summary>
    private static byte[] Noise(double strength, bool coarse)
    {
        var rng = new Rng(20260);
        var field = new double[Side * Side];
        for (var i = 0; i < field.Length; i++) field[i] = rng.Unit() + rng.Unit() + rng.Unit() - 1.5;
        var pixels = new byte[Side * Side * 2];
        for (var y = 0; y < Side; y++)
            for (var x = 0; x < Side; x++)
            {
                double At(int dx, int dy) => field[(y + dy + Side) % Side * Side + (x + dx + Side) % Side];
                var value = coarse ? (At(0, 0) + At(1, 0) + At(0, 1) + At(1, 1)) * 0.6 : At(0, 0);
                pixels[(y * Side + x) * 2] = value > 0 ? (byte)255 : (byte)0;
                pixels[(y * Side + x) * 2 + 1] = (byte)Math.Min(255, Math.Abs(value) * strength * 255 * 0.5);
            }
        return pixels;
    }

    /// <summary>Grey with opacity, deflate's stored form: the same bytes whatever compressor a runtime brings.</summary>
    private static byte[] Png(byte[] pixels)
    {
        using var file = new MemoryStream();
        file.Write([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, Side);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), Side);
        (header[8], header[9]) = (8, 4);
        Chunk(file, "IHDR", header);

        var rows = new byte[Side * (Side * 2 + 1)];
        for (var y = 0; y < Side; y++) pixels.AsSpan(y * Side * 2, Side * 2).CopyTo(rows.AsSpan(y * (Side * 2 + 1) + 1));
        using var data = new MemoryStream();
        data.Write([0x78, 0x01]);
        for (var at = 0; at < rows.Length; at += 65535)
        {
            var length = Math.Min(65535, rows.Length - at);
            data.Write([(byte)(at + length == rows.Length ? 1 : 0), (byte)length, (byte)(length >> 8), (byte)~length, (byte)(~length >> 8)]);
            data.Write(rows, at, length);
        }
        var (a, b) = (1u, 0u);
        foreach (var value in rows)
        {
            a = (a + value) % 65521;
            b = (b + a) % 65521;
        }
        data.Write([(byte)(b >> 8), (byte)b, (byte)(a >> 8), (byte)a]);
        Chunk(file, "IDAT", data.ToArray());
        Chunk(file, "IEND", []);
        return file.ToArray();
    }

    private static void Chunk(Stream file, string name, byte[] body)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, body.Length);
        file.Write(number);
        byte[] named = [.. Encoding.ASCII.GetBytes(name), .. body];
        file.Write(named);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc(named));
        file.Write(number);
    }

    private static uint Crc(byte[] bytes)
    {
        var crc = 0xFFFFFFFFu;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++) crc = (crc & 1) != 0 ? (crc >> 1) ^ 0xEDB88320u : crc >> 1;
        }
        return ~crc;
    }
}
