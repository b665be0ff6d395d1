using System.Globalization;
using System.Text.Json;
using Rpd.Server.Media;

namespace Rpd.Server.Providers.Sandbox;

/// <summary>Small media that say what they are, in the size and length that were asked for. The same request gives the same bytes.</summary>
internal static class SandboxMedia
{
    private const int SideMin = 64, SideMax = 2048, SecondsMax = 600, EncodeSecondsMax = 300;

    public static async Task<ProviderResult> Make(ProviderRequest request, Tools tools, IProgress<int> progress, CancellationToken cancel)
    {
        var outputs = new List<ProviderOutput>();
        for (var ordinal = 0; ordinal < request.Count; ordinal++)
        {
            progress.Report(ordinal * 90 / request.Count);
            var path = Path.Combine(request.WorkFolder, ordinal.ToString(CultureInfo.InvariantCulture));
            switch (request.Type)
            {
                case "audio":
                    outputs.Add(new(path + ".wav"));
                    await Tone.Write(path + ".wav", Seconds(request, Math.Max(1, request.Prompt.Length / 15.0)), cancel);
                    break;
                case "text2image" or "image2image" or "upscale":
                    outputs.Add(new(path + ".png"));
                    await Draw(path + ".png", request, ordinal, (1024, 1024), cancel);
                    break;
                default:
                    if (!tools.Ffmpeg.Present) return new ProviderResult.Failed(ProviderFault.Unavailable, tools.Ffmpeg.Missing);
                    await Draw(path + ".frame.png", request, ordinal, (1280, 720), cancel);
                    if (!await Film(path, Seconds(request, 5), tools, cancel)) return new ProviderResult.Failed(ProviderFault.Internal, "The video could not be encoded.");
                    outputs.Add(new(path + ".mp4"));
                    break;
            }
        }
        return new ProviderResult.Finished(outputs);
    }

    private static Task Draw(string path, ProviderRequest request, int ordinal, (int Width, int Height) usual, CancellationToken cancel)
    {
        var (width, height) = Size(request, usual);
        return Card.Write(path, width, height, $"{request.Model}\n{request.Prompt}\n{Text(request, "seed")}\n{ordinal}", cancel);
    }

    private static async Task<bool> Film(string path, double seconds, Tools tools, CancellationToken cancel)
    {
        // A still picture needs few frames, the longer it stands the fewer.
        var rate = Math.Max(1, (int)Math.Min(10, SecondsMax / seconds)).ToString(CultureInfo.InvariantCulture);
        var encoded = await tools.Ffmpeg.Run(
            ["-v", "error", "-nostdin", "-loop", "1", "-framerate", rate, "-i", path + ".frame.png", "-t", seconds.ToString(CultureInfo.InvariantCulture), "-codec:v", "libx264", "-preset", "ultrafast",
                "-threads", "1", "-pix_fmt", "yuv420p", "-movflags", "+faststart", "-map_metadata", "-1", "-fflags", "+bitexact", "-flags:v", "+bitexact", "-y", path + ".mp4"],
            ToolOptions.Within(EncodeSecondsMax), cancel);
        File.Delete(path + ".frame.png");
        return encoded.ExitCode == 0;
    }

    private static (int Width, int Height) Size(ProviderRequest request, (int Width, int Height) usual)
    {
        double? width = Number(request, "width"), height = Number(request, "height");
        foreach (var name in new[] { "size", "imageSize", "aspectRatio", "ratio" })
        {
            if (width is not null && height is not null) break;
            if (Text(request, name)?.Split(':', 'x') is not [var across, var down] || !Side(across, out var w) || !Side(down, out var h)) continue;
            var area = (double)usual.Width * usual.Height;
            (width, height) = w >= SideMin ? (w, h) : (Math.Sqrt(area * w / h), Math.Sqrt(area * h / w));
        }
        return (Even(width ?? usual.Width), Even(height ?? usual.Height));

        static bool Side(string text, out double side) => double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out side) && side > 0;
        static int Even(double side) => (int)Math.Clamp(side, SideMin, SideMax) / 2 * 2;
    }

    private static double Seconds(ProviderRequest request, double usual) =>
        Math.Clamp(Number(request, "duration") ?? Number(request, "seconds") ?? Number(request, "lengthMs") / 1000 ?? usual, 0.5, SecondsMax);

    private static double? Number(ProviderRequest request, string name) =>
        double.TryParse(Text(request, name), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string? Text(ProviderRequest request, string name) => !request.Params.TryGetValue(name, out var value) ? null
        : value.ValueKind == JsonValueKind.String ? value.GetString() : value.GetRawText();
}
