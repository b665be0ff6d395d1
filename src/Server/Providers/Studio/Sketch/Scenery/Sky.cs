namespace Rpd.Server.Providers.Studio.Sketch.Scenery;

/// <summary>The sky's gradient, the sun or moon in it and what shines at night.</summary>
internal static class Sky
{
    public static void Paint(Canvas canvas)
    {
        var air = canvas.Air;
        var sky = canvas.Layer("sky", 1);
        sky.Fill(Shape.Rectangle(-20, -20, canvas.Width + 40, canvas.Height + 40), canvas.Defs.Down(0, canvas.Horizon + 20, [.. air.Sky]));
        if (canvas.Scene.Extras.Contains(Extra.Stars)) Stars(canvas, canvas.Layer("stars", 0.995), canvas.Horizon * 0.92);
        if (canvas.Scene.Extras.Contains(Extra.Aurora)) Aurora(canvas);
        if (canvas.Scene.Hour == Hour.Night) Moon(canvas);
        else if (canvas.Scene.Weather is Weather.Fair or Weather.Clear or Weather.Cloudy or Weather.Fog) Sun(canvas);
        if (canvas.Scene.Hour is not Hour.Night && canvas.Scene.Extras.Contains(Extra.Moon)) Moon(canvas);
        if (canvas.Scene.Extras.Contains(Extra.Rainbow)) Rainbow(canvas);
        if (canvas.Scene.Extras.Contains(Extra.Planet)) Cosmos.Planet(canvas, canvas.Layer("planet", 0.985), canvas.Width * (canvas.LightSide < 0 ? 0.72 : 0.28), canvas.Horizon * 0.36, 130, canvas.Rng.For("planet"), 0.35);
    }

    public static void Stars(Canvas canvas, Brush brush, double bottom)
    {
        var rng = canvas.Rng.For("stars");
        var count = (int)Math.Clamp(canvas.Width * bottom / 2600, 40, 520);
        for (var i = 0; i < count; i++)
        {
            var (x, y) = (rng.Between(0, canvas.Width), bottom * Math.Pow(rng.Unit(), 1.15));
            var size = 0.7 + 2.0 * Math.Pow(rng.Unit(), 7);
            var hue = rng.Pick([60.0, 240, 240, 260]);
            if (size > 2.0) brush.Glow(x, y, size * 5, size * 5, new Colour(0.9, 0.06, hue).Fade(0.5));
            brush.Fill(Shape.Ellipse(x, y, size, size), new Colour(0.97, 0.03, hue).Fade(rng.Between(0.35, 1) * (1 - 0.7 * y / bottom)));
        }
    }

    private static void Sun(Canvas canvas)
    {
        var brush = canvas.Layer("sun", 0.985);
        var (x, y) = canvas.Sun;
        var warm = canvas.Air.Sun;
        var radius = canvas.Scene.Hour == Hour.Day ? 38 : 56;
        brush.Glow(x, y, 900, 700, warm.Fade(0.55));
        brush.Glow(x, y, 330, 330, warm.Lighter(0.05).Fade(0.75));
        brush.Glow(x, y, radius * 2.2, radius * 2.2, warm.Lighter(0.1));
        brush.Fill(Shape.Ellipse(x, y, radius, radius), canvas.Defs.Round(warm with { L = 0.995, C = 0.03 }, warm with { L = 0.98, C = 0.06 }, warm.Lighter(0.03)));
    }

    private static void Moon(Canvas canvas)
    {
        var brush = canvas.Layer("moon", 0.985);
        var rng = canvas.Rng.For("moon");
        var (x, y) = (canvas.Sun.X, Math.Max(130, canvas.Horizon * 0.28));
        var radius = canvas.Scene.Extras.Contains(Extra.Moon) ? 84 : 58;
        var pale = new Colour(0.93, 0.03, 95);
        brush.Glow(x, y, radius * 6.5, radius * 6.5, new Colour(0.75, 0.07, 250, 0.45));
        brush.Glow(x, y, radius * 2.1, radius * 2.1, pale.Fade(0.5));
        brush.Fill(Shape.Ellipse(x, y, radius, radius), canvas.Defs.Ball(0.38, 0.35, pale.Lighter(0.05), pale, pale.Darker(0.1)));
        for (var i = 0; i < 9; i++)
        {
            var (angle, far) = (rng.Between(0, Math.Tau), radius * Math.Sqrt(rng.Unit()) * 0.72);
            var r = radius * rng.Between(0.06, 0.22);
            brush.Soft(Shape.Ellipse(x + Math.Cos(angle) * far, y + Math.Sin(angle) * far, r, r * 0.9), canvas.Defs.Flat(pale.Darker(0.14).Fade(0.45)));
        }
    }

    private static void Rainbow(Canvas canvas)
    {
        var brush = canvas.Layer("rainbow", 0.9);
        var (x, radius) = (canvas.Width / 2 - canvas.LightSide * 120, Math.Min(canvas.Width * 0.52, canvas.Horizon * 0.95));
        double[] hues = [25, 55, 95, 145, 230, 265, 310];
        for (var i = 0; i < hues.Length; i++)
        {
            var r = radius - i * 9;
            brush.Line($"M{Shape.Number(x - r)} {Shape.Number(canvas.Horizon)}a{Shape.Number(r)} {Shape.Number(r)} 0 0 1 {Shape.Number(2 * r)} 0", new Colour(0.8, 0.16, hues[i], 0.42), 11);
        }
    }

    private static void Aurora(Canvas canvas)
    {
        var brush = canvas.Layer("aurora", 0.99);
        var rng = canvas.Rng.For("aurora");
        for (var band = 0; band < 3; band++)
        {
            var edge = Ridge.Rolling(rng, canvas.Width, canvas.Horizon * (0.42 + 0.14 * band), 90, canvas.Width * 0.7);
            var hue = band == 1 ? 320 : 160;
            var (phase, step) = (rng.Between(0, 6), 9.0);
            for (var x = -step; x < canvas.Width + step && step * 260 > x; x += step)
            {
                var at = Math.Clamp((x + 20) / (canvas.Width + 40) * (edge.Count - 1), 0, edge.Count - 1.001);
                var y = edge[(int)at].Y + (edge[(int)at + 1].Y - edge[(int)at].Y) * (at - (int)at);
                var swell = Math.Sin(phase + x / 47) * 0.5 + Math.Sin(phase * 2 + x / 19) * 0.3 + rng.Jitter(0.2);
                var tall = canvas.Horizon * (0.34 + 0.1 * swell);
                var path = Shape.Polygon((x, y - tall), (x + step * 1.6, y - tall), (x + step * 1.6, y + 14), (x, y + 14));
                brush.Soft(path, canvas.Defs.Down(Math.Round(y - tall), Math.Round(y + 14), new Colour(0.7, 0.14, hue + 60, 0), new Colour(0.78, 0.17, hue + 20, 0.13), new Colour(0.85, 0.18, hue, Math.Round(0.34 + 0.14 * swell, 2)), new Colour(0.85, 0.18, hue, 0)));
            }
        }
    }
}
