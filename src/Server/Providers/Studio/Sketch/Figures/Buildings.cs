namespace Rpd.Server.Providers.Studio.Sketch.Figures;

/// <summary>Buildings stand back in the landscape, 100 units high; their windows shine when it is dark.</summary>
internal static class Buildings
{
    private static readonly Colour Lamp = new(0.9, 0.13, 82);

    public static void House(Figure figure)
    {
        var wall = figure.Coat(figure.Rng.Pick([new Colour(0.88, 0.04, 85), new Colour(0.62, 0.13, 35), new Colour(0.74, 0.06, 230), new Colour(0.55, 0.06, 60)]));
        var roof = new Colour(0.42, 0.09, 35);
        figure.Body(new Colour(0.5, 0.05, 35), -110, -50, Shape.Rectangle(22, -98, 12, 36));
        figure.Body(wall, -80, 0, Shape.Polygon((-62, 0), (-62, -50), (-26, -84), (8, -50), (8, 0)), Shape.Rectangle(8, -52, 56, 52));
        figure.Shaded(wall, Shape.Rectangle(8, -52, 56, 52));
        figure.Body(roof, -96, -40, Shape.Polygon((-26, -92), (46, -92), (72, -46), (10, -46)), Shape.Polygon((-72, -44), (-26, -93), (-26, -82), (-62, -42)), Shape.Polygon((16, -45), (-26, -93), (-26, -82), (6, -42)));
        figure.Spot(new Colour(0.38, 0.07, 45), Shape.Rectangle(-34, -32, 16, 32));
        Window(figure, -56, -36, 13, 15);
        Window(figure, -10, -36, 12, 15);
        Window(figure, -32, -66, 12, 13);
        Window(figure, 20, -38, 14, 15);
        Window(figure, 44, -38, 14, 15);
    }

    public static void Castle(Figure figure)
    {
        var stone = figure.Coat(new Colour(0.70, 0.03, 75));
        var roof = figure.Rng.Pick([new Colour(0.42, 0.10, 262), new Colour(0.48, 0.13, 28), new Colour(0.45, 0.08, 180)]);
        foreach (var (x, w, h) in new[] { (-30.0, 15.0, 74.0), (26, 17, 84), (-4, 20, 98) }) Tower(figure, stone.Darker(0.06), roof, x, w, h);
        figure.Body(stone, -60, 0, Battlement(-52, 104, 42));
        foreach (var (x, w, h) in new[] { (-56.0, 19.0, 62.0), (38, 19, 66) }) Tower(figure, stone, roof, x, w, h);
        figure.Spot(new Colour(0.25, 0.04, 55), "M-9 0v-18a9 9 0 0 1 18 0v18Z");
        foreach (var x in new[] { -30.0, -18, 16, 28 }) Window(figure, x, -30, 5, 10);
    }

    public static void Lighthouse(Figure figure)
    {
        var rock = new Colour(0.42, 0.03, 60);
        figure.Body(rock, -22, 0, Shape.Smooth((-46, 4), (-36, -10), (-18, -18), (4, -20), (24, -14), (40, -4), (48, 4)));
        figure.Body(figure.Coat(new Colour(0.95, 0.01, 90)), -90, -10, Shape.Polygon((-13, -14), (-8, -80), (8, -80), (13, -14)));
        for (var i = 0; i < 3; i++)
        {
            var (top, low) = (-70 + i * 21.0, -60 + i * 21.0);
            double Half(double y) => 13 + (y + 14) * 5 / 66;
            figure.Spot(new Colour(0.58, 0.2, 27), Shape.Polygon((-Half(low), low), (-Half(top), top), (Half(top), top), (Half(low), low)));
        }
        figure.Spot(new Colour(0.3, 0.02, 260), Shape.Rectangle(-12, -82, 24, 3));
        figure.Brush.Glow(0, -88, 46, 34, Lamp.Fade(figure.Air.Level < 0.85 ? 0.9 : 0.4));
        if (figure.Air.Level < 0.85)
            foreach (var side in new[] { -1, 1 }) figure.Brush.Soft(Shape.Polygon((0, -89), (side * 190, -118), (side * 190, -70)), figure.Brush.Defs.Across(0, 0, side * 190, 0, Lamp.Fade(0.75), Lamp.Fade(0.2), Lamp.Fade(0)));
        figure.Shine(new Colour(0.96, 0.09, 92), Shape.Rectangle(-6, -93, 12, 11));
        figure.Spot(new Colour(0.5, 0.18, 27), Shape.Polygon((-9, -93), (0, -102), (9, -93)));
        Window(figure, -2, -40, 4.5, 7);
    }

    public static void Pagoda(Figure figure)
    {
        var wood = figure.Coat(new Colour(0.52, 0.17, 30));
        var roof = new Colour(0.32, 0.04, 220);
        figure.Body(new Colour(0.6, 0.02, 80), -8, 0, Shape.Rectangle(-46, -7, 92, 7));
        for (var floor = 0; floor < 4; floor++)
        {
            var (y, half) = (-7 - floor * 21.5, 30 - floor * 5.4);
            figure.Body(wood, -100, 0, Shape.Rectangle(-half, y - 14, half * 2, 14));
            for (var i = -1; i <= 1; i++) Window(figure, i * half * 0.58 - 2.6, y - 11, 5.2, 9);
            var eave = half + 17;
            figure.Body(roof, -100, 0, Shape.Smooth((-eave, y - 16.5), (-half, y - 14), (half, y - 14), (eave, y - 16.5), (half * 0.7, y - 20), (half * 0.5, y - 25), (-half * 0.5, y - 25), (-half * 0.7, y - 20)));
        }
        figure.Spot(new Colour(0.78, 0.13, 85), Shape.Limb((0, -92, 2), (0, -102, 0.6)));
    }

    public static void Church(Figure figure)
    {
        var wall = figure.Coat(new Colour(0.9, 0.025, 85));
        figure.Body(wall, -60, 0, Shape.Rectangle(-8, -34, 52, 34));
        figure.Body(new Colour(0.42, 0.07, 30), -58, -30, Shape.Polygon((-12, -33), (-2, -56), (40, -56), (50, -33)));
        figure.Body(wall, -70, 0, Shape.Rectangle(-32, -62, 26, 62));
        figure.Body(new Colour(0.38, 0.05, 240), -100, -60, Shape.Polygon((-35, -61), (-19, -96), (-3, -61)));
        figure.Mark(new Colour(0.8, 0.12, 85), "M-19 -96v-9M-22 -102h6", 1.3);
        figure.Spot(new Colour(0.35, 0.05, 50), "M-24 0v-13a5 5 0 0 1 10 0v13Z");
        Window(figure, -22, -48, 6, 10);
        foreach (var x in new[] { 2.0, 16, 30 }) Window(figure, x, -25, 6, 13);
    }

    public static void Windmill(Figure figure)
    {
        figure.Body(figure.Coat(new Colour(0.9, 0.025, 80)), -70, 0, Shape.Polygon((-19, 0), (-11, -60), (11, -60), (19, 0)));
        figure.Body(new Colour(0.45, 0.09, 40), -76, -56, Shape.Smooth((-14, -59), (-10, -70), (0, -75), (10, -70), (14, -59)));
        var turn = figure.Rng.Between(10, 70);
        for (var i = 0; i < 4; i++)
        {
            var (sin, cos) = Math.SinCos((turn + i * 90) * Math.PI / 180);
            (double, double) At(double along, double across) => (along * cos - across * sin, -62 + along * sin + across * cos);
            figure.Spot(new Colour(0.93, 0.03, 85).Fade(0.9), Shape.Polygon(At(9, 1), At(46, 1), At(46, 10), At(9, 8)));
            figure.Mark(new Colour(0.35, 0.05, 50), Shape.Curve(At(0, 0), At(24, 0.4), At(48, 0)), 1.7);
            for (var bar = 1; bar < 5; bar++) figure.Mark(new Colour(0.4, 0.05, 50).Fade(0.7), Shape.Curve(At(9 + bar * 7.6, 0), At(9 + bar * 7.6, 9)), 0.7);
        }
        figure.Spot(new Colour(0.3, 0.05, 50), Shape.Ellipse(0, -62, 3, 3));
        figure.Spot(new Colour(0.35, 0.07, 45), Shape.Rectangle(-5, -16, 10, 16));
        Window(figure, -3, -38, 6, 8);
    }

    public static void Pyramid(Figure figure)
    {
        var stone = figure.Coat(new Colour(0.76, 0.09, 75));
        foreach (var (x, size) in new[] { (-62.0, 0.55), (58, 0.66), (0, 1) })
        {
            var (h, half) = (100 * size, 82 * size);
            figure.Body(stone, -h, 0, Shape.Polygon((x - half, 0), (x, -h), (x + half, 0)));
            figure.Shaded(stone, Shape.Polygon((x, -h), (x + (figure.Light < 0 ? 1 : -1) * half, 0), (x + (figure.Light < 0 ? 1 : -1) * half * 0.22, 0)));
            for (var i = 1; i < 9; i++) figure.Mark(stone.Darker(0.1).Fade(0.3), Shape.Curve((x - half * i / 9, -h * (9 - i) / 9), (x + half * i / 9, -h * (9 - i) / 9)), 0.7);
        }
    }

    private static void Tower(Figure figure, Colour stone, Colour roof, double x, double w, double h)
    {
        figure.Body(stone, -100, 0, Battlement(x, w, h * 0.72));
        figure.Body(roof, -104, -40, Shape.Polygon((x - 2, -h * 0.74), (x + w / 2, -h * 1.06), (x + w + 2, -h * 0.74)));
        figure.Mark(new Colour(0.35, 0.02, 260), $"M{Shape.Number(x + w / 2)} {Shape.Number(-h * 1.05)}v-6", 0.8);
        figure.Spot(new Colour(0.6, 0.19, 28), Shape.Polygon((x + w / 2, -h * 1.05 - 6), (x + w / 2 + 8, -h * 1.05 - 4), (x + w / 2, -h * 1.05 - 2)));
        Window(figure, x + w / 2 - 2, -h * 0.55, 4, 8);
    }

    private static string Battlement(double x, double w, double h)
    {
        var teeth = Math.Max(2, (int)(w / 7));
        var path = Shape.Rectangle(x, -h, w, h);
        for (var i = 0; i < teeth; i++) path += Shape.Rectangle(x + w * i / teeth, -h - 4, w / teeth * 0.58, 5);
        return path;
    }

    private static void Window(Figure figure, double x, double y, double w, double h)
    {
        var shining = figure.Air.Level < 0.85;
        if (shining) figure.Brush.Glow(x + w / 2, y + h / 2, w * 1.6, h * 1.3, Lamp.Fade(0.6));
        if (shining) figure.Shine(Lamp, Shape.Rectangle(x, y, w, h));
        else figure.Spot(new Colour(0.42, 0.05, 240), Shape.Rectangle(x, y, w, h));
        figure.Mark(new Colour(0.9, 0.01, 90).Fade(0.8), $"M{Shape.Number(x + w / 2)} {Shape.Number(y)}v{Shape.Number(h)}", 0.7);
    }
}
