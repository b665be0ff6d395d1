namespace Rpd.Server.Media;

/// <summary>Every program the platform may start, by what it does.</summary>
public sealed record Tools
{
    public Tool Ffmpeg { get; init; } = new("ffmpeg", "ffmpeg");
    public Tool Ffprobe { get; init; } = new("ffprobe", "ffmpeg");
    public Tool Vips { get; init; } = new("vips", "libvips-tools");
    public Tool VipsThumbnail { get; init; } = new("vipsthumbnail", "libvips-tools");
    public Tool VipsHeader { get; init; } = new("vipsheader", "libvips-tools");
    public Tool EspeakNg { get; init; } = new("espeak-ng", "espeak-ng");
    public Tool Tesseract { get; init; } = new("tesseract", "tesseract-ocr");
}

/// <summary>
/// Media: what a file is (<see cref="Probe"/>), small pictures of it (<see cref="Thumbnails"/>), its blur (<see cref="BlurHash"/>), and the programs that do the work.
/// </summary>
public static class MediaSetup
{
    public static IServiceCollection AddMedia(this IServiceCollection services) =>
        services.AddSingleton<Tools>().AddSingleton<Probe>().AddSingleton<Thumbnails>();
}
