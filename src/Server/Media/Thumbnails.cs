using System.Globalization;

namespace Rpd.Server.Media;

/// <param name="Path">A WebP file in the folder that was given.</param>
public sealed record Thumbnail(int Width, int Height, string Path);

/// <summary>Small WebP copies for lists and pages: of pictures, and of a video's first frame that is not black.</summary>
public sealed class Thumbnails(Tools tools)
{
    public static readonly IReadOnlyList<int> Widths = [320, 640, 1280];

    /// <summary>Where a thumbnail lies, beside its original: <c>outputs/…/0.png</c> → <c>outputs/…/0-640.webp</c>.</summary>
    public static string Key(string original, int width) => string.Create(CultureInfo.InvariantCulture, $"{original.AsSpan(0, original.LastIndexOf('.'))}-{width}.webp");

    public static int HeightAt(int width, int fullWidth, int fullHeight) => Math.Max(1, (int)Math.Round((double)fullHeight * width / fullWidth));

    /// <summary>Smallest first. Nothing is enlarged: what is narrower than a width gets one copy in its own instead. Sound has none.</summary>
    /// <param name="folder">An existing folder; files are named <c>thumbnail-{width}.webp</c>.</param>
    /// <exception cref="MediaRefused">The file could not be decoded after all.</exception>
    public async Task<IReadOnlyList<Thumbnail>> Make(string path, MediaFacts facts, string folder, CancellationToken cancel)
    {
        if (facts.IsAudio) return [];
        var source = path;
        if (facts.IsVideo)
        {
            source = Path.Combine(folder, "frame.png");
            await Frame(path, source, cancel);
        }
        try
        {
            return await Shrink(source, facts, folder, cancel);
        }
        finally
        {
            if (facts.IsVideo) File.Delete(source);
        }
    }

    /// <summary>
    /// From large to small, each from the one before: only the first step reads the source, and reads it shrunk where the format allows.
    /// </summary>
    private async Task<IReadOnlyList<Thumbnail>> Shrink(string source, MediaFacts facts, string folder, CancellationToken cancel)
    {
        var (width, height) = (facts.Width ?? throw new ArgumentException("A picture without a width.", nameof(facts)), facts.Height ?? throw new ArgumentException("A picture without a height.", nameof(facts)));
        var widths = Widths.Where(w => w < width).Append(Math.Min(width, Widths[^1])).Distinct().OrderDescending().ToList();
        var made = new List<Thumbnail>();
        var from = source;
        foreach (var wanted in widths)
        {
            var target = Path.Combine(folder, $"thumbnail-{wanted}.webp");
            var result = await tools.VipsThumbnail.Run(
                [from, "--size", $"{wanted}x{Probe.SidePixelsMax}>", "--rotate", "-o", target + "[Q=82,effort=0,strip]"], Probe.Guarded(60), cancel);
            if (result.ExitCode != 0) throw new MediaRefused("The picture could not be decoded.");
            made.Add(new Thumbnail(wanted, HeightAt(wanted, width, height), target));
            from = target;
        }
        made.Reverse();
        return made;
    }

    /// <summary>The most typical frame of the first hundred; films often begin in black.</summary>
    private async Task Frame(string video, string target, CancellationToken cancel)
    {
        var result = await tools.Ffmpeg.Run(
            ["-v", "error", "-nostdin", "-protocol_whitelist", "file", "-i", video, "-map", "0:v:0", "-vf", "thumbnail=60", "-frames:v", "1", "-y", target], Probe.Guarded(60), cancel);
        if (result.ExitCode != 0 || !File.Exists(target)) throw new MediaRefused("The video has no frame that could be decoded.");
    }
}
