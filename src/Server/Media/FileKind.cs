namespace Rpd.Server.Media;

/// <summary>What a file's first bytes say it is. Names and declared types are not asked: they are whatever the sender likes.</summary>
public static class FileKind
{
    /// <summary>Enough bytes to tell.</summary>
    public const int HeadBytes = 64;

    /// <returns>The content type, or null for anything we do not take.</returns>
    public static string? Of(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith(Png)) return "image/png";
        if (head.Length > 3 && head[0] == 0xFF && head[1] == 0xD8 && head[2] == 0xFF) return "image/jpeg";
        if (head.StartsWith("GIF87a"u8) || head.StartsWith("GIF89a"u8)) return "image/gif";
        if (head.StartsWith("RIFF"u8) && head.Length >= 12)
            return head[8..].StartsWith("WEBP"u8) ? "image/webp" : head[8..].StartsWith("WAVE"u8) ? "audio/wav" : null;
        if (head.Length >= 12 && head[4..].StartsWith("ftyp"u8)) return Brand(head[8..12]);
        if (head.StartsWith((ReadOnlySpan<byte>)[0x1A, 0x45, 0xDF, 0xA3])) return head.IndexOf("webm"u8) >= 0 ? "video/webm" : null;
        if (head.StartsWith("OggS"u8)) return "audio/ogg";
        if (head.StartsWith("fLaC"u8)) return "audio/flac";
        if (AdtsFrame(head)) return "audio/aac";
        return head.StartsWith("ID3"u8) || MpegAudioFrame(head) ? "audio/mpeg" : null;
    }

    private static ReadOnlySpan<byte> Png => [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    private static string? Brand(ReadOnlySpan<byte> brand)
    {
        if (brand.SequenceEqual("M4A "u8) || brand.SequenceEqual("M4B "u8)) return "audio/mp4";
        if (brand.SequenceEqual("qt  "u8)) return "video/quicktime";
        foreach (var known in new[] { "isom", "iso2", "iso4", "iso5", "iso6", "mp41", "mp42", "avc1", "M4V ", "dash", "msnv" })
            if (brand.SequenceEqual(System.Text.Encoding.ASCII.GetBytes(known))) return "video/mp4";
        return null;
    }

    /// <summary>AAC without a container: twelve bits of sync, the layer 0, and a sampling rate that exists.</summary>
    private static bool AdtsFrame(ReadOnlySpan<byte> head) => head.Length > 3 && head[0] == 0xFF && (head[1] & 0xF6) == 0xF0 && ((head[2] >> 2) & 0x0F) < 13;

    /// <summary>Eleven bits of sync, then a layer and a bit rate that exist.</summary>
    private static bool MpegAudioFrame(ReadOnlySpan<byte> head) =>
        head.Length > 3 && head[0] == 0xFF && (head[1] & 0xE0) == 0xE0 && (head[1] & 0x06) == 0x02 && (head[2] & 0xF0) != 0xF0 && (head[2] & 0x0C) != 0x0C;
}
