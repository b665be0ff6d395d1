using System.Buffers.Binary;

namespace Rpd.Server.Media;

/// <summary>
/// Width and height of a picture as its own header says them, read without decoding anything: whoever hands a picture to a decoder knows what it will unfold to.
/// Of PNG, JPEG, WebP and GIF; the sides as they are stored, before any turning that the file asks for.
/// </summary>
public static class PictureSize
{
    /// <returns>Null when the header is none, or ends early.</returns>
    public static (int Width, int Height)? Of(ReadOnlySpan<byte> file) => FileKind.Of(file[..Math.Min(file.Length, FileKind.HeadBytes)]) switch
    {
        "image/png" when file.Length >= 24 && file[12..].StartsWith("IHDR"u8) => Sides(BinaryPrimitives.ReadUInt32BigEndian(file[16..]), BinaryPrimitives.ReadUInt32BigEndian(file[20..])),
        "image/gif" when file.Length >= 10 => Sides(BinaryPrimitives.ReadUInt16LittleEndian(file[6..]), BinaryPrimitives.ReadUInt16LittleEndian(file[8..])),
        "image/webp" when file.Length >= 30 => WebP(file[12..]),
        "image/jpeg" => Jpeg(file),
        _ => null,
    };

    // Segments up to the first frame's header: ITU T.81, B.2.
    private static (int, int)? Jpeg(ReadOnlySpan<byte> file)
    {
        for (var at = 2; at + 9 <= file.Length;)
        {
            if (file[at] != 0xFF) return null;
            var marker = file[at + 1];
            if (marker == 0xFF)
            {
                at++;
                continue;
            }
            if (marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC)) return Sides(BinaryPrimitives.ReadUInt16BigEndian(file[(at + 7)..]), BinaryPrimitives.ReadUInt16BigEndian(file[(at + 5)..]));
            if (marker is 0xD9 or 0xDA) return null;
            at += 2 + (marker is 0x01 or (>= 0xD0 and <= 0xD7) ? 0 : BinaryPrimitives.ReadUInt16BigEndian(file[(at + 2)..]));
        }
        return null;
    }

    // RFC 9649: the first chunk is the lossy picture, the lossless one, or the extended header.
    private static (int, int)? WebP(ReadOnlySpan<byte> chunk)
    {
        if (chunk.StartsWith("VP8X"u8)) return Sides(1 + Three(chunk[12..]), 1 + Three(chunk[15..]));
        if (chunk.StartsWith("VP8 "u8)) return Sides(BinaryPrimitives.ReadUInt16LittleEndian(chunk[14..]) & 0x3FFFu, BinaryPrimitives.ReadUInt16LittleEndian(chunk[16..]) & 0x3FFFu);
        if (!chunk.StartsWith("VP8L"u8)) return null;
        var bits = BinaryPrimitives.ReadUInt32LittleEndian(chunk[9..]);
        return Sides(1 + (bits & 0x3FFF), 1 + ((bits >> 14) & 0x3FFF));
    }

    private static uint Three(ReadOnlySpan<byte> bytes) => bytes[0] | (uint)bytes[1] << 8 | (uint)bytes[2] << 16;

    private static (int, int)? Sides(uint width, uint height) => width is > 0 and <= int.MaxValue && height is > 0 and <= int.MaxValue ? ((int)width, (int)height) : null;
}
