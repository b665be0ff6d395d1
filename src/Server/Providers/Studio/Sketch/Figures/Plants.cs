namespace Rpd.Server.Providers.Studio.Sketch.Figures;

internal static class Plants
{
    public static void Tree(Figure figure)
    {
        var rng = figure.Rng;
        var leaf = figure.Coat(rng.Pick([new Colour(0.5, 0.13, 138), new Colour(0.55, 0.13, 122), new Colour(0.66, 0.15, 65)]));
        figure.Body(new Colour(0.36, 0.05, 55), -70, 0, Shape.Smooth((-9, 1), (-4.5, -10), (-4, -42), (-2, -60), (4, -60), (4, -42), (5, -10), (11, 1)), Shape.Limb((0, -34, 2.6), (-15, -50, 1.8), (-24, -60, 1)), Shape.Limb((1, -38, 2.6), (14, -54, 1.8), (24, -62, 1)));
        var clumps = Enumerable.Range(0, 46).Select(_ =>
        {
            var (angle, far) = (rng.Between(0, Math.Tau), Math.Sqrt(rng.Unit()));
            return (X: Math.Cos(angle) * far * 34, Y: -70 + Math.Sin(angle) * far * 24, R: rng.Between(6, 11));
        }).OrderByDescending(c => c.Y).ToList();
        foreach (var (x, y, r) in clumps) figure.Spot(leaf.Darker(0.12), Blob(rng, x, y + 2.4, r * 1.12));
        foreach (var (x, y, r) in clumps)
        {
            var light = (figure.Light * x / 34 - (y + 70) / 24) * 0.055;
            figure.Spot(leaf.Lighter(light + rng.Jitter(0.02)).Turn(-light * 120), Blob(rng, x + figure.Light * 1.2, y - 1, r * 0.84));
        }
    }

    public static void Mushroom(Figure figure)
    {
        var cap = figure.Coat(new Colour(0.56, 0.21, 28));
        One(figure, cap, -34, 0.52);
        One(figure, cap.Turn(14), 33, 0.42);
        One(figure, cap, 0, 1);
    }

    public static void Cactus(Figure figure)
    {
        var green = figure.Coat(new Colour(0.5, 0.1, 150));
        figure.Body(green, -100, 0, Shape.Limb((0, 2, 10), (0, -40, 11.5), (0, -92, 9)), Shape.Limb((-2, -36, 6.4), (-20, -38, 6.4), (-25, -50, 6.2), (-25, -70, 5.4)), Shape.Limb((2, -26, 6), (20, -28, 6), (25, -40, 5.8), (25, -58, 5)));
        foreach (var x in new[] { -5.0, 0, 5 }) figure.Mark(green.Darker(0.12).Fade(0.7), Shape.Curve((x, -4), (x * 1.1, -40), (x * 0.8, -94)), 0.9);
        for (var i = 0; i < 30; i++) figure.Mark(new Colour(0.9, 0.04, 95).Fade(0.7), $"M{Shape.Number(figure.Rng.Jitter(9))} {Shape.Number(figure.Rng.Between(-92, -4))}l2 -1.6", 0.6);
        figure.Spot(new Colour(0.68, 0.19, 350), Shape.Ellipse(0, -102, 5, 3.4) + Shape.Ellipse(-25, -76, 3.4, 2.6));
    }

    private static void One(Figure figure, Colour cap, double x, double size)
    {
        (double, double) At(double px, double py) => (x + px * size, py * size);
        figure.Body(new Colour(0.93, 0.025, 85), -60 * size, 0, Shape.Smooth(At(-10, -54), At(10, -54), At(11, -24), At(16, -3), At(0, 1), At(-16, -3), At(-11, -24)));
        figure.Spot(new Colour(0.82, 0.04, 75), Shape.Smooth(At(-42, -52), At(0, -60), At(42, -52), At(0, -43)));
        figure.Body(cap, -100 * size, -45 * size, Shape.Smooth(At(-46, -52), At(-40, -78), At(-20, -95), At(0, -100), At(20, -95), At(40, -78), At(46, -52), At(0, -57)));
        foreach (var (dx, dy, r) in new[] { (-24.0, -70.0, 6.5), (-3, -86, 7.5), (18, -72, 7), (33, -62, 4.5), (-37, -60, 3.6), (2, -66, 4.6) })
            figure.Spot(new Colour(0.97, 0.015, 90), Shape.Ellipse(x + dx * size, dy * size, r * size, r * size * 0.78));
    }

    private static string Blob(Rng rng, double x, double y, double r) =>
        Shape.Smooth([.. Enumerable.Range(0, 9).Select(i => new Point(x + Math.Cos(i * 0.698) * r * rng.Between(0.82, 1.12), y + Math.Sin(i * 0.698) * r * rng.Between(0.75, 1.05)))], closed: true);
}
