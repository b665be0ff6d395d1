namespace Rpd.Server.Providers.Studio.Sketch.Scenery;

/// <summary>Clouds built from soft puffs: shadow below, body, and light on the side of the sun.</summary>
internal static class Clouds
{
    public static void Paint(Canvas canvas)
    {
        var weather = canvas.Scene.Weather;
        if (weather == Weather.Clear || canvas.Scene.Ground == Ground.Clouds) return;
        var rng = canvas.Rng.For("clouds");
        var heavy = weather is Weather.Storm or Weather.Rain or Weather.Cloudy or Weather.Snowing;
        if (canvas.Scene.Hour != Hour.Night || heavy) Veils(canvas, canvas.Layer("cirrus", 0.975), rng);
        if (weather == Weather.Fog || (canvas.Scene.Hour == Hour.Night && !heavy)) return;
        var brush = canvas.Layer("clouds", 0.97);
        var count = (int)Math.Clamp((heavy ? 9 : rng.Between(3, 6)) * Math.Sqrt(canvas.Width / 1000), 2, 14);
        for (var i = 0; i < count; i++)
        {
            var y = canvas.Horizon * (heavy ? rng.Between(0.05, 0.6) : rng.Between(0.12, 0.72));
            var far = y / canvas.Horizon;
            Cumulus(canvas, brush, rng, rng.Between(-0.05, 1.05) * canvas.Width, y, (heavy ? 1.5 : 1) * rng.Between(150, 300) * (1.15 - far), heavy);
        }
    }

    /// <summary>Looking across the tops of the clouds.</summary>
    public static void Sea(Canvas canvas)
    {
        var rng = canvas.Rng.For("cloud-sea");
        for (var row = 0; row < 6; row++)
        {
            var t = (row + 0.5) / 6;
            var brush = canvas.Layer("cloud-sea-" + row, 0.9 - t * 0.72);
            var size = 70 + 190 * t;
            var y = canvas.Height * (0.60 + 0.42 * t);
            brush.Soft(Shape.Rectangle(-10, y, canvas.Width + 20, canvas.Height), canvas.Defs.Down(y, y + size * 2, Body(canvas, t).Fade(0), Body(canvas, t).Fade(0.85)));
            var count = Math.Clamp((int)(canvas.Width / size) + 2, 4, 24);
            for (var i = 0; i < count; i++) Cumulus(canvas, brush, rng, canvas.Width * (i + rng.Unit()) / count, y + rng.Jitter(18), size * rng.Between(1.1, 1.8), heavy: false);
        }
    }

    private static Colour Body(Canvas canvas, double near) => canvas.Air.Sky[3].Mix(Colour.White with { L = 0.55 + 0.45 * canvas.Air.Level }, 0.4 + 0.25 * near);

    private static void Cumulus(Canvas canvas, Brush brush, Rng rng, double x, double y, double width, bool heavy)
    {
        var air = canvas.Air;
        var lit = (Colour.White with { L = 0.5 + 0.5 * air.Level }).Mix(air.Sun, 0.35);
        var shade = air.Sky[1].Mix(air.Sky[2], 0.5).Mix(new Colour(0.6 * air.Level, 0.03, 265), heavy ? 0.55 : 0.25);
        if (heavy) lit = lit.Mix(shade, 0.55);
        var puffs = new List<(double X, double Y, double R)>();
        var count = 9 + rng.Below(5);
        for (var i = 0; i < count; i++)
        {
            var share = (i + 0.5) / count * 2 - 1;
            var tall = (1 - share * share) * width * 0.26;
            puffs.Add((x + share * width * 0.52 + rng.Jitter(width * 0.04), y - tall * rng.Between(0.25, 1), width * (0.10 + 0.10 * (1 - share * share)) * rng.Between(0.85, 1.2)));
        }
        foreach (var p in puffs) brush.Soft(Shape.Ellipse(p.X, p.Y + p.R * 0.42, p.R * 1.35, p.R * 0.95), Puff(canvas, shade, 0.75));
        foreach (var p in puffs) brush.Soft(Shape.Ellipse(p.X, p.Y, p.R * 1.2, p.R), Puff(canvas, lit.Mix(shade, 0.3), 0.9));
        foreach (var p in puffs) brush.Soft(Shape.Ellipse(p.X + canvas.LightSide * p.R * 0.22, p.Y - p.R * 0.25, p.R * 0.9, p.R * 0.75), Puff(canvas, lit, 0.85));
        if (canvas.Look.SoftLight) return;
        foreach (var p in puffs) brush.Fill(Shape.Ellipse(p.X, p.Y, p.R, p.R * 0.8), lit);
        brush.Fill(Shape.Ellipse(x, y, width * 0.55, width * 0.09), lit);
    }

    private static Paint Puff(Canvas canvas, Colour colour, double opacity) =>
        canvas.Defs.Round(colour.Fade(opacity), colour.Fade(opacity * 0.92), colour.Fade(opacity * 0.6), colour.Fade(opacity * 0.16), colour.Fade(0));

    private static void Veils(Canvas canvas, Brush brush, Rng rng)
    {
        var colour = canvas.Air.Sky[3].Mix(canvas.Air.Sun, 0.5);
        var tilt = rng.Jitter(5);
        for (var i = 0; i < 9; i++)
        {
            var (x, y) = (rng.Between(0, canvas.Width), canvas.Horizon * rng.Between(0.08, 0.85));
            brush.Open("veil", x, y, 1, 1, tilt + rng.Jitter(2));
            brush.Glow(0, 0, rng.Between(180, 420), rng.Between(8, 26), colour.Fade(rng.Between(0.25, 0.6)));
            brush.Close();
        }
    }
}
