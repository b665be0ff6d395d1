namespace Rpd.Server.Providers.Studio.Sketch.Figures;

internal static class Butterfly
{
    public static void Paint(Figure figure)
    {
        var wing = figure.Coat(figure.Rng.Pick([new Colour(0.68, 0.18, 50), new Colour(0.6, 0.16, 250), new Colour(0.66, 0.18, 330), new Colour(0.82, 0.15, 90)]));
        var dark = new Colour(0.2, 0.03, 280);
        foreach (var side in new[] { -1, 1 })
        {
            string Wing(double s) => Shape.Smooth((side * 2, -52), (side * 22 * s, -86 * (0.5 + s / 2)), (side * 52 * s, -96 + 8 * (1 - s)), (side * 57 * s, -74), (side * 40 * s, -52), (side * 8, -46));
            string Lower(double s) => Shape.Smooth((side * 2, -48), (side * 30 * s, -48), (side * 44 * s, -30), (side * 34 * s, -8), (side * 20 * s, -14), (side * 6, -32));
            figure.Body(dark, -100, 0, Lower(1), Wing(1));
            figure.Body(wing, -100, 0, Lower(0.86), Wing(0.88));
            figure.Spot(wing.Lighter(0.14).Turn(18), Shape.Smooth((side * 7, -53), (side * 25, -74), (side * 38, -80), (side * 38, -68), (side * 24, -54)));
            foreach (var (x, y, r) in new[] { (45.0, -84.0, 2.6), (48.0, -75, 2.0), (36, -20, 2.6), (30, -13, 2) }) figure.Spot(Colour.White.Fade(0.9), Shape.Ellipse(side * x, y, r, r));
            for (var i = 0; i < 4; i++) figure.Mark(dark.Fade(0.55), Shape.Curve((side * 4, -50), (side * (22 + i * 2), -66 + i * 9), (side * (46 - i * 3), -82 + i * 17)), 0.9);
            figure.Mark(dark, Shape.Curve((side * 1, -62), (side * 5, -76), (side * 12, -82)), 0.9);
        }
        figure.Spot(dark, Shape.Limb((0, -62, 3.2), (0, -50, 3.4), (0, -34, 2.2), (0, -22, 1)));
    }
}
