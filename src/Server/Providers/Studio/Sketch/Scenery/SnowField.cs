namespace Rpd.Server.Providers.Studio.Sketch.Scenery;

/// <summary>Drifts of snow, blue in their hollows, with firs at the sides.</summary>
internal static class SnowField
{
    public static void Paint(Canvas canvas)
    {
        var rng = canvas.Rng.For("snow");
        for (var row = 0; row < 5; row++)
        {
            var t = row / 4.0;
            var depth = 0.64 - t * 0.34;
            var brush = canvas.Layer("snow-" + row, depth);
            var y = canvas.Down(t * 0.8) + 6;
            if (row is > 0 and < 4) Firs(canvas, brush, rng, y, 90 + 210 * t, depth);
            var edge = Ridge.Rolling(rng, canvas.Width, y, 12 + 30 * t, 420 + 500 * t);
            var snow = canvas.Air.At(new Colour(0.97, 0.012, 230), depth).Mix(canvas.Air.Sun, 0.12);
            var hollow = canvas.Air.At(new Colour(0.82, 0.04, 250), depth).Mix(canvas.Air.Sky[0], 0.12);
            brush.Fill(Shape.Ground(edge, canvas.Height + 30), canvas.Defs.Down(y - 16, y + 110 + 130 * t, snow, snow.Mix(hollow, 0.5), hollow));
        }
        var sparkle = canvas.Layer("sparkle", 0.25);
        for (var i = 0; i < 90; i++)
        {
            var t = rng.Between(0.3, 1);
            sparkle.Fill(Shape.Ellipse(rng.Between(0, canvas.Width), canvas.Down(t), 1.6 * t, 1.4 * t), Colour.White.Fade(rng.Between(0.4, 0.9) * canvas.Air.Level));
        }
    }

    private static void Firs(Canvas canvas, Brush brush, Rng rng, double y, double size, double depth)
    {
        var count = (int)Math.Clamp(canvas.Width / size * 1.5, 3, 30);
        for (var i = 0; i < count; i++)
        {
            var x = canvas.Width * (i + rng.Unit()) / count;
            if (Math.Abs(x / canvas.Width - 0.5) < 0.27 && size > 130) continue;
            var tall = size * rng.Between(0.6, 1.2);
            var tree = canvas.Air.At(new Colour(0.36, 0.05, 170), depth);
            var seed = rng.Next();
            brush.Fill(Woods.Conifer(new Rng(seed), x, y + 14, tall), tree);
            brush.Open("snow-on-branches", x + canvas.LightSide * tall * 0.018, y + 14 - tall * 0.045, 0.8, 0.93);
            brush.Fill(Woods.Conifer(new Rng(seed), 0, 0, tall), canvas.Air.At(new Colour(0.95, 0.015, 235), depth).Fade(0.82));
            brush.Close();
            brush.Open("under-branches", x - canvas.LightSide * tall * 0.012, y + 14, 0.72, 0.86);
            brush.Fill(Woods.Conifer(new Rng(seed), 0, 0, tall), tree.Lighter(0.03));
            brush.Close();
        }
    }
}
