using System.Globalization;
using System.Text.Json;

namespace Rpd.Server.Media;

/// <param name="ContentType">Decided by the file's own bytes.</param>
/// <param name="DurationSeconds">Of sound, video and moving pictures with a known length.</param>
public sealed record MediaFacts(string ContentType, int? Width, int? Height, double? DurationSeconds, long Bytes)
{
    public bool IsImage => ContentType.StartsWith("image/", StringComparison.Ordinal);
    public bool IsVideo => ContentType.StartsWith("video/", StringComparison.Ordinal);
    public bool IsAudio => ContentType.StartsWith("audio/", StringComparison.Ordinal);
}

/// <summary>A file we do not take; the message is a plain sentence for whoever sent it.</summary>
public sealed class MediaRefused(string message) : Exception(message);

/// <summary>Says what a file is, from its bytes, before anything decodes it in full.</summary>
public sealed class Probe(Tools tools)
{
    public const int SidePixelsMax = 16_384;
    public const long AreaPixelsMax = 100_000_000;

    // A photograph's own thumbnail and profile may stand before its size.
    private const int SizeWithinBytes = 256 * 1024;

    /// <summary>Loaders that read untrusted bytes may use this much and no more.</summary>
    internal const long MemoryBytesMax = 4L << 30;

    internal static readonly Dictionary<string, string> Untrusted = new() { ["VIPS_BLOCK_UNTRUSTED"] = "1" };

    internal static ToolOptions Guarded(int seconds, int outputBytesMax = Tool.OutputBytesMax) =>
        new(TimeSpan.FromSeconds(seconds), MemoryBytesMax: MemoryBytesMax, OutputBytesMax: outputBytesMax) { Environment = Untrusted };

    /// <exception cref="MediaRefused">Unknown kind, damaged, or too large to decode.</exception>
    /// <exception cref="ToolMissing">The program that reads this kind is not installed.</exception>
    public async Task<MediaFacts> Read(string path, CancellationToken cancel)
    {
        var bytes = new FileInfo(path).Length;
        var kind = FileKind.Of(await Head(path, FileKind.HeadBytes, cancel)) ?? throw new MediaRefused(bytes == 0 ? "The file is empty." : "This kind of file is not supported. Use PNG, JPEG, WebP, GIF, MP4, MOV, WebM, MP3, WAV, OGG, M4A, FLAC or AAC.");
        return kind.StartsWith("image/", StringComparison.Ordinal) ? await Image(path, kind, bytes, cancel) : await Stream(path, kind, bytes, cancel);
    }

    private Task<MediaFacts> Image(string path, string kind, long bytes, CancellationToken cancel) => Picture(path, kind, bytes, Bounded, cancel);

    /// <summary>Of a picture whose kind is known.</summary>
    /// <param name="bounded">Throws when a picture of this width and height is not to be decoded.</param>
    /// <inheritdoc cref="Read"/>
    internal async Task<MediaFacts> Picture(string path, string kind, long bytes, Action<int, int> bounded, CancellationToken cancel)
    {
        var (width, height) = await Sides(path, cancel);
        bounded(width, height);
        // The header may be whole and the rest gone; averaging streams through every pixel and keeps none.
        var pixels = await tools.Vips.Run(["avg", kind == "image/gif" ? path : path + "[fail_on=truncated]"], Guarded(60), cancel);
        if (pixels.ExitCode != 0) throw Damaged("image");
        return new MediaFacts(kind, width, height, null, bytes);
    }

    // Nearly every file says them in its first bytes; asking a program costs more than all the rest of the look.
    private async Task<(int Width, int Height)> Sides(string path, CancellationToken cancel)
    {
        if (PictureSize.Of(await Head(path, SizeWithinBytes, cancel)) is { } said) return said;
        var header = await tools.VipsHeader.Run(["-a", path], Guarded(20, 256 * 1024), cancel);
        if (header.ExitCode != 0) throw Damaged("image");
        var fields = header.Text.Split('\n').Select(l => l.Split(": ", 2)).Where(p => p.Length == 2).GroupBy(p => p[0]).ToDictionary(g => g.Key, g => g.First()[1].Trim());
        return int.TryParse(fields.GetValueOrDefault("width"), CultureInfo.InvariantCulture, out var width) && int.TryParse(fields.GetValueOrDefault("height"), CultureInfo.InvariantCulture, out var height)
            ? (width, height) : throw Damaged("image");
    }

    private static async Task<byte[]> Head(string path, int most, CancellationToken cancel)
    {
        await using var file = File.OpenRead(path);
        var head = new byte[Math.Min(most, file.Length)];
        return head[..await file.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancel)];
    }

    private async Task<MediaFacts> Stream(string path, string kind, long bytes, CancellationToken cancel)
    {
        var answer = await tools.Ffprobe.Run(
            ["-v", "error", "-protocol_whitelist", "file", "-show_entries", "format=duration:stream=codec_type,width,height,duration:stream_disposition=attached_pic", "-of", "json", path], Guarded(30), cancel);
        if (answer.ExitCode != 0) throw Damaged(kind[..5]);
        using var json = JsonDocument.Parse(answer.Out);
        var streams = json.RootElement.TryGetProperty("streams", out var all) ? all.EnumerateArray().ToList() : [];
        var video = streams.Where(s => Is(s, "video") && !Cover(s)).Select(s => (JsonElement?)s).FirstOrDefault();
        var duration = Seconds(json.RootElement.TryGetProperty("format", out var format) ? format : default) ?? streams.Select(Seconds).Max();
        if (kind == "audio/ogg" && video is not null) throw new MediaRefused("OGG files with video are not supported; use MP4 or WebM.");
        if (kind.StartsWith("audio/", StringComparison.Ordinal))
            return streams.Exists(s => Is(s, "audio")) ? new MediaFacts(kind, null, null, duration, bytes) : throw Damaged("audio");
        if (video is not { } picture)
        {
            // A container for video that holds sound alone is sound.
            if (!streams.Exists(s => Is(s, "audio"))) throw Damaged("video");
            return new MediaFacts(kind == "video/webm" ? "audio/webm" : "audio/mp4", null, null, duration, bytes);
        }
        var (width, height) = (picture.GetProperty("width").GetInt32(), picture.GetProperty("height").GetInt32());
        Bounded(width, height);
        return new MediaFacts(kind, width, height, duration, bytes);
    }

    private static void Bounded(int width, int height)
    {
        if (width < 1 || height < 1) throw Damaged("image");
        if (width > SidePixelsMax || height > SidePixelsMax || (long)width * height > AreaPixelsMax)
            throw new MediaRefused($"The picture is too large: {width} × {height} pixels. At most {SidePixelsMax} a side and {AreaPixelsMax / 1_000_000} megapixels are allowed.");
    }

    private static MediaRefused Damaged(string what) => new($"The {what} file is damaged or incomplete.");

    private static bool Is(JsonElement stream, string type) => stream.TryGetProperty("codec_type", out var found) && found.GetString() == type;

    private static bool Cover(JsonElement stream) =>
        stream.TryGetProperty("disposition", out var disposition) && disposition.TryGetProperty("attached_pic", out var cover) && cover.GetInt32() == 1;

    private static double? Seconds(JsonElement element) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty("duration", out var text) && double.TryParse(text.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) ? seconds : null;
}
