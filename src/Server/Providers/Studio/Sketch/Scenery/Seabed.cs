namespace Rpd.Server.Providers.Studio.Sketch.Scenery;

/// <summary>Under water: light falling from above, sand, weeds, corals and rising bubbles.</summary>
internal static class Seabed
{
    public static void Paint(Canvas canvas)
    {
        var rng = canvas.Rng.For("seabed");
        var brush = canvas.Layer("depths", 1);
        var dark = canvas.Air.Dark ? 0.22 : 0;
        Colour Water(double l, double c, double h) => new Colour(l, c, h).Darker(dark);
        brush.Fill(Shape.Rectangle(-20, -20, canvas.Width + 40, canvas.Height + 40), canvas.Defs.Down(0, canvas.Height, Water(0.83, 0.09, 205), Water(0.64, 0.12, 228), Water(0.46, 0.13, 246), Water(0.32, 0.11, 256)));
        var light = canvas.Layer("light-rays", 0.93);
        for (var i = 0; i < 9; i++)
        {
            var (x, wide, lean) = (rng.Between(-0.1, 1.1) * canvas.Width, rng.Between(20, 95), rng.Between(60, 240) * -canvas.LightSide);
            light.Soft(Shape.Polygon((x, -20), (x + wide, -20), (x + wide * 2.6 + lean, canvas.Height * 0.8), (x + lean, canvas.Height * 0.8)), canvas.Defs.Down(0, canvas.Height * 0.8, Colour.White.Fade(0.30), Colour.White.Fade(0)));
        }
        for (var row = 0; row < 3; row++) Floor(canvas, rng, row, Water(0.45, 0.12, 246));
        var bubbles = canvas.Layer("bubbles", 0.2);
        for (var i = 0; i < 46; i++)
        {
            var (x, y, r) = (rng.Between(0, canvas.Width), rng.Between(0, canvas.Height), 2 + 11 * Math.Pow(rng.Unit(), 3));
            bubbles.Fill(Shape.Ellipse(x, y, r, r), Colour.White.Fade(0.16));
            bubbles.Line($"M{Shape.Number(x - r)} {Shape.Number(y)}a{Shape.Number(r)} {Shape.Number(r)} 0 0 1 {Shape.Number(r)} {Shape.Number(-r)}", Colour.White.Fade(0.7), 1.2);
        }
    }

    private static void Floor(Canvas canvas, Rng rng, int row, Colour water)
    {
        var t = row / 2.0;
        var depth = 0.8 - t * 0.6;
        var brush = canvas.Layer("seabed-" + row, depth);
        var y = canvas.Height * (0.74 + 0.11 * row);
        var fade = 0.66 - 0.3 * row;
        Colour In(Colour own) => own.Mix(water, fade);
        var count = (int)Math.Clamp(canvas.Width / (120 - 20 * row), 5, 36);
        for (var i = 0; i < count; i++)
        {
            var x = canvas.Width * (i + rng.Unit()) / count;
            if (row == 2 && Math.Abs(x / canvas.Width - 0.5) < 0.22) continue;
            if (rng.Chance(0.5)) Weed(brush, rng, x, y + 14, 90 + 130 * t * rng.Unit() + 50, In(new Colour(0.55, 0.13, rng.Pick([145.0, 165, 130]))));
            else Coral(brush, rng, x, y + 16, 40 + 60 * t * rng.Unit() + 20, In(new Colour(0.66, 0.17, rng.Pick([15.0, 350, 50, 320, 80]))));
        }
        brush.Fill(Shape.Ground(Ridge.Rolling(rng, canvas.Width, y, 24, 420), canvas.Height + 30), canvas.Defs.Down(y - 20, y + 150, In(new Colour(0.86, 0.06, 85)), In(new Colour(0.66, 0.06, 80))));
    }

    private static void Weed(Brush brush, Rng rng, double x, double y, double tall, Colour colour)
    {
        for (var blade = 0; blade < 4; blade++)
        {
            var (foot, sway, high) = (x + rng.Jitter(16), rng.Between(12, 30), tall * rng.Between(0.6, 1.1));
            brush.Fill(Shape.Limb((foot, y, 5), (foot + sway, y - high * 0.3, 6), (foot - sway * 0.6, y - high * 0.65, 4.5), (foot + sway * 0.5, y - high, 0.8)), colour.Lighter(rng.Jitter(0.06)));
        }
    }

    private static void Coral(Brush brush, Rng rng, double x, double y, double size, Colour colour)
    {
        for (var branch = 0; branch < 7; branch++)
        {
            var lean = (branch - 3) / 3.0;
            var (tx, ty) = (x + lean * size + rng.Jitter(8), y - size * (1.15 - 0.45 * Math.Abs(lean)) * rng.Between(0.8, 1.2));
            brush.Fill(Shape.Limb((x + lean * 8, y, size * 0.11), (x + lean * size * 0.45, y - size * 0.5, size * 0.08), (tx, ty, size * 0.075)), colour.Lighter(rng.Jitter(0.05)));
        }
    }
}
