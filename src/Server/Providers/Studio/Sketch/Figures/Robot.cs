namespace Rpd.Server.Providers.Studio.Sketch.Figures;

internal static class Robot
{
    public static void Paint(Figure figure)
    {
        var metal = figure.Coat(figure.Rng.Pick([new Colour(0.74, 0.02, 240), new Colour(0.72, 0.12, 75), new Colour(0.66, 0.1, 200)]));
        var dark = new Colour(0.32, 0.02, 260);
        var glow = new Colour(0.88, 0.14, 205);
        foreach (var side in new[] { -1, 1 })
        {
            figure.Shaded(dark, Shape.Limb((side * 8, -40, 3), (side * 9, -22, 3), (side * 9, -8, 3)));
            figure.Body(metal, -40, 0, Shape.Limb((side * 9, -20, 5), (side * 9.5, -7, 6)), Shape.Smooth((side * 10 - 9, 0), (side * 10 - 7, -6), (side * 10 + 7, -6), (side * 10 + 9, 0)));
            figure.Spot(dark, Shape.Limb((side * 19, -64, 2.6), (side * 25, -52, 2.4), (side * 24 + 3, -40, 2.2)));
            figure.Body(metal, -72, -30, Shape.Ellipse(side * 18, -65, 6, 6), Shape.Limb((side * 25, -48, 4.4), (side * 25 + 2, -38, 5)));
        }
        figure.Body(metal, -74, -34, Shape.Smooth((-17, -70), (0, -73), (17, -70), (18, -52), (12, -36), (-12, -36), (-18, -52)));
        figure.Spot(dark, Shape.Smooth((-9, -64), (9, -64), (9, -50), (-9, -50)));
        figure.Shine(glow, Shape.Ellipse(-3.5, -57, 2.6, 2.6));
        figure.Shine(new Colour(0.75, 0.18, 30), Shape.Ellipse(4, -57, 1.8, 1.8));
        figure.Spot(dark, Shape.Rectangle(-4, -78, 8, 7));
        figure.Body(metal, -100, -74, Shape.Smooth((-16, -77), (-17, -90), (-11, -97), (11, -97), (17, -90), (16, -77), (0, -75)));
        figure.Spot(dark, Shape.Smooth((-12, -82), (-12, -90), (0, -92), (12, -90), (12, -82), (0, -80)));
        foreach (var side in new[] { -5.4, 5.4 })
        {
            figure.Brush.Glow(side, -86, 8, 8, glow.Fade(0.6));
            figure.Shine(glow, Shape.Ellipse(side, -86, 2.7, 2.7));
        }
        figure.Mark(dark, "M0 -97v-6", 1.4);
        figure.Shine(new Colour(0.7, 0.2, 28), Shape.Ellipse(0, -104, 2.2, 2.2));
    }
}
