namespace Rpd.Server.Providers.Studio.Sketch.Figures;

internal static class Fish
{
    public static void Paint(Figure figure)
    {
        var coat = figure.Coat(figure.Rng.Pick([new Colour(0.70, 0.18, 50), new Colour(0.62, 0.15, 250), new Colour(0.84, 0.16, 95), new Colour(0.62, 0.2, 20)]));
        var fin = coat.Darker(0.08).Turn(-12);
        figure.Body(fin, -90, -10, Shape.Smooth((-42, -50), (-66, -78), (-82, -84), (-72, -52), (-82, -18), (-64, -24)));
        figure.Body(fin, -100, -10, Shape.Smooth((-26, -70), (-12, -94), (22, -92), (30, -72)), Shape.Smooth((-20, -26), (-12, -8), (4, -12), (2, -24)));
        figure.Body(coat, -88, -12, Shape.Smooth((-52, -50), (-26, -69), (8, -82), (44, -70), (66, -50), (44, -30), (8, -20), (-26, -33)));
        foreach (var x in new[] { 24.0, -12, -38 })
            figure.Spot(Colour.White.Fade(0.9), Shape.Smooth((x - 5, -24 - Math.Abs(x) * 0.24), (x - 1, -50), (x - 5, -78 + Math.Abs(x) * 0.24), (x + 5, -79 + Math.Abs(x) * 0.24), (x + 9, -50), (x + 5, -22 - Math.Abs(x) * 0.22)));
        figure.Body(fin, -60, -30, Shape.Smooth((14, -46), (-4, -54), (-12, -40), (2, -34)));
        figure.Spot(Colour.White, Shape.Ellipse(47, -56, 6.4, 6.4));
        figure.Eye(48, -56, 4);
        figure.Mark(coat.Darker(0.25), Shape.Curve((63, -46), (57, -43), (52, -44)), 1.2);
    }

    public static void Whale(Figure figure)
    {
        var coat = figure.Coat(new Colour(0.42, 0.075, 248));
        figure.Shaded(coat, Shape.Smooth((20, -34), (2, -12), (-8, -6), (-2, -22), (4, -38)));
        figure.Body(coat, -90, -10, Shape.Limb((98, -54, 14), (70, -54, 31), (30, -56, 33), (-20, -50, 22), (-62, -46, 10), (-88, -56, 5)), Shape.Smooth((-84, -56), (-96, -78), (-116, -84), (-104, -64), (-118, -50), (-98, -48)));
        figure.Spot(coat.Lighter(0.34).Vivid(0.5), Shape.Smooth((108, -48), (80, -30), (36, -24), (-10, -30), (-30, -36), (20, -38), (70, -42)));
        for (var i = 0; i < 6; i++) figure.Mark(coat.Darker(0.04).Fade(0.5), Shape.Curve((100 - i * 3, -45 + i * 2.4), (66 - i * 4, -34 + i * 1.6), (24 - i * 6, -33 + i * 1.2)), 1);
        figure.Body(coat.Darker(0.04), -50, 0, Shape.Smooth((46, -36), (30, -10), (14, 0), (18, -20), (26, -40)));
        figure.Eye(82, -52, 2.4);
        figure.Mark(coat.Darker(0.16), Shape.Curve((110, -52), (96, -47), (78, -46)), 1.4);
    }

    public static void Jelly(Figure figure)
    {
        var coat = figure.Coat(new Colour(0.76, 0.13, 330));
        for (var i = -4; i <= 4; i++)
        {
            var sway = figure.Rng.Between(4, 9) * (i % 2 == 0 ? 1 : -1);
            figure.Brush.Fill(Shape.Limb((i * 6, -58, 2.6), (i * 6.6 + sway, -38, 2), (i * 6 - sway, -16, 1.4), (i * 7 + sway, 2, 0.4)), figure.Lit(coat.Lighter(0.1)).Fade(0.72));
        }
        figure.Brush.Glow(0, -72, 60, 50, coat.Fade(0.5));
        figure.Brush.Fill(Shape.Smooth((-36, -56), (-30, -84), (0, -100), (30, -84), (36, -56), (24, -60), (12, -54), (0, -60), (-12, -54), (-24, -60)), figure.Brush.Defs.Ball(0.4, 0.25, coat.Lighter(0.2).Fade(0.95), coat.Fade(0.85), coat.Darker(0.15).Fade(0.8)));
        figure.Shine(Colour.White.Fade(0.45), Shape.Smooth((-24, -72), (-14, -88), (-4, -92), (-14, -80)));
    }
}
