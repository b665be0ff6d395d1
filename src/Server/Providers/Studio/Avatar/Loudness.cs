using Rpd.Server.Media;
using Rpd.Server.Providers.Studio.Film;

namespace Rpd.Server.Providers.Studio.Avatar;

/// <summary>How far a mouth is open at every frame of a film, heard from the speech: by its loudness, less where it only hisses.</summary>
internal static class Loudness
{
    private const int Rate = 24_000;
    private const int Window = Rate / Reel.FramesPerSecond;

    /// <summary>One value a frame, 0–1; none when nothing is to be heard.</summary>
    public static async Task<IReadOnlyList<double>> Of(Tools tools, string sound, int secondsMax, CancellationToken cancel)
    {
        var samples = new MemoryStream();
        var heard = await tools.Ffmpeg.Run(
            ["-v", "error", "-nostdin", "-protocol_whitelist", "file,pipe", "-i", sound, "-map", "0:a:0", "-t", $"{secondsMax}", "-ac", "1", "-ar", $"{Rate}", "-f", "s16le", "pipe:1"],
            Probe.Guarded(60) with { Read = (stream, stop) => stream.CopyToAsync(samples, stop) }, cancel);
        if (heard.ExitCode != 0) throw new MediaRefused("The sound could not be decoded.");
        return Mouths(samples.GetBuffer().AsSpan(0, (int)samples.Length));
    }

    private static List<double> Mouths(ReadOnlySpan<byte> bytes)
    {
        var frames = bytes.Length / 2 / Window;
        var (loud, hiss) = (new double[frames], new double[frames]);
        for (var f = 0; f < frames; f++)
        {
            double sum = 0, crossings = 0, before = 0;
            for (var i = 0; i < Window; i++)
            {
                double sample = BitConverter.ToInt16(bytes[((f * Window + i) * 2)..]);
                sum += sample * sample;
                if (sample * before < 0) crossings++;
                before = sample;
            }
            (loud[f], hiss[f]) = (Math.Sqrt(sum / Window), crossings / Window);
        }
        var full = loud.Order().ElementAtOrDefault((int)(frames * 0.92));
        if (full < 20) return [];
        var mouths = new List<double>(frames);
        var open = 0.0;
        for (var f = 0; f < frames; f++)
        {
            var wanted = Math.Min(1, Math.Pow(loud[f] / full, 0.8)) * (1 - 0.6 * Math.Clamp((hiss[f] - 0.12) / 0.25, 0, 1));
            // A mouth opens faster than it closes.
            open += (wanted - open) * (wanted > open ? 0.8 : 0.5);
            mouths.Add(open < 0.06 ? 0 : open);
        }
        return mouths;
    }
}
