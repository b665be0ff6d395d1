namespace Rpd.Server.Providers.Studio.Sketch.Scenery;

/// <summary>Grass from the horizon to one's feet: folds of land, tufts that grow toward the viewer, a few flowers, a path or a river if asked.</summary>
internal static class Meadow
{
    public static void Paint(Canvas canvas, IReadOnlyList<Spot> spots)
    {
        var rng = canvas.Rng.For("meadow");
        const int folds = 5;
        for (var fold = 0; fold < folds; fold++)
        {
            var t = fold / (double)folds;
            var depth = 0.72 - t * 0.36;
            var brush = canvas.Layer("meadow-" + fold, depth);
            var y = canvas.Down(t) + (fold == 0 ? 0 : -12);
            var edge = Ridge.Rolling(rng, canvas.Width, y, 10 + 26 * t, 500 + 400 * t);
            var own = Hills.Green(canvas.Scene, rng).Lighter(0.03 - 0.05 * t);
            brush.Fill(Shape.Ground(edge, canvas.Height + 30),
                canvas.Defs.Down(y - 20, y + 260, canvas.Air.At(own.Lighter(0.08).Mix(canvas.Air.Sun, 0.12), depth), canvas.Air.At(own, depth - 0.1), canvas.Air.At(own.Darker(0.1), depth - 0.1)));
            if (fold == 0 && canvas.Scene.Extras.Contains(Extra.River)) Ribbon(canvas, canvas.Layer("river", 0.5), canvas.Air.Sky[2].Mix(canvas.Air.Sky[1], 0.4), 0.34);
            if (fold == 0 && canvas.Scene.Extras.Contains(Extra.Path) && !canvas.Scene.Extras.Contains(Extra.River)) Ribbon(canvas, canvas.Layer("path", 0.34), canvas.Air.At(new Colour(0.74, 0.06, 75), 0.3), 0.2);
            Tufts(canvas, brush, edge, t, depth, own, rng);
        }
        Foreground(canvas, spots, rng);
    }

    /// <summary>Many blades in one path, so that a meadow costs hundreds of shapes and not tens of thousands.</summary>
    public static string Blades(Rng rng, double x, double y, double tall, double spread, int count)
    {
        var path = new System.Text.StringBuilder();
        for (var i = 0; i < count; i++)
        {
            var (foot, lean) = (x + rng.Jitter(spread), rng.Jitter(tall * 0.5));
            var (height, thick) = (tall * rng.Between(0.5, 1), tall * 0.045 + 0.5);
            path.Append('M').Append(Shape.Number(foot - thick)).Append(' ').Append(Shape.Number(y))
                .Append('Q').Append(Shape.Number(foot + lean * 0.2)).Append(' ').Append(Shape.Number(y - height * 0.6)).Append(' ').Append(Shape.Number(foot + lean)).Append(' ').Append(Shape.Number(y - height))
                .Append('Q').Append(Shape.Number(foot + lean * 0.4 + thick)).Append(' ').Append(Shape.Number(y - height * 0.5)).Append(' ').Append(Shape.Number(foot + thick)).Append(' ').Append(Shape.Number(y)).Append('Z');
        }
        return path.ToString();
    }

    public static void Foreground(Canvas canvas, IReadOnlyList<Spot> spots, Rng rng)
    {
        var near = canvas.Layer("grass-near", 0.12);
        var own = Hills.Green(canvas.Scene, rng).Darker(0.2);
        var count = (int)Math.Clamp(canvas.Width / 34, 12, 120);
        var lowest = spots.Count == 0 ? 0 : spots.Max(s => s.Y);
        for (var i = 0; i < count; i++)
        {
            var x = canvas.Width * (i + rng.Unit()) / count;
            var edge = Math.Abs(x / canvas.Width - 0.5) * 2;
            var tall = Math.Min(44 + 95 * edge * edge, Math.Max(30, canvas.Height - lowest + 30 + 80 * edge));
            near.Fill(Blades(rng, x, canvas.Height + 14, tall * rng.Between(0.7, 1.2), 26, 9), canvas.Air.At(own.Turn(rng.Jitter(10)).Lighter(rng.Jitter(0.05)), 0.05));
        }
    }

    private static void Tufts(Canvas canvas, Brush brush, List<Point> edge, double t, double depth, Colour own, Rng rng)
    {
        var count = (int)Math.Clamp(canvas.Width / 26, 16, 130);
        for (var i = 0; i < count; i++)
        {
            var at = edge[rng.Below(edge.Count)];
            var below = rng.Unit() * (30 + 150 * t);
            var tall = (6 + 30 * t) * rng.Between(0.7, 1.3);
            var tone = rng.Chance(0.5) ? own.Lighter(0.10).Mix(canvas.Air.Sun, 0.15) : own.Darker(0.06);
            brush.Fill(Blades(rng, at.X + rng.Jitter(14), at.Y + below, tall, tall * 1.1, 6), canvas.Air.At(tone, depth - 0.08));
            if (t > 0.1 && rng.Chance(canvas.Scene.Season is Season.Spring or Season.Summer ? 0.16 : 0.04))
                brush.Fill(Shape.Ellipse(at.X, at.Y + below - tall, 1.5 + 4 * t, 1.2 + 3 * t), canvas.Air.At(rng.Pick([new Colour(0.95, 0.03, 100), new Colour(0.85, 0.16, 92), new Colour(0.68, 0.17, 350), new Colour(0.62, 0.15, 295)]), depth - 0.1));
        }
    }

    /// <summary>Something that winds away to the horizon: water or a trodden way.</summary>
    public static void Ribbon(Canvas canvas, Brush brush, Colour colour, double wide)
    {
        var rng = canvas.Rng.For("ribbon");
        var (left, right) = (new List<Point>(), new List<Point>());
        var (phase, goal) = (rng.Between(0, 6), canvas.Width * rng.Between(0.4, 0.62));
        for (var i = 0; i <= 14; i++)
        {
            var t = i / 14.0;
            var middle = goal + Math.Sin(phase + t * 4.4) * canvas.Width * 0.16 * (0.15 + t) * (1 - t * 0.4);
            var half = Math.Min(canvas.Width, 1600) * wide * (0.012 + t * t * 0.6);
            left.Add(new Point(middle - half, canvas.Down(t) + 3));
            right.Add(new Point(middle + half, canvas.Down(t) + 3));
        }
        right.Reverse();
        var outline = Shape.Smooth(left, closed: false) + "L" + Shape.Smooth(right, closed: false)[1..] + "Z";
        brush.Fill(outline, canvas.Defs.Down(canvas.Horizon, canvas.Height, colour.Mix(canvas.Air.Haze, 0.3), colour.Darker(0.06), colour.Darker(0.16)));
    }
}
