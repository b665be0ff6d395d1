namespace Rpd.Server.Providers.Studio.Sketch.Scenery;

/// <summary>Trees by the hundred: a treeline far off, or a forest one stands in, with light between the trunks.</summary>
internal static class Woods
{
    public static void Treeline(Canvas canvas)
    {
        var rng = canvas.Rng.For("treeline");
        for (var row = 0; row < 2; row++)
        {
            var depth = 0.74 - row * 0.08;
            var brush = canvas.Layer("treeline-" + row, depth);
            var edge = Ridge.Rolling(rng, canvas.Width, canvas.Horizon + 10 + row * 10, 14, 700);
            var tone = canvas.Air.At(Leaf(canvas.Scene, rng).Darker(0.06), depth);
            brush.Fill(Shape.Ground(edge, canvas.Horizon + 60), tone);
            var count = (int)Math.Clamp(canvas.Width / (15 + row * 7), 20, 160);
            var wave = rng.Between(0, 6);
            for (var i = 0; i < count; i++)
            {
                var x = canvas.Width * (i + rng.Unit()) / count;
                var tall = (44 + row * 26) * rng.Between(0.55, 1.25) * (0.75 + 0.4 * Math.Sin(wave + x / 170));
                var y = canvas.Horizon + 16 + row * 8;
                brush.Fill(canvas.Scene.Season is Season.Autumn or Season.Spring && rng.Chance(0.6) ? Crown(rng, x, y, tall * 0.9) : Conifer(rng, x, y, tall), tone.Lighter(rng.Jitter(0.025)));
            }
        }
    }

    public static void Inside(Canvas canvas, IReadOnlyList<Spot> spots)
    {
        var rng = canvas.Rng.For("forest");
        var mist = canvas.Layer("forest-light", 0.9);
        mist.Soft(Shape.Rectangle(-10, 0, canvas.Width + 20, canvas.Height), canvas.Defs.Down(0, canvas.Horizon + 40, canvas.Air.Haze.Fade(0.2), canvas.Air.Haze.Mix(canvas.Air.Sun, 0.5).Fade(0.85)));
        mist.Glow(canvas.Sun.X, canvas.Horizon * 0.75, 420, 380, canvas.Air.Sun.Fade(0.8));
        for (var row = 0; row < 5; row++)
        {
            var t = row / 4.0;
            var depth = 0.82 - t * 0.36;
            var brush = canvas.Layer("forest-" + row, depth);
            var size = 260 + 520 * t;
            var y = canvas.Down(0.02 + 0.26 * t) + 8;
            var count = (int)Math.Clamp(canvas.Width / (62 + 90 * t), 5, 46);
            for (var i = 0; i < count; i++) Tree(canvas, brush, rng, canvas.Width * (i + rng.Unit()) / count, y + rng.Jitter(8), size * rng.Between(0.75, 1.25), depth);
            brush.Fill(Shape.Ground(Ridge.Rolling(rng, canvas.Width, y, 10 + 6 * t, 420), canvas.Height + 30),
                canvas.Defs.Down(y - 10, y + 200, canvas.Air.At(Floor(canvas.Scene).Lighter(0.08), depth), canvas.Air.At(Floor(canvas.Scene), depth - 0.15), canvas.Air.At(Floor(canvas.Scene).Darker(0.1), depth - 0.2)));
        }
        if (canvas.Scene.Extras.Overlaps([Extra.Path, Extra.River])) Meadow.Ribbon(canvas, canvas.Layer("path", 0.4), canvas.Air.At(new Colour(0.62, 0.06, 75), 0.35), 0.2);
        Beams(canvas, rng);
        Ferns(canvas, rng);
        Frame(canvas, spots, rng);
    }

    public static Colour Leaf(Scene scene, Rng rng) => scene.Season switch
    {
        Season.Autumn => rng.Pick([new Colour(0.60, 0.15, 55), new Colour(0.66, 0.15, 75), new Colour(0.52, 0.16, 38)]),
        Season.Spring => rng.Pick([new Colour(0.62, 0.13, 132), new Colour(0.82, 0.08, 355)]),
        Season.Winter => new Colour(0.42, 0.035, 190),
        _ => new Colour(0.42, 0.085, 148 + rng.Jitter(10)),
    };

    public static string Conifer(Rng rng, double x, double y, double tall)
    {
        var right = new List<Point> { new(x, y - tall) };
        var left = new List<Point>();
        const int tiers = 6;
        for (var i = 1; i <= tiers; i++)
        {
            var half = tall * 0.20 * i / tiers * rng.Between(0.85, 1.15);
            var low = y - tall + tall * 0.94 * i / tiers;
            right.Add(new Point(x + half, low + tall * 0.02));
            right.Add(new Point(x + half * 0.45, low - tall * 0.015));
            left.Add(new Point(x - half, low + tall * 0.02));
            left.Add(new Point(x - half * 0.45, low - tall * 0.015));
        }
        left.Reverse();
        return Shape.Polygon([.. right, new Point(x + tall * 0.02, y), new Point(x - tall * 0.02, y), .. left]);
    }

    public static string Crown(Rng rng, double x, double y, double tall)
    {
        var path = Shape.Rectangle(x - tall * 0.03, y - tall * 0.4, tall * 0.06, tall * 0.4);
        for (var i = 0; i < 6; i++) path += Shape.Ellipse(x + rng.Jitter(tall * 0.2), y - tall * rng.Between(0.42, 0.8), tall * rng.Between(0.14, 0.24), tall * rng.Between(0.13, 0.2));
        return path;
    }

    private static Colour Floor(Scene scene) => scene.Season == Season.Autumn ? new Colour(0.52, 0.10, 62) : scene.Season == Season.Winter ? new Colour(0.9, 0.015, 240) : new Colour(0.44, 0.085, 135);

    private static void Tree(Canvas canvas, Brush brush, Rng rng, double x, double y, double size, double depth)
    {
        var leaf = Leaf(canvas.Scene, rng);
        if (canvas.Scene.Season is Season.Summer or Season.Winter && rng.Chance(0.6))
        {
            var lit = canvas.Air.At(leaf, depth);
            brush.Fill(Conifer(rng, x, y, size), canvas.Defs.Across(Math.Round(x - size * 0.15), 0, Math.Round(x + size * 0.15), 0,
                canvas.LightSide < 0 ? [lit.Lighter(0.05), lit.Darker(0.05)] : [lit.Darker(0.05), lit.Lighter(0.05)]));
            return;
        }
        var trunk = canvas.Air.At(new Colour(0.36, 0.04, 55), depth);
        var wide = size * 0.026;
        brush.Fill(Shape.Smooth((x - wide * 2, y + 4), (x - wide, y - size * 0.2), (x - wide * 0.6, y - size * 1.6), (x + wide * 0.6, y - size * 1.6), (x + wide, y - size * 0.2), (x + wide * 2, y + 4)),
            canvas.Defs.Across(Math.Round(x - wide * 2), 0, Math.Round(x + wide * 2), 0, canvas.LightSide < 0 ? [trunk.Lighter(0.1), trunk] : [trunk, trunk.Lighter(0.1)]));
        for (var i = 0; i < 9; i++)
            brush.Fill(Shape.Ellipse(x + rng.Jitter(size * 0.24), y - size * rng.Between(0.72, 1.45), size * rng.Between(0.09, 0.16), size * rng.Between(0.06, 0.11)), canvas.Air.At(leaf.Lighter(rng.Jitter(0.06)), depth).Fade(0.92));
    }

    private static void Beams(Canvas canvas, Rng rng)
    {
        if (canvas.Air.Dark || canvas.Scene.Weather is Weather.Storm or Weather.Rain) return;
        var brush = canvas.Layer("beams", 0.42);
        for (var i = 0; i < 6; i++)
        {
            var (x, wide, fall) = (canvas.Sun.X + rng.Jitter(canvas.Width * 0.35), rng.Between(30, 110), -canvas.LightSide * rng.Between(260, 420));
            brush.Soft(Shape.Polygon((x, -20), (x + wide, -20), (x + wide * 1.9 + fall, canvas.Height * 0.86), (x + fall, canvas.Height * 0.86)),
                canvas.Defs.Down(0, canvas.Height * 0.86, canvas.Air.Sun.Fade(0.26), canvas.Air.Sun.Fade(0.12), canvas.Air.Sun.Fade(0)));
        }
    }

    private static void Ferns(Canvas canvas, Rng rng)
    {
        for (var row = 0; row < 4; row++)
        {
            var t = 0.35 + row * 0.2;
            var brush = canvas.Layer("ferns-" + row, 0.44 - row * 0.1);
            var count = (int)Math.Clamp(canvas.Width / 36, 10, 90);
            for (var i = 0; i < count; i++)
                brush.Fill(Meadow.Blades(rng, canvas.Width * (i + rng.Unit()) / count, canvas.Down(t) + rng.Jitter(20), 18 + 46 * t * rng.Unit(), 16, 6), canvas.Air.At(Floor(canvas.Scene).Lighter(rng.Between(-0.1, 0.1)).Turn(rng.Jitter(14)), 0.45 - t * 0.4));
        }
    }

    /// <summary>A dark trunk at each side closes the picture and sets off the light behind.</summary>
    private static void Frame(Canvas canvas, IReadOnlyList<Spot> spots, Rng rng)
    {
        var brush = canvas.Layer("trunks-near", 0.1);
        var bark = canvas.Air.At(new Colour(0.22, 0.03, 60), 0.02);
        foreach (var side in new[] { 0.02, 0.97 })
        {
            var x = canvas.Width * (side + rng.Jitter(0.02));
            if (spots.Any(s => Math.Abs(s.X - x) < s.HalfWidth + 40)) continue;
            var wide = rng.Between(22, 40);
            var bent = rng.Jitter(30);
            brush.Fill(Shape.Smooth((x - wide * 2, canvas.Height + 20), (x - wide, canvas.Height * 0.82), (x - wide * 0.8 + bent, canvas.Height * 0.4), (x - wide * 0.7, -40), (x + wide * 0.7, -40), (x + wide * 0.8 + bent, canvas.Height * 0.4), (x + wide, canvas.Height * 0.82), (x + wide * 2, canvas.Height + 20)), bark);
        }
    }
}
