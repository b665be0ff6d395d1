using System.Globalization;
using System.Text.Json;
using Rpd.Server.Media;
using Rpd.Server.Providers;
using Rpd.Server.Providers.Studio;
using Xunit;

namespace Rpd.Server.Tests.Providers.Studio;

/// <summary>Makes real inputs, runs models on them, and looks at the bytes that come back with programs of their own.</summary>
internal sealed class Screening : IDisposable
{
    public const int Width = 64, Height = 40;
    private static readonly Tools Tools = new();
    private readonly StudioRequest _requests = new();

    public string Path(string name) => System.IO.Path.Combine(_requests.Folder, name);

    public async Task<ProviderResult> Submit(string type, string model, string prompt = "", object? parameters = null, string? image = null, string? video = null, string? audio = null, Reports? reports = null) =>
        await new StudioProvider(Tools).Submit(_requests.Of(type, model, prompt, parameters, image, video, audio), reports ?? new Reports(), TestContext.Current.CancellationToken);

    public async Task<string> Make(string type, string model, string prompt = "", object? parameters = null, string? image = null, string? video = null, string? audio = null)
    {
        var result = await Submit(type, model, prompt, parameters, image, video, audio);
        return Assert.Single(Assert.IsType<ProviderResult.Finished>(result).Outputs).Path;
    }

    public async Task<string> Invalid(string type, string model, string prompt = "", object? parameters = null, string? image = null, string? video = null, string? audio = null)
    {
        var failed = Assert.IsType<ProviderResult.Failed>(await Submit(type, model, prompt, parameters, image, video, audio));
        Assert.Equal(ProviderFault.InvalidInput, failed.Fault);
        return failed.Message;
    }

    /// <summary>A drawing with plenty to recognise.</summary>
    public Task<string> Picture(string prompt = "a red house by a lake, mountains", int width = 320, int height = 200) =>
        Make("text2image", "studio-sketch", prompt, new { width, height, seed = 3 });

    /// <summary>A camera that goes over a picture.</summary>
    /// <param name="x">Of the frame's left edge, in pixels, as a term of n, the frame's number.</param>
    public async Task<string> Pan(string name, string picture, string x, double seconds = 1.5, string y = "20", bool sound = false)
    {
        var length = seconds.ToString(CultureInfo.InvariantCulture);
        string[] tone = sound ? ["-f", "lavfi", "-i", $"sine=frequency=440:duration={length}", "-shortest"] : [];
        await Ffmpeg(["-loop", "1", "-framerate", "24", "-t", length, "-i", picture, .. tone, "-vf", $"crop=240:150:x='{x}':y='{y}'", "-pix_fmt", "yuv420p", "-c:v", "libx264", "-crf", "12", Path(name)]);
        return Path(name);
    }

    public Task Ffmpeg(IReadOnlyList<string> args) => Ok(Tools.Ffmpeg, ["-v", "error", "-nostdin", "-y", .. args]);

    public Task<MediaFacts> Facts(string path) => new Probe(Tools).Read(path, TestContext.Current.CancellationToken);

    /// <summary>The streams as ffprobe sees them: codec, pixel format and rate of the picture, codec of the sound.</summary>
    public async Task<(string Video, string Pixels, string Rate, string? Audio)> Streams(string path)
    {
        var answer = await Tools.Ffprobe.Run(["-v", "error", "-show_entries", "stream=codec_type,codec_name,pix_fmt,r_frame_rate", "-of", "json", path], ToolOptions.Within(30), TestContext.Current.CancellationToken);
        var streams = JsonDocument.Parse(answer.Out).RootElement.GetProperty("streams").EnumerateArray().ToList();
        var video = streams.Single(s => s.GetProperty("codec_type").GetString() == "video");
        var audio = streams.Where(s => s.GetProperty("codec_type").GetString() == "audio").Select(s => s.GetProperty("codec_name").GetString()).SingleOrDefault();
        return (video.GetProperty("codec_name").GetString()!, video.GetProperty("pix_fmt").GetString()!, video.GetProperty("r_frame_rate").GetString()!, audio);
    }

    /// <summary>All frames of a film, or the one picture, small: three bytes a pixel.</summary>
    public async Task<List<byte[]>> Frames(string path, int width = Width, int height = Height)
    {
        var raw = Path(Guid.NewGuid().ToString("N"));
        await Ffmpeg(["-i", path, "-map", "0:v:0", "-vf", $"scale={width}:{height}:flags=area", "-f", "rawvideo", "-pix_fmt", "rgb24", raw]);
        var bytes = await File.ReadAllBytesAsync(raw, TestContext.Current.CancellationToken);
        return [.. bytes.Chunk(width * height * 3)];
    }

    /// <summary>16-bit samples of one channel at 24 kHz.</summary>
    public async Task<short[]> Sound(string path)
    {
        var raw = Path(Guid.NewGuid().ToString("N"));
        await Ffmpeg(["-i", path, "-map", "0:a:0", "-ac", "1", "-ar", "24000", "-f", "s16le", raw]);
        var bytes = await File.ReadAllBytesAsync(raw, TestContext.Current.CancellationToken);
        return [.. Enumerable.Range(0, bytes.Length / 2).Select(i => BitConverter.ToInt16(bytes, i * 2))];
    }

    /// <summary>Pearson's: 1 the same but for brightness and contrast, 0 nothing in common.</summary>
    public static double Alike(IReadOnlyList<byte> a, IReadOnlyList<byte> b) => Together([.. a.Select(v => (double)v)], [.. b.Select(v => (double)v)]);

    /// <summary>As <see cref="Alike"/>, of light and dark alone.</summary>
    public static double AlikeInGrey(byte[] a, byte[] b) => Together(Grey(a), Grey(b));

    private static double[] Grey(byte[] frame) => [.. frame.Chunk(3).Select(p => 0.299 * p[0] + 0.587 * p[1] + 0.114 * p[2])];

    public static double Together(double[] a, double[] b)
    {
        Assert.Equal(a.Length, b.Length);
        var (ma, mb) = (a.Average(), b.Average());
        double up = 0, na = 0, nb = 0;
        for (var i = 0; i < a.Length; i++)
        {
            up += (a[i] - ma) * (b[i] - mb);
            na += (a[i] - ma) * (a[i] - ma);
            nb += (b[i] - mb) * (b[i] - mb);
        }
        return na * nb == 0 ? 0 : up / Math.Sqrt(na * nb);
    }

    public static double Difference(byte[] a, byte[] b) => a.Zip(b, (x, y) => Math.Abs(x - y)).Average();

    /// <summary>How far, in pixels to the right, the content of one small frame must be moved to lie best on the next.</summary>
    public static int ShiftX(byte[] before, byte[] after, int reach = 12, int width = Width, int height = Height)
    {
        double Cost(int shift)
        {
            double sum = 0, n = 0;
            for (var y = 0; y < height; y++)
                for (var x = Math.Max(0, -shift); x < Math.Min(width, width - shift); x++, n++)
                    sum += Math.Abs(before[(y * width + x) * 3 + 1] - after[(y * width + x + shift) * 3 + 1]);
            return sum / n;
        }
        return Enumerable.Range(-reach, 2 * reach + 1).MinBy(Cost);
    }

    public void Dispose() => _requests.Dispose();

    private static async Task Ok(Tool tool, IReadOnlyList<string> args)
    {
        var result = await tool.Run(args, ToolOptions.Within(120), TestContext.Current.CancellationToken);
        Assert.True(result.ExitCode == 0, result.Error);
    }
}
