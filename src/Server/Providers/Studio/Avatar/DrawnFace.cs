using Rpd.Server.Media;
using Rpd.Server.Providers.Studio.Film;
using Rpd.Server.Providers.Studio.Looks;
using Rpd.Server.Providers.Studio.Motion;
using Rpd.Server.Providers.Studio.Sketch;

namespace Rpd.Server.Providers.Studio.Avatar;

/// <summary>A face that <see cref="Composer"/> portrays: every opening of the mouth and of the eyes drawn once, put together anew for each frame.</summary>
internal sealed class DrawnFace
{
    private const int Mouths = 9, Lids = 4;

    /// <summary>Between eyes and mouth, in units of the sheet below its middle.</summary>
    private const double Seam = 55;
    private const double Neck = 170, Shoulders = 360;

    private readonly Raster _back, _lens;
    private readonly Raster[] _mouths, _lids;
    private readonly double _unit;

    private DrawnFace(Raster back, Raster lens, Raster[] mouths, Raster[] lids, double unit) => (_back, _lens, _mouths, _lids, _unit) = (back, lens, mouths, lids, unit);

    public static async Task<DrawnFace> Draw(Tools tools, string who, string? style, int width, int height, long seed, string folder, CancellationToken cancel)
    {
        Drawing Of(Expression expression) => Composer.Compose(who, null, style, width, height, seed, expression: expression);
        var calm = Of(default);
        Task<Raster> Layers(Drawing drawing, string name, Func<Layer, bool> which) => Rasterise.Whole(tools, drawing, drawing.Layers.Where(which), width, height, 0, Path.Combine(folder, name), cancel);
        static bool Person(Layer layer) => layer.Depth is > 0 and < 1;

        var back = await Layers(calm, "back", layer => layer.Depth == 1);
        var lens = await Layers(calm, "lens", layer => layer.Depth == 0);
        var states = Enumerable.Range(0, Mouths).Select(i => new Expression((double)i / (Mouths - 1), 0)).Concat(Enumerable.Range(1, Lids - 1).Select(i => new Expression(0, (double)i / (Lids - 1)))).ToList();
        var faces = new Raster[states.Count];
        await Parallel.ForEachAsync(Enumerable.Range(0, states.Count), new ParallelOptions { MaxDegreeOfParallelism = 2, CancellationToken = cancel },
            async (i, _) => faces[i] = await Layers(Of(states[i]), $"face-{i}", Person));
        return new(back, lens, faces[..Mouths], [faces[0], .. faces[Mouths..]], width / calm.Width);
    }

    public void Paint(Raster frame, Gesture.Pose pose, double time)
    {
        var mouth = pose.Mouth * (Mouths - 1);
        var (low, share) = (_mouths[(int)mouth], (int)(mouth % 1 * 256));
        var high = _mouths[Math.Min(Mouths - 1, (int)mouth + 1)];
        var eyes = _lids[(int)Math.Round(pose.Lids * (Lids - 1))];
        var middle = frame.Height / 2.0;
        var (pivotX, pivotY) = (frame.Width / 2.0, middle + Neck * _unit);
        Rows.All(frame.Height, y =>
        {
            // The head moves as one; below the neck less and less of it arrives.
            var held = 1 - Pixels.Smooth(Neck * 0.6, Shoulders, (y - middle) / _unit);
            var breath = 2 * _unit * Math.Sin(time * 1.6) * (1 - held);
            var (sin, cos) = Math.SinCos(-pose.Turn * held);
            for (var x = 0; x < frame.Width; x++)
            {
                var at = y * frame.Width + x;
                double dx = x - pivotX - pose.X * held * _unit, dy = y - pivotY - pose.Y * held * _unit;
                int sx = (int)((pivotX + dx * cos - dy * sin) * 65536), sy = (int)((pivotY + dx * sin + dy * cos + breath) * 65536);
                var pixel = Raster.Pack(_back.Mirrored((int)((x + 6 * _unit * Math.Sin(time * 0.4)) * 65536), (int)((y + 5 * _unit * Math.Cos(time * 0.3)) * 65536)));
                if (sy >> 16 < middle + Seam * _unit) pixel = Raster.Over(pixel, eyes.Bare(sx, sy), 256);
                else
                {
                    var one = low.Bare(sx, sy);
                    pixel = Raster.Over(pixel, share == 0 ? one : Raster.Spread(Raster.Mix(Raster.Pack(one), Raster.Pack(high.Bare(sx, sy)), share)), 256);
                }
                frame.Pixels[at] = Raster.Over(pixel, Raster.Spread(_lens.Pixels[at]), 256);
            }
        });
    }
}
