using Rpd.Server.Media;
using Rpd.Server.Providers.Studio.Film;
using Rpd.Server.Providers.Studio.Looks;
using Rpd.Server.Providers.Studio.Sources;
using Rpd.Server.Providers.Studio.Stills;

namespace Rpd.Server.Providers.Studio;

/// <summary>
/// <c>studio-extend</c>: a picture on a larger canvas, which its own mirror image fills and blurs the farther out the more; a video for some seconds more,
/// in which its last picture goes on the way it was going and comes to rest.
/// </summary>
internal sealed class ExtendModel(Tools tools) : IStudioModel
{
    private const int SideMax = 2048, CanvasSideMax = 4096;
    private const double Area = 1280.0 * 720;
    private const double SecondsMin = 1, SecondsMax = 10, SecondsUsual = 3;
    private const double GrowUsual = 1.5;

    public string Name => "studio-extend";

    public IReadOnlyList<Tool> Needs => [tools.Vips, tools.VipsHeader, tools.VipsThumbnail, tools.Ffmpeg, tools.Ffprobe];

    public Task<ProviderResult> Make(ProviderRequest request, IProgress<int> progress, CancellationToken cancel) =>
        request.Inputs.Video is null ? Picture(request, progress, cancel) : Video(request, progress, cancel);

    private async Task<ProviderResult> Picture(ProviderRequest request, IProgress<int> progress, CancellationToken cancel)
    {
        var source = new Source(tools);
        await source.Picture(request.Inputs.Image, cancel);
        var picture = await source.Pixels(request.Inputs.Image!, SideMax, SideMax, request.WorkFolder, cancel);
        var grow = request.Number("grow") ?? GrowUsual;
        if (grow is < 1.05 or > 2) return Answer.Invalid("Grow must be between 1.05 and 2.");
        if (Canvas(request, picture, grow) is not { } canvas) return Answer.Invalid($"The canvas must be larger than the picture of {picture.Width} × {picture.Height} pixels, and {CanvasSideMax} pixels wide and high at most.");
        progress.Report(30);
        var target = Outpaint.Around(picture, canvas.Width, canvas.Height);
        progress.Report(70);
        var path = Path.Combine(request.WorkFolder, "extend.png");
        return await PictureFile.Write(tools, target, path, cancel) ? Answer.Finished(path, progress) : Answer.Broken("The picture could not be written.");
    }

    /// <summary>As wide and high as said, or the smallest sheet of a ratio that holds the picture, or the picture's own shape times <paramref name="grow"/>.</summary>
    private static PictureSize? Canvas(ProviderRequest request, Raster picture, double grow)
    {
        var (width, height) = ((double)(request.Whole("width") ?? 0), (double)(request.Whole("height") ?? 0));
        if (width > 0 || height > 0) (width, height) = (Math.Max(width, width > 0 ? 0 : picture.Width), Math.Max(height, height > 0 ? 0 : picture.Height));
        else if (request.Text("aspectRatio") is not (null or "auto") && PictureSize.Of(request) is { } shape)
        {
            var ratio = (double)shape.Width / shape.Height;
            (width, height) = (Math.Max(picture.Width, picture.Height * ratio), Math.Max(picture.Height, picture.Width / ratio));
        }
        else (width, height) = (picture.Width * grow, picture.Height * grow);
        var size = new PictureSize((int)Math.Round(width), (int)Math.Round(height));
        var larger = size.Width >= picture.Width && size.Height >= picture.Height && size.Width + size.Height > picture.Width + picture.Height;
        return larger && size.Width <= CanvasSideMax && size.Height <= CanvasSideMax ? size : null;
    }

    private async Task<ProviderResult> Video(ProviderRequest request, IProgress<int> progress, CancellationToken cancel)
    {
        var seconds = request.Number("duration") ?? SecondsUsual;
        if (seconds is < SecondsMin or > SecondsMax) return Answer.Invalid($"The duration to be added must be between {SecondsMin} and {SecondsMax} seconds.");
        var facts = await new Source(tools).Video(request.Inputs.Video, cancel);
        var small = await Frames.Small(tools, request.Inputs.Video!, facts, cancel);
        var (width, height) = Frames.Fit(facts.Width!.Value, facts.Height!.Value, Area);
        var carry = Carry.On(small, (double)width / small[0].Width);
        progress.Report(10);
        var more = (int)Math.Round(seconds * Reel.FramesPerSecond);
        var path = Path.Combine(request.WorkFolder, "extend.mp4");
        var written = await Reprint.Run(tools, request.Inputs.Video!, facts, new Reel(path, width, height, 0, request.Inputs.Video), (number, from, to) =>
        {
            if (number < small.Count) from.Pixels.CopyTo(to.Pixels.AsSpan());
            else carry.Paint(from, to, number - small.Count + 1, more);
        }, progress, cancel, more);
        return written ? Answer.Finished(path, progress) : Answer.Broken("The video could not be written.");
    }
}
