namespace Rpd.Server.Providers.Studio.Sketch.Figures;

internal static class Dragon
{
    public static void Paint(Figure figure)
    {
        var scale = figure.Coat(figure.Rng.Pick([new Colour(0.48, 0.14, 150), new Colour(0.48, 0.18, 25), new Colour(0.42, 0.12, 280)]));
        figure.Shaded(scale, Wing(8, 0.82));
        figure.Body(scale, -70, 0, Shape.Limb((-24, -38, 8), (-46, -30, 5.5), (-66, -38, 4), (-80, -54, 2.6), (-86, -60, 0.8)), Shape.Polygon((-84, -58), (-98, -62), (-88, -70)));
        figure.Shaded(scale, Shape.Limb((-14, -32, 7), (-10, -20, 4.6), (-20, -12, 3), (-14, -8, 2.4)));
        figure.Body(scale, -80, 0, Shape.Limb((-26, -38, 8), (-6, -37, 14), (18, -42, 13), (34, -58, 8), (44, -72, 6.5)), Shape.Limb((42, -76, 7.5), (56, -73, 5.4), (68, -70, 3.4)), Shape.Limb((12, -32, 7), (20, -20, 4.4), (12, -12, 3), (18, -8, 2.4)));
        figure.Spot(scale.Lighter(0.2).Turn(-30), Shape.Smooth((-20, -30), (2, -24), (22, -32), (36, -52), (43, -68), (36, -60), (20, -40), (0, -31)));
        for (var i = 0; i < 9; i++)
        {
            var (x, y) = (-30 + i * 8.2, i < 6 ? -47 - i * 1.3 : -53 - (i - 5) * 8);
            figure.Spot(scale.Darker(0.14), Shape.Polygon((x - 3, y + 3), (x - 2, y - 6), (x + 4, y + 2)));
        }
        foreach (var lift in new[] { 0, 4 }) figure.Spot(new Colour(0.85, 0.05, 85), Shape.Limb((42 + lift, -81, 2.4), (34 + lift, -90, 1.8), (29 + lift, -100, 0.4)));
        figure.Eye(52, -77, 1.8, new Colour(0.85, 0.17, 90));
        figure.Mark(scale.Darker(0.25), Shape.Curve((67, -68), (58, -68.5), (50, -70)), 0.9);
        figure.Body(scale.Darker(0.03), -110, -20, Wing(0, 1));
        foreach (var (ex, ey) in new[] { (-62.0, -78.0), (-46, -56), (-28, -44) }) figure.Mark(scale.Darker(0.16), Shape.Curve((-8, -98), ((ex - 8) / 2 - 3, (ey - 98) / 2 - 4), (ex, ey)), 1.4);
        figure.Brush.Glow(86, -64, 26, 14, new Colour(0.8, 0.18, 60, 0.9));
        figure.Shine(new Colour(0.75, 0.19, 50), Shape.Smooth((69, -70), (84, -76), (100, -68), (92, -64), (102, -56), (82, -58)));
        figure.Shine(new Colour(0.93, 0.13, 92), Shape.Smooth((70, -69), (82, -71), (90, -65), (80, -62)));
    }

    private static string Wing(double x, double size)
    {
        (double, double) At(double px, double py) => (x + px * size, -46 + (py + 46) * size);
        return Shape.Smooth(At(14, -48), At(6, -76), At(-8, -100), At(-36, -98), At(-64, -79)) + Shape.Polygon(At(14, -48), At(-8, -99), At(-64, -79), At(-50, -68), At(-47, -55), At(-36, -53), At(-29, -42), At(-16, -46), At(-4, -38));
    }
}
