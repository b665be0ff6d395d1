namespace Rpd.Server.Providers.Studio.Sources;

/// <summary>How the picture as a whole got from one frame to the next: its content moved by (X, Y), grew by the factor Zoom and turned by Turn radians about its middle.</summary>
internal readonly record struct Shift(double X, double Y, double Zoom, double Turn)
{
    public static Shift None => new(0, 0, 1, 0);
}

/// <summary>Where the blocks of one frame are found in the next. The blocks are laid out in a grid; what has no texture says nothing.</summary>
internal sealed class Flow
{
    public const int Block = 12;
    private const int Reach = 7;

    private Flow(int columns, int rows, (double X, double Y, double Weight)[] vectors) => (Columns, Rows, Vectors) = (columns, rows, vectors);

    public int Columns { get; }
    public int Rows { get; }

    /// <summary>Row by row, in pixels of the small picture; weight 0 where nothing could be told.</summary>
    public (double X, double Y, double Weight)[] Vectors { get; }

    public static Flow Between(Grey before, Grey after)
    {
        var (columns, rows) = (Math.Max(1, (before.Width - 2 * Reach) / Block), Math.Max(1, (before.Height - 2 * Reach) / Block));
        var vectors = new (double, double, double)[columns * rows];
        Parallel.For(0, vectors.Length, i => vectors[i] = Match(before, after, Reach + i % columns * Block, Reach + i / columns * Block));
        return new(columns, rows, vectors);
    }

    /// <summary>The one motion that most blocks agree on.</summary>
    public Shift Whole(int width, int height)
    {
        var told = Vectors.Index().Where(v => v.Item.Weight > 0).Select(v => (X: Reach + v.Index % Columns * Block + Block / 2.0 - width / 2.0, Y: Reach + v.Index / Columns * Block + Block / 2.0 - height / 2.0, Dx: v.Item.X, Dy: v.Item.Y)).ToList();
        if (told.Count < 3) return Shift.None;
        var (x, y) = (Median(told.Select(v => v.Dx)), Median(told.Select(v => v.Dy)));
        var agreeing = told.Where(v => Math.Abs(v.Dx - x) < 2.5 && Math.Abs(v.Dy - y) < 2.5).ToList();
        if (agreeing.Count < 3) return new(x, y, 1, 0);
        (x, y) = (agreeing.Average(v => v.Dx), agreeing.Average(v => v.Dy));
        var spread = agreeing.Sum(v => v.X * v.X + v.Y * v.Y);
        var grown = agreeing.Sum(v => v.X * (v.Dx - x) + v.Y * (v.Dy - y)) / spread;
        var turned = agreeing.Sum(v => v.X * (v.Dy - y) - v.Y * (v.Dx - x)) / spread;
        return new(x, y, 1 + grown, turned);
    }

    private static (double, double, double) Match(Grey before, Grey after, int left, int top)
    {
        if (Texture(before, left, top) < 4) return default;
        var costs = new int[(2 * Reach + 1) * (2 * Reach + 1)];
        var (best, at) = (int.MaxValue, 0);
        for (var dy = -Reach; dy <= Reach; dy++)
            for (var dx = -Reach; dx <= Reach; dx++)
            {
                var i = (dy + Reach) * (2 * Reach + 1) + dx + Reach;
                // Staying is cheaper: noise alone moves nothing.
                costs[i] = Difference(before, after, left, top, dx, dy) + (Math.Abs(dx) + Math.Abs(dy)) * 3;
                if (costs[i] < best) (best, at) = (costs[i], i);
            }
        var (column, row) = (at % (2 * Reach + 1), at / (2 * Reach + 1));
        return (column - Reach + Fine(costs, at, 1, column), row - Reach + Fine(costs, at, 2 * Reach + 1, row), 1);
    }

    // The lowest point of the parabola through the best cost and its neighbours.
    private static double Fine(int[] costs, int at, int step, int place)
    {
        if (place is 0 or 2 * Reach) return 0;
        double before = costs[at - step], here = costs[at], after = costs[at + step];
        var bend = before - 2 * here + after;
        return bend <= 0 ? 0 : Math.Clamp((before - after) / (2 * bend), -0.5, 0.5);
    }

    private static int Difference(Grey before, Grey after, int left, int top, int dx, int dy)
    {
        var sum = 0;
        for (var y = 0; y < Block; y++)
        {
            var (a, b) = ((top + y) * before.Width + left, (top + y + dy) * after.Width + left + dx);
            for (var x = 0; x < Block; x++) sum += Math.Abs(before.Pixels[a + x] - after.Pixels[b + x]);
        }
        return sum;
    }

    private static double Texture(Grey picture, int left, int top)
    {
        var sum = 0;
        for (var y = 0; y < Block - 1; y++)
            for (var x = 0; x < Block - 1; x++)
            {
                var at = (top + y) * picture.Width + left + x;
                sum += Math.Abs(picture.Pixels[at] - picture.Pixels[at + 1]) + Math.Abs(picture.Pixels[at] - picture.Pixels[at + picture.Width]);
            }
        return (double)sum / (Block * Block);
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted[sorted.Count / 2];
    }
}
