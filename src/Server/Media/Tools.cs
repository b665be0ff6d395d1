namespace Rpd.Server.Media;

/// <summary>Every program the platform may start, by what it does.</summary>
public sealed record Tools
{
    public Tool Ffmpeg { get; init; } = new("ffmpeg", "ffmpeg");
    public Tool Ffprobe { get; init; } = new("ffprobe", "ffmpeg");
    public Tool Vips { get; init; } = OfVips("vips");
    public Tool VipsThumbnail { get; init; } = OfVips("vipsthumbnail");
    public Tool VipsHeader { get; init; } = OfVips("vipsheader");
    public Tool EspeakNg { get; init; } = new("espeak-ng", "espeak-ng");
    public Tool Tesseract { get; init; } = new("tesseract", "tesseract-ocr");

    // Looking for its modules where none are leaves them out: they read kinds that nobody may send us (HEIF, PDF, slides, ImageMagick's), and linking them
    // is near half of a short run.
    private static Tool OfVips(string name) => new(name, "libvips-tools") { Environment = new Dictionary<string, string> { ["VIPSHOME"] = "/nonexistent" } };
}

/// <summary>
/// Media: what a file is (<see cref="Probe"/>), small pictures of it (<see cref="Thumbnails"/>), its blur (<see cref="BlurHash"/>), and the programs that do the work.
/// </summary>
public static class MediaSetup
{
    public static IServiceCollection AddMedia(this IServiceCollection services) =>
        services.AddSingleton<Tools>().AddSingleton<Probe>().AddSingleton<Thumbnails>().AddSingleton<SweepWorkFolders>();
}
