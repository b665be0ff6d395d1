using System.Globalization;
using Rpd.Server.Media;

namespace Rpd.Server.Providers.Studio.Film;

/// <param name="Frames">How many are painted.</param>
/// <param name="Sound">A file to be heard with it, cut at the film's end.</param>
/// <param name="Coarse">Every painted pixel becomes a square of this many, without smoothing.</param>
internal sealed record Reel(string Path, int Width, int Height, int Frames, string? Sound = null, int Coarse = 1)
{
    public const int FramesPerSecond = 24;
}

/// <summary>Writes painted frames as an H.264 film: the next frame is painted while the encoder takes the last one.</summary>
internal static class FilmReel
{
    private const int SecondsMax = 600;

    /// <summary>What every film of ours is encoded with. The number of threads is fixed because the bytes depend on it.</summary>
    public static readonly IReadOnlyList<string> Encoding =
    [
        "-c:v", "libx264", "-preset", "veryfast", "-crf", "19", "-threads", "2", "-pix_fmt", "yuv420p", "-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709",
        "-color_range", "tv", "-movflags", "+faststart", "-map_metadata", "-1", "-fflags", "+bitexact", "-flags:v", "+bitexact",
    ];

    public static readonly IReadOnlyList<string> SoundEncoding = ["-c:a", "aac", "-b:a", "128k", "-ar", "44100", "-flags:a", "+bitexact"];

    /// <summary>Colours as screens show them into the matrix that <see cref="Encoding"/> names.</summary>
    public const string ToFilm = "scale=in_range=pc:out_range=tv:out_color_matrix=bt709,format=yuv420p";

    /// <param name="paint">Fills the frame of this number.</param>
    /// <param name="from">Progress before the first frame; 99 follows the last.</param>
    /// <returns>Whether the encoder finished.</returns>
    public static Task<bool> Write(Tools tools, Reel reel, Action<int, Raster> paint, IProgress<int> progress, int from, CancellationToken cancel) =>
        Stream(tools, reel, (pipe, stop) => Feed(pipe, reel, paint, progress, from, stop), cancel);

    /// <param name="feed">Writes the frames, three bytes a pixel.</param>
    public static async Task<bool> Stream(Tools tools, Reel reel, Func<Stream, CancellationToken, Task> feed, CancellationToken cancel)
    {
        List<string> args =
        [
            "-v", "error", "-f", "rawvideo", "-pix_fmt", "rgb24", "-s", Size(reel.Width, reel.Height), "-r", "24", "-i", "pipe:0",
            .. reel.Sound is { } sound ? new[] { "-protocol_whitelist", "file", "-i", sound, "-map", "0:v", "-map", "1:a:0?", "-af", "apad", "-shortest" } : [],
            "-vf", (reel.Coarse > 1 ? $"scale={Size(reel.Width * reel.Coarse, reel.Height * reel.Coarse)}:flags=neighbor," : "") + ToFilm,
            .. Encoding, .. reel.Sound is null ? [] : SoundEncoding, "-y", reel.Path,
        ];
        var result = await tools.Ffmpeg.Run(args, Probe.Guarded(SecondsMax) with { Write = feed }, cancel);
        return result.ExitCode == 0 && File.Exists(reel.Path);
    }

    public static string Size(int width, int height) => string.Create(CultureInfo.InvariantCulture, $"{width}x{height}");

    private static async Task Feed(Stream pipe, Reel reel, Action<int, Raster> paint, IProgress<int> progress, int from, CancellationToken stop)
    {
        var frame = new Raster(reel.Width, reel.Height);
        byte[] painted = new byte[reel.Width * reel.Height * 3], leaving = new byte[painted.Length];
        var writing = Task.CompletedTask;
        for (var number = 0; number < reel.Frames; number++)
        {
            stop.ThrowIfCancellationRequested();
            paint(number, frame);
            frame.CopyRgb(painted);
            await writing;
            (painted, leaving) = (leaving, painted);
            writing = pipe.WriteAsync(leaving.AsMemory(), stop).AsTask();
            progress.Report(from + (99 - from) * (number + 1) / reel.Frames);
        }
        await writing;
    }
}
