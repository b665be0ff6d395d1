using Rpd.Server.Providers.Studio.Film;
using Rpd.Server.Providers.Studio.Sketch;

namespace Rpd.Server.Providers.Studio.Motion;

/// <summary>The film frame by frame: one set, or the same place at several hours that dissolve into each other.</summary>
internal sealed class Shot(IReadOnlyList<Stageset> sets, Camera camera, double seconds)
{
    private readonly bool _dawning = sets.Count > 1 && sets[^1].Scene.Hour is Hour.Day or Hour.Golden;
    private Raster? _other;

    public void Paint(int number, Raster frame)
    {
        var time = (double)number / Reel.FramesPerSecond;
        var way = sets.Count == 1 ? 0 : Daylight.Progress(time / seconds) * (sets.Count - 1);
        var index = Math.Min((int)way, sets.Count - 1);
        var share = (int)((way - index) * 256);
        One(index, way, time, frame);
        if (share == 0 || index + 1 >= sets.Count) return;
        var other = _other ??= new Raster(frame.Width, frame.Height);
        One(index + 1, way, time, other);
        Rows.All(frame.Height, y =>
        {
            for (var at = y * frame.Width; at < (y + 1) * frame.Width; at++) frame.Pixels[at] = Raster.Mix(frame.Pixels[at], other.Pixels[at], share);
        });
    }

    private void One(int index, double way, double time, Raster frame) =>
        new FramePainter(sets[index]).Paint(frame, new Direct(sets[index], camera, time, sets.Count == 1 ? 0 : (way - index) / (sets.Count - 1), _dawning, frame.Width));
}
