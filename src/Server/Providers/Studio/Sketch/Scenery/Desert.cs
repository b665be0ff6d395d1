namespace Rpd.Server.Providers.Studio.Sketch.Scenery;

/// <summary>Dunes, each bright at its crest and darker down to the next.</summary>
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
            brush.Fill(Shape.Ground(edge, canvas.Height + 30), canvas.Defs.Down(y - tall, y + 120 + 180 * t, lit, canvas.Air.At(sand.Darker(0.05), depth - 0.05), canvas.Air.At(sand.Darker(0.22).Turn(-10), depth - 0.1)));
            brush.Line(Shape.Smooth(edge, closed: false), canvas.Air.At(sand.Lighter(0.14), depth).Fade(0.6), 1 + 2 * t);
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

    private static void Ripples(Canvas canvas, Brush brush, List<Point> edge, Colour tone, Rng rng, double t)
    {
        for (var i = 1; i < 9; i++)
            brush.Line(Shape.Smooth(edge.Where((_, k) => k % 2 == 0).Select(p => new Point(p.X, p.Y + i * 17 * t + rng.Jitter(3))).ToList(), closed: false), tone.Fade(0.28), 1.6 * t);
    }
}
