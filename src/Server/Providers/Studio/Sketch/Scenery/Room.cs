namespace Rpd.Server.Providers.Studio.Sketch.Scenery;

/// <summary>Indoors: a wall, a window with the weather in it, its light across the wall, and a wooden table to set things on.</summary>
internal static class Room
{
    public static void Paint(Canvas canvas)
    {
        var rng = canvas.Rng.For("room");
        var brush = canvas.Layer("wall", 0.9);
        var night = canvas.Air.Dark;
        var wall = (canvas.Scene.Accent is { C: > 0.05 } accent && canvas.Scene.Subjects.All(s => s.Tint is null) ? accent with { L = 0.8, C = 0.06 } : rng.Pick([new Colour(0.82, 0.045, 75), new Colour(0.74, 0.05, 165), new Colour(0.72, 0.055, 235), new Colour(0.80, 0.055, 30)]));
        if (night) wall = wall.Darker(0.4);
        brush.Fill(Shape.Rectangle(-20, -20, canvas.Width + 40, canvas.Height + 40), canvas.Defs.Down(0, canvas.Height, wall.Darker(0.08), wall.Lighter(0.03), wall.Darker(0.05)));
        var side = canvas.LightSide;
        var (cx, w, h) = (canvas.Width * (0.5 + side * 0.22), Math.Min(430, canvas.Width * 0.45), Math.Min(470, canvas.Height * 0.46));
        var (x, y) = (cx - w / 2, canvas.Height * 0.09);
        Window(canvas, canvas.Layer("window", 0.85), x, y, w, h, wall);
        Frames(canvas, rng, wall, side, y);
        var shaft = canvas.Air.Sun.Fade(night ? 0.12 : 0.3);
        canvas.Layer("window-light", 0.5).Soft(Shape.Polygon((x, y + h * 0.2), (x + w, y + h * 0.2), (x + w - side * 420, canvas.Height), (x - side * 420, canvas.Height)), canvas.Defs.Down(y, canvas.Height, shaft.Fade(0), shaft, shaft.Fade(0.2)));
        Table(canvas, rng);
        Curtain(canvas, x, y, w, h);
    }

    private static void Window(Canvas canvas, Brush brush, double x, double y, double w, double h, Colour wall)
    {
        brush.Glow(x + w / 2, y + h / 2, w * 1.3, h * 1.1, canvas.Air.Sun.Fade(0.5));
        brush.Fill(Shape.Rectangle(x - 16, y - 16, w + 32, h + 32), canvas.Air.Dark ? wall.Lighter(0.1) : new Colour(0.93, 0.015, 85));
        brush.Fill(Shape.Rectangle(x, y, w, h), canvas.Defs.Down(y, y + h, [.. canvas.Air.Sky]));
        var hills = Ridge.Rolling(canvas.Rng.For("view"), w, 0, 24, 260).Select(p => new Point(x + Math.Clamp(p.X, 0, w), y + h * 0.76 + p.Y)).ToList();
        brush.Fill(Shape.Ground(hills, y + h), canvas.Air.At(new Colour(0.5, 0.1, 140), 0.6));
        var near = hills.Select(p => new Point(p.X, p.Y + 40 - (p.X - x) / w * 30)).ToList();
        brush.Fill(Shape.Ground(near, y + h), canvas.Air.At(new Colour(0.44, 0.1, 138), 0.4));
        var bar = canvas.Air.Dark ? wall.Lighter(0.06) : new Colour(0.9, 0.02, 85);
        brush.Fill(Shape.Rectangle(x + w / 2 - 6, y, 12, h) + Shape.Rectangle(x, y + h * 0.42, w, 10), bar);
        brush.Fill(Shape.Rectangle(x - 30, y + h + 14, w + 60, 20), bar.Darker(0.05));
    }

    private static void Curtain(Canvas canvas, double x, double y, double w, double h)
    {
        var brush = canvas.Layer("curtain", 0.8);
        var cloth = new Colour(0.93, 0.03, canvas.Rng.For("cloth").Between(20, 100)).Darker(canvas.Air.Dark ? 0.5 : 0.05);
        foreach (var side in new[] { -1, 1 })
            for (var fold = 0; fold < 4; fold++)
            {
                var at = side < 0 ? x - 52 + fold * 22 : x + w + 52 - fold * 22;
                brush.Fill(Shape.Smooth((at - 14, y - 34), (at + 14, y - 34), (at + 12 + side * 6, y + h * 0.6), (at + 18, y + h + 90), (at - 16, y + h + 90), (at - 12 + side * 6, y + h * 0.6)),
                    canvas.Defs.Across(Math.Round(at - 14), 0, Math.Round(at + 14), 0, cloth.Lighter(0.04), cloth.Darker(0.08)));
            }
        brush.Line($"M{Shape.Number(x - 80)} {Shape.Number(y - 36)}h{Shape.Number(w + 160)}", new Colour(0.45, 0.05, 60), 7);
    }

    private static void Frames(Canvas canvas, Rng rng, Colour wall, int side, double y)
    {
        var brush = canvas.Layer("pictures", 0.84);
        for (var i = 0; i < 2; i++)
        {
            var (px, py, pw, ph) = (canvas.Width * (0.5 - side * 0.3) - 90 + i * 120, y + 60 + i * 46, 96.0, 120.0);
            brush.Fill(Shape.Rectangle(px - 7, py - 7, pw + 14, ph + 14), new Colour(0.42, 0.06, 60).Darker(canvas.Air.Dark ? 0.15 : 0));
            brush.Fill(Shape.Rectangle(px, py, pw, ph), wall.Lighter(0.1));
            brush.Fill(Shape.Ellipse(px + 48, py + 46, 22, 22), new Colour(0.7, 0.13, rng.Between(0, 360)).Darker(canvas.Air.Dark ? 0.3 : 0));
            brush.Fill(Shape.Smooth((px + 4, py + 112), (px + 30, py + 74), (px + 60, py + 92), (px + 92, py + 66), (px + 92, py + 116)), new Colour(0.55, 0.08, rng.Between(120, 260)).Darker(canvas.Air.Dark ? 0.3 : 0));
        }
    }

    private static void Table(Canvas canvas, Rng rng)
    {
        var brush = canvas.Layer("table", 0.45);
        var wood = new Colour(0.52, 0.085, 58 + rng.Jitter(8)).Darker(canvas.Air.Dark ? 0.22 : 0);
        var top = canvas.Height * 0.70;
        brush.Fill(Shape.Rectangle(-20, top, canvas.Width + 40, canvas.Height), canvas.Defs.Down(top, canvas.Height, wood.Lighter(0.14).Mix(canvas.Air.Sun, 0.2), wood, wood.Darker(0.14)));
        for (var i = 0; i < 26; i++)
        {
            var y = top + Math.Pow(rng.Unit(), 1.3) * (canvas.Height - top);
            var x = rng.Between(-0.2, 1) * canvas.Width;
            brush.Line(Shape.Curve((x, y), (x + 160, y + rng.Jitter(5)), (x + 420, y + rng.Jitter(7))), wood.Darker(0.1).Fade(0.3), rng.Between(0.8, 2.6));
        }
        brush.Soft(Shape.Rectangle(-20, top, canvas.Width + 40, 12), canvas.Defs.Flat(wood.Lighter(0.25).Fade(0.5)));
    }
}
