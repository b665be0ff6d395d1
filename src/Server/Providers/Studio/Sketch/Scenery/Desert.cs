namespace Rpd.Server.Providers.Studio.Sketch.Scenery;

/// <summary>Dunes, each with a lit slope and a shaded one that meet in a sharp crest.</summary>
internal static class Desert
{
    public static void Paint(Canvas canvas)
    {
        var rng = canvas.Rng.For("desert");
        Mesas(canvas, rng);
        var sand = (canvas.Scene.Accent is { C: > 0.05 } accent ? accent with { L = 0.74, C = 0.1 } : new Colour(0.77, 0.105, 68)).Turn(rng.Jitter(8));
        for (var row = 0; row < 6; row++)
        {
            var t = row / 5.0;
            var depth = 0.8 - t * 0.5;
            var brush = canvas.Layer("dunes-" + row, depth);
            var y = canvas.Down(t * 0.74) + 4;
            var tall = 24 + 66 * t;
            var edge = Ridge.Rolling(rng, canvas.Width, y, tall, 460 + 700 * t);
            var lit = canvas.Air.At(sand.Lighter(0.06), depth);
            brush.Fill(Shape.Ground(edge, canvas.Height + 30), canvas.Defs.Down(y - tall, y + 180 + 200 * t, lit, canvas.Air.At(sand.Darker(0.03), depth - 0.05), canvas.Air.At(sand.Darker(0.17).Turn(-10), depth - 0.1)));
            Shade(canvas, brush, edge, canvas.Air.At(sand.Darker(0.2).Turn(-22), depth), 50 + 120 * t);
            if (t > 0.5) Ripples(canvas, brush, edge, canvas.Air.At(sand.Darker(0.08), depth - 0.1), rng, t);
        }
    }

    private static void Mesas(Canvas canvas, Rng rng)
    {
        var brush = canvas.Layer("mesas", 0.9);
        var rock = canvas.Air.At(new Colour(0.56, 0.10, 42), 0.84);
        for (var i = 0; i < 4; i++)
        {
            var (x, wide, tall) = (canvas.Width * (i + rng.Unit()) / 4, rng.Between(60, 170), rng.Between(50, 150));
            var y = canvas.Horizon + 30;
            brush.Fill(Shape.Polygon((x - wide * 1.35, y), (x - wide, y - tall * 0.4), (x - wide * 0.86, y - tall), (x - wide * 0.2, y - tall * 1.03), (x + wide * 0.5, y - tall * 0.98), (x + wide * 0.8, y - tall * 0.95), (x + wide, y - tall * 0.42), (x + wide * 1.4, y)),
                canvas.Defs.Down(y - tall, y, rock, rock.Mix(canvas.Air.Haze, 0.5)));
        }
    }

    /// <summary>From every top down the slope that looks away from the sun.</summary>
    private static void Shade(Canvas canvas, Brush brush, List<Point> edge, Colour shade, double deep)
    {
        var step = -canvas.LightSide;
        for (var i = 2; i < edge.Count - 2; i++)
        {
            if (edge[i].Y > edge[i - 1].Y || edge[i].Y >= edge[i + 1].Y) continue;
            var slope = new List<Point> { edge[i] };
            for (var k = i + step; k > 0 && k < edge.Count && edge[k].Y >= slope[^1].Y && slope.Count < 24; k += step) slope.Add(edge[k]);
            if (slope.Count < 3) continue;
            var end = slope[^1];
            slope.Add(new Point(edge[i].X + (end.X - edge[i].X) * 0.55, edge[i].Y + deep));
            slope.Add(new Point(edge[i].X + (end.X - edge[i].X) * 0.10, edge[i].Y + deep * 0.42));
            brush.Soft(Shape.Smooth(slope, closed: true), canvas.Defs.Down(Math.Round(edge[i].Y), Math.Round(edge[i].Y + deep), shade.Fade(0.9), shade.Fade(0.55), shade.Fade(0.1)));
        }
    }

    private static void Ripples(Canvas canvas, Brush brush, List<Point> edge, Colour tone, Rng rng, double t)
    {
        for (var i = 1; i < 9; i++)
            brush.Line(Shape.Smooth(edge.Where((_, k) => k % 2 == 0).Select(p => new Point(p.X, p.Y + i * 17 * t + rng.Jitter(3))).ToList(), closed: false), tone.Fade(0.28), 1.6 * t);
    }
}
