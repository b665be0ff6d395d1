namespace Rpd.Server.Providers.Studio.Sketch.Figures;

internal static class Vehicles
{
    private static readonly Colour Glass = new(0.72, 0.06, 230);
    private static readonly Colour Rubber = new(0.2, 0.01, 260);

    public static void Car(Figure figure)
    {
        var paint = figure.Coat(figure.Rng.Pick([new Colour(0.56, 0.21, 27), new Colour(0.55, 0.15, 250), new Colour(0.8, 0.15, 90), new Colour(0.62, 0.1, 190)]));
        figure.Body(paint, -92, -10, Shape.Smooth((-122, -26), (-124, -48), (-104, -56), (-66, -60), (-40, -88), (26, -91), (62, -62), (104, -54), (123, -42), (124, -24), (100, -17), (-104, -17)));
        figure.Spot(Glass, Shape.Smooth((-54, -61), (-33, -82), (-6, -84), (-6, -61)));
        figure.Spot(Glass, Shape.Smooth((2, -61), (2, -84), (22, -83), (46, -63)));
        figure.Shine(Colour.White.Fade(0.35), Shape.Polygon((-40, -62), (-24, -82), (-16, -83), (-32, -62)));
        figure.Mark(paint.Darker(0.2).Fade(0.7), "M-2 -60L-6 -20M-100 -46L108 -44", 1.4);
        figure.Shine(Colour.White.Fade(0.28), Shape.Smooth((-112, -50), (-60, -57), (60, -58), (108, -50), (60, -53), (-60, -52)));
        foreach (var x in new[] { -70.0, 72 })
        {
            figure.Spot(new Colour(0.16, 0.01, 260), Shape.Ellipse(x, -21, 25, 24));
            figure.Spot(Rubber, Shape.Ellipse(x, -20, 21, 20));
            figure.Spot(new Colour(0.78, 0.01, 250), Shape.Ellipse(x, -20, 12, 12));
            for (var i = 0; i < 5; i++) figure.Mark(new Colour(0.4, 0.01, 250), $"M{Shape.Number(x)} -20L{Shape.Number(x + Math.Cos(i * 1.2566) * 11)} {Shape.Number(-20 + Math.Sin(i * 1.2566) * 11)}", 2);
        }
        figure.Brush.Glow(130, -42, 44, 22, new Colour(0.95, 0.09, 90, figure.Air.Level < 0.85 ? 0.95 : 0.3));
        figure.Shine(new Colour(0.97, 0.06, 95), Shape.Ellipse(117, -42, 6, 5));
        figure.Shine(new Colour(0.6, 0.21, 27), Shape.Ellipse(-119, -44, 4, 6));
    }

    public static void Train(Figure figure)
    {
        var paint = figure.Coat(figure.Rng.Pick([new Colour(0.4, 0.1, 150), new Colour(0.5, 0.19, 28), new Colour(0.3, 0.03, 260)]));
        figure.Mark(new Colour(0.45, 0.03, 50), "M-240 -3H240", 3);
        for (var i = 0; i < 7; i++) figure.Brush.Glow(112 - i * 30, -122 - i * 12, 18 + i * 7, 15 + i * 5, figure.Lit(new Colour(0.95, 0.01, 250)).Fade(0.75));
        figure.Body(paint, -90, -10, Shape.Rectangle(-150, -74, 96, 60));
        figure.Spot(new Colour(0.85, 0.06, 85), Shape.Rectangle(-144, -64, 18, 20) + Shape.Rectangle(-118, -64, 18, 20) + Shape.Rectangle(-92, -64, 18, 20));
        figure.Body(paint, -106, -10, Shape.Rectangle(-44, -98, 56, 84), Shape.Smooth((8, -76), (60, -80), (126, -74), (138, -50), (126, -26), (8, -24)), Shape.Rectangle(-52, -105, 72, 9));
        figure.Spot(Glass, Shape.Rectangle(-36, -88, 36, 26));
        figure.Spot(Rubber, Shape.Polygon((103, -74), (100, -112), (122, -112), (119, -74)));
        figure.Spot(new Colour(0.78, 0.13, 85), Shape.Ellipse(64, -80, 11, 9) + Shape.Rectangle(30, -79, 4, 54) + Shape.Rectangle(88, -79, 4, 54));
        figure.Spot(new Colour(0.5, 0.17, 28), Shape.Polygon((126, -18), (158, -4), (126, -4)));
        foreach (var (x, r) in new[] { (-130.0, 12.0), (-76, 12), (-26, 19), (22, 19), (70, 14), (106, 14) })
        {
            figure.Spot(Rubber, Shape.Ellipse(x, -r - 3, r, r));
            figure.Spot(new Colour(0.6, 0.16, 28), Shape.Ellipse(x, -r - 3, r * 0.68, r * 0.68));
            figure.Spot(Rubber, Shape.Ellipse(x, -r - 3, r * 0.22, r * 0.22));
        }
        figure.Mark(new Colour(0.75, 0.02, 250), "M-26 -18H70", 4);
        figure.Shine(new Colour(0.97, 0.07, 92), Shape.Ellipse(136, -54, 6, 7));
    }

    public static void Sailboat(Figure figure)
    {
        var hull = figure.Coat(new Colour(0.48, 0.1, 40));
        figure.Mark(new Colour(0.38, 0.05, 55), "M0 -14V-102", 2.2);
        figure.Body(new Colour(0.97, 0.015, 85), -100, -15, Shape.Smooth((3, -99), (26, -66), (42, -24), (22, -21), (3, -22)), Shape.Smooth((-3, -94), (-20, -58), (-38, -22), (-18, -20), (-3, -21)));
        figure.Mark(new Colour(0.8, 0.03, 85).Fade(0.8), "M4 -50C18 -48 26 -47 33 -47M-4 -50C-14 -48 -20 -47 -26 -47", 0.8);
        figure.Body(hull, -20, 0, Shape.Smooth((-46, -15), (0, -13), (52, -18), (40, -2), (28, 2), (-30, 2), (-40, -4)));
        figure.Spot(new Colour(0.93, 0.02, 85), Shape.Smooth((-46, -15), (0, -13), (52, -18), (48, -13), (0, -9.5), (-44, -11)));
        figure.Spot(new Colour(0.6, 0.2, 28), Shape.Polygon((0, -102), (-14, -98), (0, -95)));
    }

    public static void Rocket(Figure figure)
    {
        var paint = figure.Coat(new Colour(0.6, 0.2, 28));
        figure.Brush.Glow(0, 6, 40, 44, new Colour(0.85, 0.16, 65, 0.9));
        figure.Shine(new Colour(0.72, 0.19, 45), Shape.Smooth((-9, -14), (-13, 6), (-4, 16), (0, 40), (4, 16), (13, 6), (9, -14)));
        figure.Shine(new Colour(0.95, 0.12, 95), Shape.Smooth((-5, -14), (-6, 2), (0, 20), (6, 2), (5, -14)));
        figure.Body(paint, -50, 0, Shape.Smooth((-12, -42), (-27, -22), (-26, -4), (-10, -16)), Shape.Smooth((12, -42), (27, -22), (26, -4), (10, -16)));
        figure.Body(new Colour(0.93, 0.01, 240), -100, -10, Shape.Smooth((0, -102), (13, -78), (16, -48), (11, -13), (-11, -13), (-16, -48), (-13, -78)));
        figure.Spot(paint, Shape.Smooth((0, -102), (9, -88), (12.5, -78), (-12.5, -78), (-9, -88)));
        figure.Spot(new Colour(0.45, 0.02, 250), Shape.Ellipse(0, -60, 8, 8));
        figure.Spot(new Colour(0.75, 0.1, 215), Shape.Ellipse(0, -60, 5.8, 5.8));
        figure.Shine(Colour.White.Fade(0.8), Shape.Ellipse(-2, -62, 1.8, 1.8));
        figure.Body(paint.Darker(0.05), -36, -4, Shape.Limb((0, -34, 2.4), (0, -8, 2)));
    }

    public static void Balloon(Figure figure)
    {
        var first = figure.Coat(figure.Rng.Pick([new Colour(0.62, 0.21, 27), new Colour(0.6, 0.16, 250), new Colour(0.65, 0.17, 320)]));
        var second = new Colour(0.93, 0.08, 90);
        string Gore(double inner, double outer) => Shape.Smooth((inner * 4, -32), (inner * 27, -52), (inner * 37, -72), (inner * 27, -93), (0, -101), (outer * 27, -93), (outer * 37, -72), (outer * 27, -52), (outer * 4, -32));
        figure.Body(first, -101, -32, Gore(-1, 1));
        figure.Spot(second, Gore(-0.74, -0.42) + Gore(-0.14, 0.14) + Gore(0.42, 0.74));
        figure.Brush.Fill(Gore(-1, 1), figure.Brush.Defs.Across(figure.Light * 38, -90, -figure.Light * 38, -50, Colour.White.Fade(0.3), Colour.White.Fade(0), Colour.Black.Fade(0.34)));
        figure.Mark(new Colour(0.35, 0.04, 55), "M-5 -31L-6 -14M5 -31L6 -14", 0.8);
        figure.Body(new Colour(0.48, 0.08, 55), -16, 0, Shape.Smooth((-8, -14), (8, -14), (7, -1), (-7, -1)));
        figure.Shine(new Colour(0.85, 0.17, 60), Shape.Smooth((0, -30), (2.5, -24), (0, -20), (-2.5, -24)));
    }

    public static void Plane(Figure figure)
    {
        var paint = figure.Coat(new Colour(0.94, 0.01, 240));
        var trim = new Colour(0.55, 0.19, 28);
        figure.Shaded(paint, Shape.Polygon((10, -56), (-26, -96), (-42, -96), (-16, -54)));
        figure.Body(trim, -100, -50, Shape.Smooth((-84, -58), (-106, -98), (-90, -98), (-62, -62)));
        figure.Body(paint, -74, -26, Shape.Limb((-96, -58, 4), (-60, -52, 12), (20, -48, 15), (70, -46, 13), (96, -43, 5)));
        figure.Spot(trim, Shape.Smooth((-92, -54), (-40, -45), (40, -41), (98, -41), (60, -36), (-40, -40)));
        figure.Spot(Glass.Darker(0.2), Shape.Smooth((74, -56), (86, -51), (88, -46), (74, -48)));
        for (var i = 0; i < 9; i++) figure.Spot(Glass.Darker(0.2), Shape.Ellipse(-52 + i * 13, -53, 2.6, 3.4));
        figure.Body(paint.Darker(0.06), -50, 0, Shape.Polygon((24, -42), (-46, -2), (-64, -2), (-22, -42)));
        figure.Body(trim, -60, -40, Shape.Polygon((-72, -55), (-104, -42), (-112, -43), (-90, -57)));
    }
}
