namespace Rpd.Server.Providers.Studio.Sketch.Scenery;

/// <summary>Ranges one behind the other, each paler, with snow on the heights and one side of every peak in shade.</summary>
internal static class Mountains
{
    public static void Paint(Canvas canvas)
    {
        var rng = canvas.Rng.For("mountains");
        for (var range = 0; range < 3; range++)
        {
            var depth = 0.95 - range * 0.1;
            var tall = Math.Min(canvas.Horizon * 0.66, 430) * (1 - range * 0.27);
            var edge = Ridge.Jagged(rng, canvas.Width, canvas.Horizon + 30, tall, 430 - range * 70, 0.11);
            Range(canvas, canvas.Layer("mountains-" + range, depth), edge, depth, tall, range, rng);
        }
    }

    public static void Volcano(Canvas canvas)
    {
        var brush = canvas.Layer("volcano", 0.82);
        var (x, y) = (canvas.Width * 0.52, canvas.Horizon + 20);
        var tall = Math.Min(430, canvas.Horizon * 0.62);
        for (var i = 0; i < 12; i++)
            brush.Glow(x + canvas.Rng.For("smoke" + i).Jitter(20 + i * 11), y - tall - i * 26, 50 + i * 13, 40 + i * 8, canvas.Air.At(new Colour(0.32, 0.02, 30), 0.6).Fade(0.55));
        brush.Glow(x, y - tall, 200, 200, new Colour(0.7, 0.2, 40, 0.9));
        var cone = Shape.Polygon((x - 520, y), (x - 190, y - tall * 0.62), (x - 62, y - tall), (x - 20, y - tall + 14), (x + 24, y - tall + 10), (x + 58, y - tall - 4), (x + 200, y - tall * 0.58), (x + 540, y));
        brush.Fill(cone, canvas.Defs.Down(y - tall, y, canvas.Air.At(new Colour(0.27, 0.04, 20), 0.55), canvas.Air.At(new Colour(0.4, 0.04, 300), 0.85)));
        foreach (var side in new[] { -1, 0.2, 1 })
            brush.Line(Shape.Curve((x + side * 10, y - tall + 12), (x + side * 52, y - tall * 0.74), (x + side * 70, y - tall * 0.52), (x + side * 140, y - tall * 0.26)), new Colour(0.74, 0.2, 45), 9);
        brush.Fill(Shape.Ellipse(x, y - tall + 6, 52, 10), new Colour(0.88, 0.17, 75));
    }

    private static void Range(Canvas canvas, Brush brush, List<Point> edge, double depth, double tall, int range, Rng rng)
    {
        var rock = canvas.Air.At(new Colour(0.46, 0.045, 262 - range * 25), depth);
        var foot = rock.Mix(canvas.Air.Haze, 0.62);
        var top = edge.Min(p => p.Y);
        var body = Shape.Polygon([.. edge, new Point(canvas.Width + 60, canvas.Horizon + 60), new Point(-60, canvas.Horizon + 60)]);
        brush.Fill(body, canvas.Defs.Down(top, canvas.Horizon + 30, rock, rock.Mix(foot, 0.4), foot));
        var snow = canvas.Air.At(new Colour(0.97, 0.012, 240), depth * 0.86);
        var snowy = canvas.Scene.Ground == Ground.Snow || canvas.Scene.Season == Season.Winter ? 0.85 : 0.42;
        foreach (var peak in Peaks(edge))
        {
            Facet(canvas, brush, edge, peak, rock, tall, rng);
            if (range < 2) Cap(canvas, brush, edge, peak, snow, tall * snowy * rng.Between(0.5, 1), rng);
        }
        canvas.Layer("haze-" + range, depth - 0.04).Soft(Shape.Rectangle(-20, canvas.Horizon - tall * 0.34, canvas.Width + 40, tall * 0.34 + 30),
            canvas.Defs.Down(canvas.Horizon - tall * 0.34, canvas.Horizon + 20, canvas.Air.Haze.Fade(0), canvas.Air.Haze.Fade(0.55)));
    }

    private static IEnumerable<int> Peaks(List<Point> edge)
    {
        for (var i = 4; i < edge.Count - 4; i++)
            if (Enumerable.Range(-4, 9).All(d => edge[i].Y <= edge[i + d].Y)) yield return i;
    }

    /// <summary>The side away from the light: from the peak down a broken spine.</summary>
    private static void Facet(Canvas canvas, Brush brush, List<Point> edge, int peak, Colour rock, double tall, Rng rng)
    {
        var step = -canvas.LightSide;
        var side = new List<Point> { edge[peak] };
        for (var i = peak + step; i > 0 && i < edge.Count - 1 && side.Count < 9; i += step) side.Add(edge[i]);
        var low = Math.Min(canvas.Horizon + 10, edge[peak].Y + tall * 0.75);
        low = Math.Max(low, side[^1].Y);
        side.Add(new Point(edge[peak].X + (side[^1].X - edge[peak].X) * 0.45, low));
        for (var k = 4; k >= 1; k--)
            side.Add(new Point(edge[peak].X - step * 4 + rng.Jitter(tall * 0.07) + (k % 2 == 0 ? step : -step) * tall * 0.04, edge[peak].Y + (low - edge[peak].Y) * k / 5));
        var shade = rock.Darker(0.1).Turn(-6);
        brush.Soft(Shape.Polygon(side), canvas.Defs.Down(Math.Round(edge[peak].Y), Math.Round(low), shade.Fade(0.85), shade.Fade(0.35), shade.Fade(0)));
    }

    private static void Cap(Canvas canvas, Brush brush, List<Point> edge, int peak, Colour snow, double deep, Rng rng)
    {
        var line = edge[peak].Y + deep;
        var (from, to) = (peak, peak);
        while (from > 0 && edge[from - 1].Y < line) from--;
        while (to < edge.Count - 1 && edge[to + 1].Y < line) to++;
        if (to - from < 2) return;
        var cap = edge.GetRange(from, to - from + 1);
        var (left, right) = (cap[0].X, cap[^1].X);
        const int teeth = 9;
        for (var i = 1; i < teeth; i++)
        {
            var x = right + (left - right) * i / teeth;
            var above = edge.MinBy(p => Math.Abs(p.X - x)).Y;
            cap.Add(new Point(x + rng.Jitter(6), Math.Max(above + 6, line - deep * (i % 2 == 0 ? rng.Between(0.25, 0.5) : rng.Between(-0.15, 0.1)))));
        }
        var dark = snow.Darker(0.13).Mix(canvas.Air.Sky[0], 0.2);
        var shadeLeft = canvas.LightSide > 0;
        brush.Fill(Shape.Polygon(cap), canvas.Defs.Across(edge[peak].X - 34, 0, edge[peak].X + 34, 0, shadeLeft ? [dark, dark, snow, snow] : [snow, snow, dark, dark]));
    }
}
