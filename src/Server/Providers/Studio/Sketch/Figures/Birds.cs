namespace Rpd.Server.Providers.Studio.Sketch.Figures;

internal static class Birds
{
    public static void Flying(Figure figure)
    {
        var coat = figure.Coat(figure.Rng.Pick([new Colour(0.42, 0.06, 55), new Colour(0.93, 0.01, 240), new Colour(0.52, 0.15, 250), new Colour(0.58, 0.19, 28)]));
        figure.Shaded(coat, Wing(8, -40, 0.72));
        figure.Body(coat.Darker(0.04), -60, -10, Shape.Smooth((-26, -36), (-52, -34), (-66, -26), (-54, -30), (-62, -20), (-48, -27), (-26, -29)));
        figure.Body(coat, -60, -10, Shape.Limb((-30, -33, 4), (-10, -33, 11), (16, -35, 11.5), (32, -42, 8.5), (39, -44, 7.6)));
        figure.Spot(coat.Lighter(0.14).Fade(0.7), Shape.Smooth((-20, -27), (6, -24), (26, -32), (12, -29)));
        figure.Spot(new Colour(0.8, 0.15, 75), Shape.Smooth((45, -47), (54, -43), (56, -38), (51, -40), (44, -41)));
        figure.Eye(41, -46, 1.5);
        figure.Body(coat.Lighter(0.03), -100, -20, Wing(0, -38, 1));
        for (var i = 0; i < 7; i++)
            figure.Mark(coat.Darker(0.15).Fade(0.5), Shape.Curve((-4 + i * 2.6, -44), (-16 - i * 2 + i * 3, -66 - i * 1.5), (-46 + i * 6, -82 - i * 2.6)), 0.8);
    }

    public static void Perched(Figure figure)
    {
        var coat = figure.Coat(new Colour(0.50, 0.06, 58));
        figure.Spot(new Colour(0.36, 0.04, 55), Shape.Limb((-44, -3, 4), (0, -4, 5), (46, -6, 3)));
        figure.Body(coat, -100, 0, Shape.Limb((0, -24, 21), (0, -44, 25), (0, -70, 23)), Shape.Smooth((-22, -78), (-23, -101), (-8, -90)), Shape.Smooth((22, -78), (23, -101), (8, -90)));
        figure.Spot(coat.Lighter(0.25).Vivid(0.7), Shape.Smooth((-13, -56), (13, -56), (15, -28), (0, -8), (-15, -28)));
        for (var row = 0; row < 4; row++)
            for (var i = -1; i <= 1; i++) figure.Mark(coat.Darker(0.05).Fade(0.8), Shape.Curve((i * 8 - 3 + row % 2 * 3, -50 + row * 9), (i * 8 + row % 2 * 3, -46 + row * 9), (i * 8 + 3 + row % 2 * 3, -50 + row * 9)), 1.3);
        foreach (var side in new[] { -1, 1 })
        {
            figure.Body(coat.Darker(0.09), -70, -5, Shape.Smooth((side * 22, -58), (side * 29, -36), (side * 20, -8), (side * 15, -30)));
            figure.Spot(coat.Lighter(0.3).Vivid(0.6), Shape.Ellipse(side * 10, -74, 10.5, 10.5));
            figure.Spot(new Colour(0.82, 0.16, 82), Shape.Ellipse(side * 9.5, -74, 6.6, 6.6));
            figure.Eye(side * 9.2, -74, 4.1);
            figure.Spot(new Colour(0.75, 0.14, 70), Shape.Limb((side * 8 - 2, -4, 1.8), (side * 8 + 3, -2, 1.6)));
        }
        figure.Spot(new Colour(0.72, 0.13, 70), Shape.Smooth((-3, -70), (3, -70), (0, -61)));
    }

    private static string Wing(double x, double y, double size)
    {
        var points = new List<Point>();
        void At(double px, double py) => points.Add(new Point(x + px * size, y + py * size));
        At(18, 2);
        At(12, -24);
        At(-8, -48);
        At(-34, -62);
        for (var feather = 0; feather < 7; feather++)
        {
            At(-40 + feather * 3.6, -56 + feather * 8.4);
            At(-29 + feather * 3.4, -50 + feather * 8);
        }
        At(-12, 5);
        return Shape.Smooth(points, closed: true);
    }
}
