using Rpd.Server.Media;
using Rpd.Server.Providers.Studio.Film;
using Rpd.Server.Providers.Studio.Looks;
using Rpd.Server.Providers.Studio.Sketch;
using Rpd.Server.Providers.Studio.Sources;
using Rpd.Server.Providers.Studio.Stills;

namespace Rpd.Server.Providers.Studio;

/// <summary><c>studio-effects</c>, effect: a picture gives a picture, a video gives a video with the sound it had.</summary>
internal sealed class EffectsModel(Tools tools) : IStudioModel
{
    private const int SideMax = 2048;
    private const double VideoArea = 1280.0 * 720;

    public string Name => "studio-effects";

    public IReadOnlyList<Tool> Needs => [tools.Vips, tools.VipsHeader, tools.VipsThumbnail, tools.Ffmpeg, tools.Ffprobe];

    public async Task<ProviderResult> Make(ProviderRequest request, IProgress<int> progress, CancellationToken cancel)
    {
        var name = request.Text("effect") ?? Effects.Said(request.Prompt);
        if (name is null || !Effects.Names.Contains(name)) return Answer.Invalid($"The effect must be one of: {string.Join(", ", Effects.Names)}.");
        var strength = request.Number("strength") ?? 0.8;
        if (strength is < 0 or > 1) return Answer.Invalid("The strength must be between 0 and 1.");
        var effect = new Effects(name, strength, new Rng(unchecked((ulong)request.Seed())).For("effect"));
        return request.Inputs.Video is null ? await Picture(request, effect, progress, cancel) : await Video(request, effect, progress, cancel);
    }

    private async Task<ProviderResult> Picture(ProviderRequest request, Effects effect, IProgress<int> progress, CancellationToken cancel)
    {
        var source = new Source(tools);
        await source.Picture(request.Inputs.Image, cancel);
        var picture = await source.Pixels(request.Inputs.Image!, SideMax, SideMax, request.WorkFolder, cancel);
        progress.Report(30);
        var target = new Raster(picture.Width, picture.Height);
        effect.Paint(picture, target, 0.6);
        progress.Report(70);
        var path = Path.Combine(request.WorkFolder, "effect.png");
        return await PictureFile.Write(tools, target, path, cancel) ? Answer.Finished(path, progress) : Answer.Broken("The picture could not be written.");
    }

    private async Task<ProviderResult> Video(ProviderRequest request, Effects effect, IProgress<int> progress, CancellationToken cancel)
    {
        var facts = await new Source(tools).Video(request.Inputs.Video, cancel);
        var (width, height) = Frames.Fit(facts.Width!.Value, facts.Height!.Value, VideoArea);
        var path = Path.Combine(request.WorkFolder, "effect.mp4");
        var reel = new Reel(path, width, height, 0, request.Inputs.Video);
        var written = await Reprint.Run(tools, request.Inputs.Video!, facts, reel, (number, from, to) => effect.Paint(from, to, (double)number / Reel.FramesPerSecond), progress, cancel);
        return written ? Answer.Finished(path, progress) : Answer.Broken("The video could not be written.");
    }
}
