namespace Rpd.Server.Providers.Studio.Sketch.Scenery;

/// <summary>For prompts about nothing one can draw: ribbons of colour, discs and light in a harmony of three hues.</summary>
internal static class Abstract
{
    public static void Paint(Canvas canvas)
    {
        var rng = canvas.Rng.For("abstract");
        var hue = canvas.Scene.Accent?.H ?? rng.Between(0, 360);
        var split = rng.Pick([28.0, 40, 150, 180, 120]);
        Colour[] tones = [new(0.30, 0.10, hue), new(0.52, 0.16, hue + split * 0.5), new(0.70, 0.16, hue + split), new(0.84, 0.12, hue + split * 0.7), new(0.94, 0.05, hue + split)];
        var ground = canvas.Layer("ground", 1);
        ground.Fill(Shape.Rectangle(-20, -20, canvas.Width + 40, canvas.Height + 40), canvas.Defs.Across(0, 0, canvas.Width * 0.4, canvas.Height, tones[0].Darker(0.1), tones[0], tones[1]));
        ground.Glow(canvas.Width * rng.Between(0.2, 0.8), canvas.Height * rng.Between(0.15, 0.5), 700, 600, tones[2].Fade(0.55));
        Discs(canvas, canvas.Layer("discs-far", 0.9), rng, tones, 5, 60, 190);
        const int ribbons = 11;
        for (var i = 0; i < ribbons; i++)
        {
            var t = i / (ribbons - 1.0);
            var brush = canvas.Layer("ribbon-" + i, 0.85 - t * 0.6);
            var y = canvas.Height * (0.30 + 0.72 * t);
            var edge = Ridge.Rolling(rng, canvas.Width, y, 120 - 40 * t, canvas.Width * rng.Between(0.6, 1.1));
            var tone = tones[1 + i % 4].Mix(tones[0], 0.55 * t).Turn(rng.Jitter(10));
            brush.Soft(Shape.Ground(edge.Select(p => new Point(p.X, p.Y - 14)).ToList(), canvas.Height + 30), canvas.Defs.Flat(Colour.Black.Fade(0.10)));
            brush.Fill(Shape.Ground(edge, canvas.Height + 30), canvas.Defs.Across(0, y - 120, canvas.Width * 0.35, y + 260, tone.Lighter(0.10), tone, tone.Darker(0.16)));
            brush.Line(Shape.Smooth(edge, closed: false), tones[4].Fade(0.4), 1.6);
        }
        Discs(canvas, canvas.Layer("discs-near", 0.15), rng, tones, 4, 16, 60);
        var sparks = canvas.Layer("sparks", 0.14);
        for (var i = 0; i < 70; i++) sparks.Fill(Shape.Ellipse(rng.Between(0, canvas.Width), rng.Between(0, canvas.Height), 1 + 2.4 * rng.Unit(), 1 + 2.4 * rng.Unit()), tones[4].Fade(rng.Between(0.3, 0.9)));
    }

    private static void Discs(Canvas canvas, Brush brush, Rng rng, Colour[] tones, int count, double small, double large)
    {
        for (var i = 0; i < count; i++)
        {
            var (x, y, r) = (rng.Between(0.05, 0.95) * canvas.Width, rng.Between(0.06, 0.7) * canvas.Height, rng.Between(small, large));
            var tone = rng.Pick(tones[1..]);
            brush.Glow(x, y, r * 1.5, r * 1.5, tone.Fade(0.35));
            brush.Fill(Shape.Ellipse(x, y, r, r), canvas.Defs.Ball(0.5 + canvas.LightSide * 0.2, 0.28, tone.Lighter(0.18), tone, tone.Darker(0.22)));
        }
    }
}
