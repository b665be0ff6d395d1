namespace Rpd.Server.Providers.Studio.Sketch.Scenery;

/// <summary>Lakes and seas: the sky upside down, ripples that widen toward the viewer, the sun's road on them.</summary>
internal static class Water
{
    public static void Paint(Canvas canvas) => Surface(canvas, canvas.Height, canvas.Scene.Ground == Ground.Sea);

    public static void Beach(Canvas canvas)
    {
        var shore = canvas.Down(0.5);
        Surface(canvas, shore + 60, waves: true);
        var rng = canvas.Rng.For("beach");
        var sand = new Colour(0.85, 0.07, 82);
        var brush = canvas.Layer("sand", 0.5);
        var edge = Ridge.Rolling(rng, canvas.Width, shore, 24, 800);
        for (var wash = 0; wash < 3; wash++)
            brush.Fill(Shape.Ground(edge.Select(p => new Point(p.X, p.Y - 30 + wash * 13 + rng.Jitter(3))).ToList(), canvas.Height + 20), wash == 1 ? canvas.Air.At(Colour.White, 0.3) : canvas.Air.At(sand.Darker(wash == 0 ? 0.1 : 0.13).Mix(canvas.Air.Sky[1], wash == 0 ? 0.45 : 0.1), 0.35));
        brush.Fill(Shape.Ground(edge.Select(p => new Point(p.X, p.Y + 16)).ToList(), canvas.Height + 20), canvas.Defs.Down(shore, canvas.Height, canvas.Air.At(sand.Darker(0.06), 0.4), canvas.Air.At(sand, 0.2), canvas.Air.At(sand.Darker(0.05), 0.1)));
        for (var i = 0; i < 60; i++)
        {
            var t = rng.Between(0.62, 1);
            brush.Fill(Shape.Ellipse(rng.Between(0, canvas.Width), canvas.Down(t), rng.Between(6, 34) * t, 2.4 * t), canvas.Air.At(sand.Darker(0.09), 0.2).Fade(0.39));
        }
        Palm(canvas, rng);
    }

    private static void Surface(Canvas canvas, double bottom, bool waves)
    {
        var rng = canvas.Rng.For("water");
        var brush = canvas.Layer("water", 0.66);
        var air = canvas.Air;
        var deep = air.At(waves ? new Colour(0.42, 0.09, 235) : new Colour(0.40, 0.06, 225), 0.1);
        brush.Fill(Shape.Rectangle(-20, canvas.Horizon, canvas.Width + 40, bottom - canvas.Horizon + 20),
            canvas.Defs.Down(canvas.Horizon, bottom, air.Sky[3].Mix(deep, waves ? 0.4 : 0.12), air.Sky[2].Mix(deep, waves ? 0.6 : 0.4), air.Sky[1].Mix(deep, 0.68), deep.Darker(0.08)));
        if (!waves) Mirror(canvas, rng);
        var ripples = canvas.Layer("ripples", 0.6);
        var count = (int)Math.Clamp(canvas.Width / 3.4, 120, 620);
        for (var i = 0; i < count; i++)
        {
            var t = Math.Pow(rng.Unit(), 0.8);
            var (x, y) = (rng.Between(-0.05, 1.05) * canvas.Width, canvas.Horizon + (bottom - canvas.Horizon) * Math.Pow(t, 1.5));
            var (w, h) = ((10 + 95 * t) * rng.Between(0.5, 1.3), 0.6 + (waves ? 5 : 2.6) * t);
            var tone = rng.Chance(0.5) ? air.Sky[2].Lighter(0.05).Fade(0.45) : deep.Darker(0.05).Fade(0.3);
            ripples.Fill(Shape.Smooth((x - w, y), (x - w * 0.3, y - h), (x + w * 0.4, y - h * 0.6), (x + w, y), (x + w * 0.2, y + h * 0.3)), tone.Fade(0.85));
        }
        if (waves) Crests(canvas, rng, bottom);
        Glitter(canvas, rng, bottom);
    }

    /// <summary>What stands at the far shore, as a soft dark band under it.</summary>
    private static void Mirror(Canvas canvas, Rng rng)
    {
        var brush = canvas.Layer("reflection", 0.64);
        var dark = canvas.Air.At(new Colour(0.33, 0.05, 190), 0.45);
        var edge = Ridge.Jagged(rng, canvas.Width, canvas.Horizon + 70, -Math.Min(170, canvas.Horizon * 0.3), 200, 0.2);
        brush.Soft(Shape.Polygon([new Point(-60, canvas.Horizon), new Point(canvas.Width + 60, canvas.Horizon), .. Enumerable.Reverse(edge)]),
            canvas.Defs.Down(canvas.Horizon, canvas.Horizon + 220, dark.Fade(0.75), dark.Fade(0.4), dark.Fade(0)));
        brush.Soft(Shape.Rectangle(-20, canvas.Horizon - 3, canvas.Width + 40, 9), canvas.Defs.Down(canvas.Horizon - 3, canvas.Horizon + 6, canvas.Air.Haze.Fade(0), canvas.Air.Haze.Lighter(0.05).Fade(0.7), canvas.Air.Haze.Fade(0)));
    }

    private static void Crests(Canvas canvas, Rng rng, double bottom)
    {
        for (var row = 0; row < 7; row++)
        {
            var t = (row + 0.8) / 7;
            var brush = canvas.Layer("waves-" + row, 0.58 - t * (canvas.Scene.Ground == Ground.Beach ? 0.05 : 0.4));
            var y = canvas.Horizon + (bottom - canvas.Horizon) * Math.Pow(t, 1.5);
            var rough = canvas.Scene.Weather == Weather.Storm ? 2.1 : 1;
            var edge = Ridge.Rolling(rng, canvas.Width, y, (4 + 20 * t) * rough, 130 + 330 * t);
            var body = canvas.Air.At(new Colour(0.46 - 0.1 * t, 0.085, 232), 0.4 - 0.35 * t);
            var trough = edge.Select(p => new Point(p.X, y + 26 + 70 * t)).Reverse().ToList();
            brush.Fill(Shape.Smooth(edge, closed: false) + "L" + Shape.Smooth(trough, closed: false)[1..] + "Z", canvas.Defs.Down(y - 14, y + 26 + 70 * t, body.Mix(canvas.Air.Sky[2], 0.35).Fade(0.8), body.Fade(0.5), body.Fade(0)));
            brush.Line(Shape.Smooth(edge, closed: false), canvas.Air.Sky[3].Lighter(0.05).Fade(0.16 + 0.22 * t), 0.8 + 2.2 * t);
        }
    }

    private static void Glitter(Canvas canvas, Rng rng, double bottom)
    {
        if (canvas.Scene.Weather is Weather.Storm or Weather.Rain) return;
        var brush = canvas.Layer("glitter", 0.5);
        brush.Glow(canvas.Sun.X, canvas.Horizon + 20, 260, 120, canvas.Air.Sun.Fade(0.5));
        for (var i = 0; i < 150; i++)
        {
            var t = rng.Unit();
            var x = canvas.Sun.X + rng.Jitter(26 + 130 * t) * rng.Unit();
            brush.Fill(Shape.Ellipse(x, canvas.Horizon + 3 + (bottom - canvas.Horizon) * Math.Pow(t, 1.4), 3 + 22 * t * rng.Unit(), 0.7 + 1.9 * t), canvas.Air.Sun.Lighter(0.06).Fade((0.85 - 0.5 * t) * (canvas.Air.Dark ? 0.6 : 1)));
        }
    }

    private static void Palm(Canvas canvas, Rng rng)
    {
        var brush = canvas.Layer("palm", 0.2);
        var side = -canvas.LightSide;
        var (x, foot, tall) = (canvas.Width * (0.5 + side * 0.44), canvas.Height * 0.9, 560.0);
        var (tipX, tipY) = (x - side * 120, foot - tall);
        brush.Fill(Shape.Limb((x, foot, 17), (x - side * 8, foot - tall * 0.4, 12), (x - side * 50, foot - tall * 0.78, 10), (tipX, tipY, 9)), canvas.Air.At(new Colour(0.40, 0.05, 60), 0.08));
        for (var i = 0; i < 9; i++)
        {
            var angle = (i * 40 + rng.Jitter(10)) * Math.PI / 180;
            var reach = rng.Between(170, 230);
            var (ex, ey) = (tipX + Math.Cos(angle) * reach, tipY + Math.Sin(angle) * reach * 0.55 + 50);
            var (mx, my) = (tipX + Math.Cos(angle) * reach * 0.55, tipY + Math.Sin(angle) * reach * 0.5 - 40);
            brush.Fill(Shape.Smooth((tipX, tipY), (mx, my - 18), (ex, ey), (mx, my + 24)), canvas.Air.At(new Colour(0.42 + rng.Jitter(0.06), 0.1, 142), 0.08));
        }
    }
}
