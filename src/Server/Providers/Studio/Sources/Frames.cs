using System.Globalization;
using Rpd.Server.Media;
using Rpd.Server.Providers.Studio.Film;

namespace Rpd.Server.Providers.Studio.Sources;

/// <summary>A video's pictures, one after the other, as they are decoded; none is kept.</summary>
internal static class Frames
{
    private const int SecondsMax = 600;

    /// <param name="format"><c>rgb24</c> or <c>gray</c>.</param>
    /// <param name="take">Gets every frame's bytes in turn; they are overwritten by the next.</param>
    /// <exception cref="MediaRefused">It holds no picture that could be decoded.</exception>
    public static async Task Each(Tools tools, string video, int width, int height, string format, Func<byte[], CancellationToken, Task> take, CancellationToken cancel)
    {
        var frames = 0;
        async Task Read(Stream stream, CancellationToken stop)
        {
            var frame = new byte[width * height * (format == "gray" ? 1 : 3)];
            while (await stream.ReadAtLeastAsync(frame, frame.Length, throwOnEndOfStream: false, stop) == frame.Length)
            {
                frames++;
                await take(frame, stop);
            }
        }
        var scale = string.Create(CultureInfo.InvariantCulture, $"fps={Reel.FramesPerSecond},scale={width}:{height}:flags=area,format={format}");
        var result = await tools.Ffmpeg.Run(
            ["-v", "error", "-nostdin", "-protocol_whitelist", "file,pipe", "-threads", "2", "-i", video, "-map", "0:v:0", "-t", $"{Source.VideoSecondsMax}", "-vf", scale, "-f", "rawvideo", "pipe:1"],
            Probe.Guarded(SecondsMax) with { Read = Read }, cancel);
        if (result.ExitCode != 0 || frames == 0) throw new MediaRefused("The video could not be decoded.");
    }

    /// <summary>Small grey copies of all frames, for looking at how they move.</summary>
    public static async Task<List<Grey>> Small(Tools tools, string video, MediaFacts facts, CancellationToken cancel)
    {
        var (width, height) = Fit(facts.Width!.Value, facts.Height!.Value, 160 * 160);
        var all = new List<Grey>();
        await Each(tools, video, width, height, "gray", (frame, _) =>
        {
            all.Add(new(width, height, [.. frame]));
            return Task.CompletedTask;
        }, cancel);
        return all;
    }

    /// <summary>Even sides of the same shape with no more pixels than that; never larger than it was.</summary>
    public static (int Width, int Height) Fit(int width, int height, double area)
    {
        var factor = Math.Min(1, Math.Sqrt(area / ((double)width * height)));
        return (Math.Max(16, (int)Math.Round(width * factor / 2) * 2), Math.Max(16, (int)Math.Round(height * factor / 2) * 2));
    }
}

/// <summary>A small picture without colour.</summary>
internal sealed record Grey(int Width, int Height, byte[] Pixels);
