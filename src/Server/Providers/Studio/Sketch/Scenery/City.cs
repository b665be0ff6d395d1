namespace Rpd.Server.Providers.Studio.Sketch.Scenery;

/// <summary>Towers in three distances with lit windows, and a street that runs to the middle of them.</summary>
internal static class City
{
    public static void Skyline(Canvas canvas)
    {
        var rng = canvas.Rng.For("skyline");
        for (var row = 0; row < 3; row++)
        {
            var t = row / 2.0;
            var depth = 0.84 - t * 0.2;
            var brush = canvas.Layer("skyline-" + row, depth);
            var wide = 46 + 40 * t;
            for (var x = -rng.Between(0, wide); x < canvas.Width;)
            {
                var w = wide * rng.Between(0.7, 1.6);
                var away = Math.Abs((x + w / 2) / canvas.Width - 0.5) * 2;
                var tall = Math.Min(canvas.Horizon * 0.86, 520) * rng.Between(0.28, 1) * (row == 2 ? 0.35 + 0.65 * away : 0.95 - 0.2 * t);
                Tower(canvas, brush, rng, x, canvas.Horizon + 12 + row * 6, w, tall, depth, row);
                x += w + rng.Between(-4, 14);
            }
        }
        canvas.Layer("city-glow", 0.72).Soft(Shape.Rectangle(-10, canvas.Horizon - 260, canvas.Width + 20, 280),
            canvas.Defs.Down(canvas.Horizon - 260, canvas.Horizon + 20, canvas.Air.Haze.Fade(0), (canvas.Air.Dark ? new Colour(0.7, 0.13, 50) : canvas.Air.Haze).Fade(0.42)));
    }

    public static void Street(Canvas canvas)
    {
        var rng = canvas.Rng.For("street");
        var wet = canvas.Air.Dark || canvas.Scene.Weather == Weather.Rain;
        var asphalt = canvas.Air.At(new Colour(wet ? 0.27 : 0.45, 0.02, 265), 0.1);
        var brush = canvas.Layer("street", 0.62);
        brush.Fill(Shape.Rectangle(-20, canvas.Horizon, canvas.Width + 40, canvas.Height), canvas.Defs.Down(canvas.Horizon, canvas.Height, asphalt.Mix(canvas.Air.Haze, 0.5), asphalt, asphalt.Darker(0.07)));
        var middle = canvas.Width / 2;
        foreach (var side in new[] { -1, 1 })
        {
            brush.Fill(Shape.Polygon((middle + side * 26, canvas.Horizon), (middle + side * canvas.Width * 0.62, canvas.Height + 10), (middle + side * canvas.Width * 2, canvas.Height + 10), (middle + side * canvas.Width, canvas.Horizon)), canvas.Air.At(new Colour(0.5, 0.02, 260), 0.3));
            brush.Line($"M{Shape.Number(middle + side * 26)} {Shape.Number(canvas.Horizon)}L{Shape.Number(middle + side * canvas.Width * 0.62)} {Shape.Number(canvas.Height + 10)}", canvas.Air.At(new Colour(0.72, 0.02, 90), 0.2).Fade(0.7), 5);
        }
        for (var i = 0; i < 7; i++)
        {
            var (a, b) = (canvas.Down(i / 7.0 + 0.02), canvas.Down(i / 7.0 + 0.085));
            double Half(double y) => 0.6 + 9 * (y - canvas.Horizon) / (canvas.Height - canvas.Horizon);
            brush.Fill(Shape.Polygon((middle - Half(a), a), (middle + Half(a), a), (middle + Half(b), b), (middle - Half(b), b)), canvas.Air.At(new Colour(0.9, 0.04, 95), 0.2).Fade(0.8));
        }
        if (wet) Reflections(canvas, canvas.Layer("reflections", 0.55), rng);
        Lamps(canvas);
    }

    private static void Tower(Canvas canvas, Brush brush, Rng rng, double x, double y, double w, double tall, double depth, int row)
    {
        var own = rng.Pick([new Colour(0.52, 0.03, 255), new Colour(0.58, 0.04, 40), new Colour(0.46, 0.035, 280), new Colour(0.64, 0.03, 75)]);
        var wall = canvas.Air.At(own, depth);
        var top = y - tall;
        var paint = canvas.Defs.Down(Math.Round(top), Math.Round(y), wall.Lighter(0.05), wall, wall.Mix(canvas.Air.Haze, 0.35));
        brush.Fill(Shape.Rectangle(x, top, w, tall), paint);
        brush.Soft(Shape.Rectangle(canvas.LightSide < 0 ? x + w * 0.62 : x, top, w * 0.38, tall), canvas.Defs.Flat(wall.Darker(0.08).Fade(0.55)));
        if (rng.Chance(0.35)) brush.Fill(Shape.Rectangle(x + w * 0.2, top - 22, w * 0.6, 23), wall);
        if (rng.Chance(0.25)) brush.Fill(Shape.Polygon((x + w * 0.3, top), (x + w * 0.5, top - w * 1.1), (x + w * 0.7, top)), wall);
        if (rng.Chance(0.3)) brush.Line($"M{Shape.Number(x + w / 2)} {Shape.Number(top)}v-60", wall, 2);
        Windows(canvas, brush, rng, x, top, w, tall, depth, row);
    }

    private static void Windows(Canvas canvas, Brush brush, Rng rng, double x, double top, double w, double tall, double depth, int row)
    {
        var size = 5.5 + row * 2.5;
        var (lit, dim) = (new System.Text.StringBuilder(), new System.Text.StringBuilder());
        var columns = Math.Max(1, (int)(w / (size * 1.9)));
        var rows = Math.Clamp((int)(tall / (size * 2.4)), 1, 34);
        var glowing = canvas.Air.Dark ? 0.5 : canvas.Scene.Hour is Hour.Sunset or Hour.Dawn ? 0.22 : 0.05;
        for (var c = 0; c < columns; c++)
            for (var r = 0; r < rows; r++)
                (rng.Chance(glowing) ? lit : dim).Append(Shape.Rectangle(x + w * (c + 0.5) / columns - size / 2, top + 10 + r * size * 2.4, size, size * 1.35));
        if (dim.Length > 0) brush.Soft(dim.ToString(), canvas.Defs.Flat(canvas.Air.At(new Colour(0.35, 0.03, 250), depth).Mix(canvas.Air.Sky[1], 0.3).Fade(0.6)));
        if (lit.Length == 0) return;
        var neon = canvas.Look.Style == Style.Neon;
        brush.Soft(lit.ToString(), canvas.Defs.Flat(neon ? rng.Pick([new Colour(0.97, 0.2, 330), new Colour(0.97, 0.15, 210), new Colour(1, 0.1, 330)]) : new Colour(0.88, 0.12, rng.Pick([70.0, 80, 88])).Fade(row == 0 ? 0.7 : 0.95)));
    }

    private static void Reflections(Canvas canvas, Brush brush, Rng rng)
    {
        for (var i = 0; i < 46; i++)
        {
            var t = rng.Between(0.05, 1);
            var colour = rng.Pick([new Colour(0.85, 0.13, 70), new Colour(0.7, 0.18, 340), new Colour(0.75, 0.13, 220), new Colour(0.8, 0.12, 50)]);
            brush.Glow(rng.Between(0, canvas.Width), canvas.Down(t), 8 + 46 * t, 30 + 95 * t, colour.Fade(0.34 - 0.14 * t));
        }
    }

    private static void Lamps(Canvas canvas)
    {
        for (var i = 0; i < 4; i++)
        {
            var t = 0.08 + i * 0.17;
            var brush = canvas.Layer("lamps-" + i, 0.6 - t * 0.4);
            foreach (var side in new[] { -1, 1 })
            {
                var (x, y, tall) = (canvas.Width / 2 + side * (26 + canvas.Width * 0.66 * Math.Pow(t, 1.6) * 1.05 + 14), canvas.Down(t), 60 + 430 * Math.Pow(t, 1.3));
                var metal = canvas.Air.At(new Colour(0.3, 0.01, 260), 0.4 - t * 0.4);
                brush.Line($"M{Shape.Number(x)} {Shape.Number(y)}v{Shape.Number(-tall)}q0 {Shape.Number(-tall * 0.1)} {Shape.Number(-side * tall * 0.16)} {Shape.Number(-tall * 0.1)}", metal, 1.5 + 6 * t);
                var (lx, ly) = (x - side * tall * 0.18, y - tall * 1.09);
                if (canvas.Air.Level < 0.85) brush.Glow(lx, ly, tall * 0.4, tall * 0.4, new Colour(0.9, 0.13, 75, 0.8));
                brush.Fill(Shape.Ellipse(lx, ly, 4 + 14 * t, 2 + 5 * t), canvas.Air.Level < 0.85 ? new Colour(0.97, 0.08, 85) : metal.Lighter(0.3));
            }
        }
    }
}
