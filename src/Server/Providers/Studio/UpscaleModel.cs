using System.Globalization;
using Rpd.Server.Media;
using Rpd.Server.Providers.Studio.Film;
using Rpd.Server.Providers.Studio.Sources;

namespace Rpd.Server.Providers.Studio;

/// <summary><c>studio-upscale</c>, two or four times the pixels of a picture or a video: Lanczos' interpolation and a careful sharpening. It finds no detail that was not there.</summary>
internal sealed class UpscaleModel(Tools tools) : IStudioModel
{
    private const int PictureSideMax = 8192, VideoSideMax = 3840;
    private const int PictureSecondsMax = 120, VideoSecondsMax = 800;

    public string Name => "studio-upscale";

    public IReadOnlyList<Tool> Needs => [tools.Vips, tools.VipsHeader, tools.Ffmpeg, tools.Ffprobe];

    public async Task<ProviderResult> Make(ProviderRequest request, IProgress<int> progress, CancellationToken cancel)
    {
        var factor = request.Number("scaleFactor") ?? 2;
        if (factor is not (2 or 4)) return Answer.Invalid("The scale factor must be 2 or 4.");
        return request.Inputs.Video is null ? await Picture(request, (int)factor, progress, cancel) : await Video(request, (int)factor, progress, cancel);
    }

    private async Task<ProviderResult> Picture(ProviderRequest request, int factor, IProgress<int> progress, CancellationToken cancel)
    {
        var facts = await new Source(tools).Picture(request.Inputs.Image, cancel);
        if (Math.Max(facts.Width!.Value, facts.Height!.Value) * factor > PictureSideMax)
            return Answer.Invalid($"The result may be {PictureSideMax} pixels wide and high at most; this picture is {facts.Width} × {facts.Height}.");
        var (upright, large, path) = (Path.Combine(request.WorkFolder, "upright.v"), Path.Combine(request.WorkFolder, "large.v"), Path.Combine(request.WorkFolder, "upscale.png"));
        if (!await Vips(Probe.Guarded(PictureSecondsMax), ["autorot", request.Inputs.Image!, upright], cancel)) throw new MediaRefused("The picture could not be decoded.");
        progress.Report(20);
        var plain = ToolOptions.Within(PictureSecondsMax);
        var made = await Vips(plain, ["resize", upright, large, factor.ToString(CultureInfo.InvariantCulture), "--kernel", "lanczos3"], cancel);
        progress.Report(60);
        made = made && await Vips(plain, ["sharpen", large, path + "[compression=3,strip]", "--sigma", factor == 2 ? "0.8" : "1.4", "--m2", "1.6"], cancel);
        File.Delete(upright);
        File.Delete(large);
        return made ? Answer.Finished(path, progress) : Answer.Broken("The picture could not be enlarged.");
    }

    private async Task<bool> Vips(ToolOptions options, IReadOnlyList<string> args, CancellationToken cancel) => (await tools.Vips.Run(args, options, cancel)).ExitCode == 0;

    private async Task<ProviderResult> Video(ProviderRequest request, int factor, IProgress<int> progress, CancellationToken cancel)
    {
        var facts = await new Source(tools).Video(request.Inputs.Video, cancel);
        if (Math.Max(facts.Width!.Value, facts.Height!.Value) * factor > VideoSideMax)
            return Answer.Invalid($"The result may be {VideoSideMax} pixels wide and high at most; this video is {facts.Width} × {facts.Height}.");
        progress.Report(5);
        var path = Path.Combine(request.WorkFolder, "upscale.mp4");
        var filter = string.Create(CultureInfo.InvariantCulture, $"scale={facts.Width * factor}:{facts.Height * factor}:flags=lanczos,unsharp=5:5:0.6:5:5:0,format=yuv420p");
        var result = await tools.Ffmpeg.Run(
            [
                "-v", "error", "-nostdin", "-protocol_whitelist", "file", "-t", $"{Source.VideoSecondsMax}", "-i", request.Inputs.Video!, "-map", "0:v:0", "-map", "0:a:0?", "-vf", filter,
                .. FilmReel.Encoding, .. FilmReel.SoundEncoding, "-y", path,
            ],
            Probe.Guarded(VideoSecondsMax), cancel);
        if (result.ExitCode != 0) throw new MediaRefused("The video could not be decoded.");
        return Answer.Finished(path, progress);
    }
}
