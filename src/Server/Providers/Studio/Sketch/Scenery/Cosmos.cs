namespace Rpd.Server.Providers.Studio.Sketch.Scenery;

/// <summary>Deep space: nebulae, stars, planets; and the grey ground of a moon.</summary>
internal static class Cosmos
{
    public static void Paint(Canvas canvas)
    {
        var rng = canvas.Rng.For("space");
        var hue = canvas.Scene.Accent?.H ?? rng.Pick([280.0, 300, 330, 220, 190, 20]);
        var brush = canvas.Layer("space", 1);
        var deep = new Colour(0.10, 0.05, 275);
        brush.Fill(Shape.Rectangle(-20, -20, canvas.Width + 40, canvas.Height + 40), canvas.Defs.Across(0, 0, canvas.Width, canvas.Height, deep.Darker(0.03), deep.Lighter(0.06), deep.Darker(0.02)));
        Nebula(canvas, canvas.Layer("nebula", 0.995), rng, hue);
        Sky.Stars(canvas, canvas.Layer("stars", 0.99), canvas.Height * 1.6);
        if (canvas.Scene.Ground == Ground.Moon) { Earth(canvas); return; }
        var planets = canvas.Layer("planets", 0.98);
        var side = canvas.LightSide;
        Planet(canvas, planets, canvas.Width * (0.5 - side * 0.27), canvas.Height * 0.24, 105, rng, 1);
        Planet(canvas, planets, canvas.Width * (0.5 + side * 0.34), canvas.Height * 0.97, 300, rng, 0);
        planets.Glow(canvas.Width * (0.5 + side * 0.36), canvas.Height * 0.13, 190, 190, new Colour(0.95, 0.09, 70, 0.85));
        planets.Fill(Shape.Ellipse(canvas.Width * (0.5 + side * 0.36), canvas.Height * 0.13, 24, 24), new Colour(0.99, 0.03, 90));
    }

    public static void Planet(Canvas canvas, Brush brush, double x, double y, double r, Rng rng, double ringed)
    {
        var own = new Colour(0.68, 0.12, rng.Pick([25.0, 60, 200, 260, 310, 150]));
        var light = canvas.LightSide * 0.3;
        brush.Glow(x, y, r * 1.45, r * 1.45, own.Lighter(0.1).Fade(0.55));
        var rings = rng.Chance(ringed);
        if (rings) Ring(brush, x, y, r, own, front: false);
        brush.Fill(Shape.Ellipse(x, y, r, r), canvas.Defs.Ball(0.5 + light, 0.3, own.Lighter(0.22), own.Lighter(0.05), own.Darker(0.2), own.Darker(0.46)));
        for (var i = 0; i < 7; i++)
        {
            var across = (i - 3) / 3.6;
            var half = Math.Sqrt(1 - across * across) * r * 0.985;
            brush.Soft(Shape.Smooth((x - half, y + across * r), (x, y + across * r + r * 0.075), (x + half, y + across * r), (x, y + across * r + r * rng.Between(0.10, 0.16))), canvas.Defs.Flat(own.Turn(rng.Jitter(30)).Lighter(rng.Jitter(0.12)).Fade(0.22)));
        }
        brush.Soft(Shape.Ellipse(x, y, r, r), canvas.Defs.Ball(0.5 + light, 0.3, Colour.Black.Fade(0), Colour.Black.Fade(0), Colour.Black.Fade(0.3), Colour.Black.Fade(0.66)));
        if (rings) Ring(brush, x, y, r, own, front: true);
    }

    public static void Surface(Canvas canvas)
    {
        var rng = canvas.Rng.For("moon-surface");
        var dust = new Colour(0.66, 0.012, 265);
        for (var row = 0; row < 4; row++)
        {
            var t = row / 3.0;
            var brush = canvas.Layer("moon-ground-" + row, 0.7 - t * 0.3);
            var y = canvas.Down(t * 0.5) + 6;
            var edge = row == 0 ? Ridge.Jagged(rng, canvas.Width, y, 70, 160, 0.1) : Ridge.Rolling(rng, canvas.Width, y, 26, 500);
            brush.Fill(Shape.Ground(edge, canvas.Height + 30), canvas.Defs.Down(y - 40, y + 300, dust.Darker(0.18 - 0.14 * t), dust.Darker(0.3 - 0.12 * t)));
            for (var i = 0; i < 7; i++) Crater(canvas, brush, rng.Between(0, canvas.Width), y + 26 + rng.Unit() * 90 * (0.4 + t), (12 + 60 * t) * rng.Between(0.5, 1.3), dust.Darker(0.14));
        }
    }

    private static void Crater(Canvas canvas, Brush brush, double x, double y, double r, Colour dust)
    {
        brush.Fill(Shape.Ellipse(x, y, r * 1.1, r * 0.32), dust.Lighter(0.10));
        brush.Fill(Shape.Ellipse(x, y - r * 0.015, r, r * 0.27), canvas.Defs.Across(x - r, 0, x + r, 0, canvas.LightSide < 0 ? [dust.Darker(0.26), dust.Darker(0.06)] : [dust.Darker(0.06), dust.Darker(0.26)]));
    }

    private static void Ring(Brush brush, double x, double y, double r, Colour own, bool front)
    {
        foreach (var (size, share) in new[] { (2.05, 0.5), (1.8, 0.8), (1.55, 0.6) })
            brush.Line($"M{Shape.Number(x - r * size)} {Shape.Number(y)}a{Shape.Number(r * size)} {Shape.Number(r * size * 0.26)} 0 0 {(front ? 0 : 1)} {Shape.Number(r * size * 2)} 0", own.Lighter(0.2).Vivid(0.6).Fade(share * (front ? 1 : 0.6)), r * 0.1);
    }

    private static void Earth(Canvas canvas)
    {
        var brush = canvas.Layer("earth", 0.97);
        var (x, y, r) = (canvas.Width * (0.5 - canvas.LightSide * 0.24), canvas.Horizon * 0.42, 120.0);
        var rng = canvas.Rng.For("earth");
        brush.Glow(x, y, r * 1.5, r * 1.5, new Colour(0.75, 0.12, 245, 0.7));
        brush.Fill(Shape.Ellipse(x, y, r, r), new Colour(0.52, 0.14, 252));
        for (var i = 0; i < 6; i++)
        {
            var (cx, cy, s) = (x + rng.Jitter(r * 0.55), y + rng.Jitter(r * 0.55), r * rng.Between(0.12, 0.3));
            brush.Fill(Shape.Smooth((cx - s, cy), (cx - s * 0.4, cy - s * 0.8), (cx + s * 0.5, cy - s * 0.6), (cx + s, cy + s * 0.1), (cx + s * 0.2, cy + s * 0.9)), new Colour(0.6, 0.11, 135));
            brush.Soft(Shape.Ellipse(x + rng.Jitter(r * 0.4), y + rng.Jitter(r * 0.6), r * 0.42, r * 0.05), canvas.Defs.Flat(Colour.White.Fade(0.7)));
        }
        brush.Soft(Shape.Ellipse(x, y, r, r), canvas.Defs.Ball(0.5 + canvas.LightSide * 0.3, 0.35, Colour.White.Fade(0.15), Colour.Black.Fade(0), Colour.Black.Fade(0.4), Colour.Black.Fade(0.8)));
    }

    private static void Nebula(Canvas canvas, Brush brush, Rng rng, double hue)
    {
        var (angle, middle) = (rng.Jitter(0.5), canvas.Height * rng.Between(0.35, 0.6));
        for (var i = 0; i < 34; i++)
        {
            var along = rng.Between(-0.1, 1.1) * canvas.Width;
            var y = middle + (along - canvas.Width / 2) * Math.Tan(angle) * 0.6 + rng.Jitter(150);
            var colour = new Colour(rng.Between(0.45, 0.72), 0.17, hue + rng.Pick([0.0, 0, 40, -50, 90]));
            brush.Open("cloud", along, y, 1, 1, angle * 57 + rng.Jitter(30));
            brush.Glow(0, 0, rng.Between(90, 330), rng.Between(50, 170), colour.Fade(rng.Between(0.14, 0.36)));
            brush.Close();
        }
    }
}
