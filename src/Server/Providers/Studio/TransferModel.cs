using Rpd.Server.Media;
using Rpd.Server.Providers.Studio.Film;
using Rpd.Server.Providers.Studio.Sources;
using Rpd.Server.Providers.Studio.Stills;

namespace Rpd.Server.Providers.Studio;

/// <summary><c>studio-transfer</c>, motion transfer: the way the camera goes in the given video (panning, zooming, turning, shaking) is measured and gone again over the given picture.</summary>
internal sealed class TransferModel(Tools tools) : IStudioModel
{
    private const int SecondsMax = 10;
    private const double Area = 1280.0 * 720;

    public string Name => "studio-transfer";

    public IReadOnlyList<Tool> Needs => [tools.Vips, tools.VipsHeader, tools.VipsThumbnail, tools.Ffmpeg, tools.Ffprobe];

    public async Task<ProviderResult> Make(ProviderRequest request, IProgress<int> progress, CancellationToken cancel)
    {
        var strength = request.Number("strength") ?? 1;
        if (strength is < 0.1 or > 2) return Answer.Invalid("The strength must be between 0.1 and 2.");
        var source = new Source(tools);
        await source.Picture(request.Inputs.Image, cancel);
        var facts = await source.Video(request.Inputs.Video, cancel);
        var picture = await source.Pixels(request.Inputs.Image!, 1920, 1920, request.WorkFolder, cancel);
        var small = await Frames.Small(tools, request.Inputs.Video!, facts, cancel);
        var frames = Math.Min(small.Count, SecondsMax * Reel.FramesPerSecond);
        progress.Report(15);

        // Ways are kept in widths of the frame, so that they mean the same in a picture of any size.
        var way = new List<Shift> { Shift.None };
        for (var i = 1; i < frames; i++)
        {
            cancel.ThrowIfCancellationRequested();
            var step = Flow.Between(small[i - 1], small[i]).Whole(small[0].Width, small[0].Height);
            var last = way[^1];
            way.Add(new(last.X + strength * step.X / small[0].Width, last.Y + strength * step.Y / small[0].Width, last.Zoom * Math.Pow(step.Zoom, strength), last.Turn + strength * step.Turn));
            progress.Report(15 + 25 * i / frames);
        }
        var (width, height) = Frames.Fit(picture.Width, picture.Height, Area);
        var room = Room(way);
        var path = Path.Combine(request.WorkFolder, "transfer.mp4");
        var written = await FilmReel.Write(tools, new Reel(path, width, height, frames), (number, frame) => Lay(picture, frame, way[number], room), progress, 40, cancel);
        return written ? Answer.Finished(path, progress) : Answer.Broken("The film could not be written.");
    }

    /// <summary>How much closer to begin, so that a short way shows none of the picture's rim; a long way runs on into its mirror image.</summary>
    private static double Room(IReadOnlyList<Shift> way) =>
        Math.Clamp(1 + 2 * way.Max(shift => Math.Max(Math.Abs(shift.X), Math.Abs(shift.Y))), 1.04, 1.3) / Math.Clamp(way.Min(shift => shift.Zoom), 0.7, 1);

    private static void Lay(Raster picture, Raster frame, Shift shift, double room)
    {
        var fit = Math.Max((double)frame.Width / picture.Width, (double)frame.Height / picture.Height) * room * shift.Zoom;
        var (sin, cos) = Math.SinCos(-shift.Turn);
        Rows.All(frame.Height, y =>
        {
            for (var x = 0; x < frame.Width; x++)
            {
                double dx = x + 0.5 - frame.Width / 2.0 - shift.X * frame.Width, dy = y + 0.5 - frame.Height / 2.0 - shift.Y * frame.Width;
                var (sx, sy) = (picture.Width / 2.0 + (dx * cos - dy * sin) / fit - 0.5, picture.Height / 2.0 + (dx * sin + dy * cos) / fit - 0.5);
                frame.Pixels[y * frame.Width + x] = Raster.Pack(picture.Mirrored((int)(sx * 65536), (int)(sy * 65536)));
            }
        });
    }
}
