using Rpd.Server.Media;
using Rpd.Server.Providers.Studio.Film;
using Rpd.Server.Providers.Studio.Motion;
using Rpd.Server.Providers.Studio.Sketch;

namespace Rpd.Server.Providers.Studio;

/// <summary>
/// <c>studio-motion</c>, text to video: the scene that <see cref="SketchModel"/> would draw, cut into planes that pass the camera at their own distances,
/// with wind, water, weather and the hour moving in it. The same prompt, parameters and seed give the same bytes.
/// </summary>
internal sealed class MotionModel(Tools tools) : IStudioModel
{
    public const double SecondsMin = 2;
    public const double SecondsMax = 10;
    private const double SecondsUsual = 5;

    /// <summary>The sheet is this much larger than the frame, so that the camera has somewhere to go.</summary>
    private const double Room = 1.08;

    private const int StepsOfGait = 10;
    private const int RasterisedAt = 20;

    public string Name => "studio-motion";

    public IReadOnlyList<Tool> Needs => [tools.Vips, tools.Ffmpeg];

    public async Task<ProviderResult> Make(ProviderRequest request, IProgress<int> progress, CancellationToken cancel)
    {
        if (FilmSize.Of(request) is not { } size) return Answer.Invalid(FilmSize.Limits);
        var seconds = request.Number("duration") ?? SecondsUsual;
        if (seconds is < SecondsMin or > SecondsMax) return Answer.Invalid($"The duration must be between {SecondsMin} and {SecondsMax} seconds.");
        if (request.Text("camera") is { } wish && !Camera.Moves.Contains(wish)) return Answer.Invalid($"The camera must be one of: {string.Join(", ", Camera.Moves)}.");
        if (request.Text("light") is { } light && !Daylight.Wishes.Contains(light)) return Answer.Invalid($"The light must be one of: {string.Join(", ", Daylight.Wishes)}.");

        var outputs = new List<ProviderOutput>();
        var count = Math.Clamp(request.Count, 1, 4);
        for (var i = 0; i < count; i++)
        {
            var path = Path.Combine(request.WorkFolder, $"motion-{i + 1}.mp4");
            if (!await Shoot(request, size, seconds, unchecked(request.Seed() + i), path, new Share(progress, i, count), cancel)) return Answer.Broken("The film could not be written.");
            outputs.Add(new(path));
        }
        progress.Report(100);
        return new ProviderResult.Finished(outputs);
    }

    private async Task<bool> Shoot(ProviderRequest request, PictureSize size, double seconds, long seed, string path, IProgress<int> progress, CancellationToken cancel)
    {
        var hours = Daylight.Of(request.Text("light"), request.Prompt);
        var drawings = hours.Select(hour => Composer.Compose(request.Prompt, request.NegativePrompt, request.Text("style"), size.Width, size.Height, seed, hour)).ToList();
        var coarse = drawings[0].Coarse;
        var (width, height) = (size.Width / coarse & ~1, size.Height / coarse & ~1);
        var sets = new List<Stageset>();
        foreach (var drawing in drawings)
        {
            sets.Add(await Rasterise.Planes(tools, drawing, Gait(drawing, hours[sets.Count]), (int)(width * Room), (int)(height * Room), request.WorkFolder, cancel));
            progress.Report(RasterisedAt * sets.Count / drawings.Count);
        }
        IReadOnlyList<Drawing> Gait(Drawing drawing, Hour? hour) => drawing.Scene.Subjects.All(subject => subject.Pose != Pose.Run) ? []
            : [.. Enumerable.Range(1, StepsOfGait - 1).Select(step => Composer.Compose(request.Prompt, request.NegativePrompt, request.Text("style"), size.Width, size.Height, seed, hour, (double)step / StepsOfGait))];

        var actor = drawings[0].Spots.Where(spot => !Cast.Of(spot.Subject.Kind).Far).OrderBy(spot => spot.Depth).FirstOrDefault();
        var camera = Camera.Choose(request.Text("camera"), request.Prompt, seconds, actor, new Rng(unchecked((ulong)seed)).For("camera"));
        var shot = new Shot(sets, camera, seconds);
        var reel = new Reel(path, width, height, (int)Math.Round(seconds * Reel.FramesPerSecond), Coarse: coarse);
        return await FilmReel.Write(tools, reel, shot.Paint, progress, RasterisedAt, cancel);
    }
}
