using Rpd.Server.Providers.Studio.Film;
using Rpd.Server.Providers.Studio.Looks;
using Rpd.Server.Providers.Studio.Sources;

namespace Rpd.Server.Providers.Studio.Stills;

/// <summary>Goes on with a film after its last picture: everything keeps its direction, measured over the last frames, and slows down to a rest.</summary>
internal sealed class Carry
{
    private const int Looked = 8;
    private readonly (double X, double Y)[] _field;
    private readonly int _columns, _rows;

    private Carry((double X, double Y)[] field, int columns, int rows) => (_field, _columns, _rows) = (field, columns, rows);

    /// <param name="scale">Pixels of the film per pixel of the small copies.</param>
    public static Carry On(IReadOnlyList<Grey> frames, double scale)
    {
        var last = frames.Skip(Math.Max(0, frames.Count - Looked - 1)).ToList();
        var flows = last.Zip(last.Skip(1), Flow.Between).ToList();
        if (flows.Count == 0) return new([(0, 0)], 1, 1);
        var (columns, rows) = (flows[0].Columns, flows[0].Rows);
        var whole = flows.Select(flow => flow.Whole(last[0].Width, last[0].Height)).ToList();
        var (wx, wy) = (whole.Average(shift => shift.X), whole.Average(shift => shift.Y));
        var field = new (double X, double Y)[columns * rows];
        for (var i = 0; i < field.Length; i++)
        {
            // Where a block tells little, the whole picture's way counts.
            var told = flows.Select(flow => flow.Vectors[i]).Where(v => v.Weight > 0).ToList();
            var trust = told.Count / (double)flows.Count * 0.7;
            field[i] = told.Count == 0 ? (wx, wy) : (wx + (told.Average(v => v.X) - wx) * trust, wy + (told.Average(v => v.Y) - wy) * trust);
        }
        for (var pass = 0; pass < 2; pass++) field = Softened(field, columns, rows);
        return new([.. field.Select(v => (v.X * scale, v.Y * scale))], columns, rows);
    }

    /// <param name="frame">1 for the first after the last real one.</param>
    public void Paint(Raster last, Raster target, int frame, int frames)
    {
        // The speed falls to nothing over the whole time; this is the way gone until now.
        var t = Math.Min(1, (double)frame / frames);
        var way = frames * (t - t * t / 2);
        Rows.All(target.Height, y =>
        {
            for (var x = 0; x < target.Width; x++)
            {
                var (dx, dy) = At((double)x / target.Width * _columns - 0.5, (double)y / target.Height * _rows - 0.5);
                target.Pixels[y * target.Width + x] = Raster.Pack(last.Mirrored((int)((x - dx * way) * 65536), (int)((y - dy * way) * 65536)));
            }
        });
    }

    private (double X, double Y) At(double x, double y)
    {
        int column = Math.Clamp((int)Math.Floor(x), 0, Math.Max(0, _columns - 2)), row = Math.Clamp((int)Math.Floor(y), 0, Math.Max(0, _rows - 2));
        double fx = Pixels.Smooth(0, 1, x - column), fy = Pixels.Smooth(0, 1, y - row);
        (double X, double Y) Of(int dx, int dy) => _field[Math.Min(row + dy, _rows - 1) * _columns + Math.Min(column + dx, _columns - 1)];
        var (a, b, c, d) = (Of(0, 0), Of(1, 0), Of(0, 1), Of(1, 1));
        return ((a.X * (1 - fx) + b.X * fx) * (1 - fy) + (c.X * (1 - fx) + d.X * fx) * fy, (a.Y * (1 - fx) + b.Y * fx) * (1 - fy) + (c.Y * (1 - fx) + d.Y * fx) * fy);
    }

    private static (double X, double Y)[] Softened((double X, double Y)[] field, int columns, int rows)
    {
        var soft = new (double X, double Y)[field.Length];
        for (var y = 0; y < rows; y++)
            for (var x = 0; x < columns; x++)
            {
                var around = Enumerable.Range(0, 9).Select(i => field[Math.Clamp(y + i / 3 - 1, 0, rows - 1) * columns + Math.Clamp(x + i % 3 - 1, 0, columns - 1)]).ToList();
                soft[y * columns + x] = (around.Average(v => v.X), around.Average(v => v.Y));
            }
        return soft;
    }
}
