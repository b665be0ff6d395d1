using Rpd.Server.Media;
using Rpd.Server.Providers.Studio.Film;
using Rpd.Server.Providers.Studio.Looks;
using Rpd.Server.Providers.Studio.Sketch;
using Rpd.Server.Providers.Studio.Sources;
using Rpd.Server.Providers.Studio.Stills;

namespace Rpd.Server.Providers.Studio;

/// <summary>
/// <c>studio-animate</c>, image to video and animation: a camera moves over the given picture, with its depth guessed, and something may fall or float before it.
/// An animation without other wishes sways as in a breeze.
/// </summary>
internal sealed class AnimateModel(Tools tools) : IStudioModel
{
    private const double SecondsMin = 2, SecondsMax = 10, SecondsUsual = 4;
    private const double Area = 1280.0 * 720;

    public string Name => "studio-animate";

    public IReadOnlyList<Tool> Needs => [tools.Vips, tools.VipsHeader, tools.VipsThumbnail, tools.Ffmpeg];

    public async Task<ProviderResult> Make(ProviderRequest request, IProgress<int> progress, CancellationToken cancel)
    {
        var seconds = request.Number("duration") ?? SecondsUsual;
        if (seconds is < SecondsMin or > SecondsMax) return Answer.Invalid($"The duration must be between {SecondsMin} and {SecondsMax} seconds.");
        var rng = new Rng(unchecked((ulong)request.Seed()));
        var move = request.Text("camera") is { } wish and not "auto" ? wish : StillCamera.Said(request.Prompt) ?? (request.Type == "animation" ? "sway" : rng.For("move").Pick(["zoom in", "orbit", "pan right"]));
        if (!StillCamera.Moves.Contains(move)) return Answer.Invalid($"The camera must be one of: {string.Join(", ", StillCamera.Moves)}.");
        var floating = request.Text("particle") ?? Particles.Names.Skip(1).FirstOrDefault(name => request.Prompt.Contains(name, StringComparison.OrdinalIgnoreCase)) ?? (request.Type == "animation" ? "dust" : "none");
        if (!Particles.Names.Contains(floating)) return Answer.Invalid($"The particles must be one of: {string.Join(", ", Particles.Names)}.");

        var source = new Source(tools);
        await source.Picture(request.Inputs.Image, cancel);
        // Half as large again as the frame, so that coming closer does not show its pixels.
        var picture = await source.Pixels(request.Inputs.Image!, 1920, 1920, request.WorkFolder, cancel);
        var (width, height) = Size(request, picture);
        progress.Report(5);

        var depth = new Depth(picture);
        var particles = new Particles(floating, rng.For("particles"));
        var frames = (int)Math.Round(seconds * Reel.FramesPerSecond);
        var path = Path.Combine(request.WorkFolder, "animate.mp4");
        var written = await FilmReel.Write(tools, new Reel(path, width, height, frames), (number, frame) =>
        {
            var time = (double)number / Reel.FramesPerSecond;
            StillCamera.Paint(picture, depth, move, number / Math.Max(1.0, frames - 1), time, frame);
            particles.Paint(frame, time, 1);
        }, progress, 5, cancel);
        return written ? Answer.Finished(path, progress) : Answer.Broken("The film could not be written.");
    }

    /// <summary>The picture's own shape, unless another was asked for; then it is cut to that.</summary>
    private static (int Width, int Height) Size(ProviderRequest request, Raster picture) =>
        request.Text("aspectRatio") is not (null or "auto") && FilmSize.Of(request) is { } size ? (size.Width, size.Height) : Frames.Fit(picture.Width, picture.Height, Area);
}
