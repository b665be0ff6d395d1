namespace Rpd.Server.Providers.Studio.Sketch.Figures;

internal enum Dress { Coat, Gown, Spacesuit }

/// <summary>A person 100 units tall, from the side and a little stylised: legs, clothes, arms, head and hair.</summary>
internal static class Person
{
    public static void Paint(Figure figure, Dress dress)
    {
        var rng = figure.Rng;
        var suit = dress == Dress.Spacesuit;
        var skin = rng.Pick([new Colour(0.82, 0.06, 55), new Colour(0.72, 0.075, 55), new Colour(0.55, 0.07, 50), new Colour(0.43, 0.055, 48)]);
        var hair = rng.Pick([new Colour(0.25, 0.03, 50), new Colour(0.35, 0.06, 50), new Colour(0.65, 0.1, 75), new Colour(0.42, 0.11, 40), new Colour(0.18, 0.01, 270)]);
        var cloth = figure.Coat(suit ? new Colour(0.94, 0.01, 240) : dress == Dress.Gown ? rng.Pick([new Colour(0.58, 0.19, 22), new Colour(0.9, 0.05, 90), new Colour(0.55, 0.13, 300), new Colour(0.62, 0.12, 200)]) : rng.Pick([new Colour(0.42, 0.09, 255), new Colour(0.55, 0.16, 35), new Colour(0.48, 0.08, 150), new Colour(0.7, 0.14, 75)]));
        var trousers = suit ? cloth : new Colour(0.32, 0.035, 265);
        var stout = suit ? 1.45 : 1;
        var (nearLeg, farLeg, nearArm, farArm) = Limbs(figure.Pose, stout);
        if (figure.Pose == Pose.Run && figure.Stride > 0)
        {
            var share = (1 - Math.Cos(Math.Tau * figure.Stride)) / 2;
            (nearLeg, farLeg) = (Between(nearLeg, farLeg, share), Between(farLeg, nearLeg, share));
            (nearArm, farArm) = (Between(nearArm, farArm, share), Between(farArm, nearArm, share));
        }
        figure.Shaded(suit ? cloth : cloth.Darker(0.04), Shape.Limb(farArm));
        figure.Shaded(skin, suit ? Shape.Ellipse(farArm[^1].X, farArm[^1].Y, 3.4, 3.4) : Shape.Ellipse(farArm[^1].X, farArm[^1].Y + 1, 2.3, 2.5));
        figure.Shaded(trousers, Shape.Limb(farLeg), Foot(farLeg[^1], stout));
        figure.Body(dress == Dress.Gown ? skin : trousers, -60, 0, Shape.Limb(nearLeg), Foot(nearLeg[^1], stout));
        if (!suit) figure.Spot(new Colour(0.25, 0.03, 50), Foot(nearLeg[^1], 1));
        var lean = figure.Pose == Pose.Run ? 5 : 0;
        var drop = figure.Pose is Pose.Sit ? 30 : 0;
        if (suit) figure.Body(new Colour(0.75, 0.01, 250), -90, -40, Shape.Limb((-11, -78, 6), (-12, -56, 6.5)));
        if (dress == Dress.Gown && figure.Pose is not (Pose.Sit or Pose.Ride)) Skirt(figure, cloth, lean);
        var torso = Shape.Limb((0, -49 + drop, (dress == Dress.Gown ? 6.2 : 7.6) * stout), (lean * 0.4, -60 + drop, (dress == Dress.Gown ? 5.4 : 7.4) * stout), (lean * 0.8, -74 + drop, 8.4 * stout), (lean, -79 + drop, 5.5 * stout));
        figure.Body(cloth, -88, -36, dress == Dress.Coat ? [torso, Hem(drop, lean)] : [torso]);
        Head(figure, dress, skin, hair, lean, drop);
        figure.Body(cloth.Lighter(0.02), -84, -40, Shape.Limb([.. nearArm.Select(k => (k.X + lean, k.Y + drop, k.R))]));
        figure.Spot(suit ? cloth.Darker(0.12) : skin, Shape.Ellipse(nearArm[^1].X + lean, nearArm[^1].Y + drop + 1, suit ? 3.6 : 2.4, suit ? 3.6 : 2.7));
    }

    private static ((double X, double Y, double R)[] NearLeg, (double X, double Y, double R)[] FarLeg, (double X, double Y, double R)[] NearArm, (double X, double Y, double R)[] FarArm) Limbs(Pose pose, double s) => pose switch
    {
        Pose.Run => (
            [(0, -48, 6.6 * s), (15, -34, 5 * s), (10, -16, 3.7 * s), (13, -4, 2.8 * s)], [(-1, -48, 6.4 * s), (-9, -28, 4.8 * s), (-24, -22, 3.6 * s), (-33, -18, 2.7 * s)],
            [(0, -76, 4.2 * s), (-11, -64, 3.6 * s), (-3, -55, 2.8 * s)], [(4, -76, 4.2 * s), (15, -66, 3.5 * s), (20, -76, 2.7 * s)]),
        Pose.Sit => (
            [(0, -19, 6.6 * s), (18, -20, 5 * s), (22, -9, 3.8 * s), (24, -3, 2.8 * s)], [(2, -19, 6.2 * s), (21, -18, 4.8 * s), (27, -8, 3.6 * s), (29, -3, 2.8 * s)],
            [(0, -76, 4 * s), (6, -64, 3.4 * s), (15, -57, 2.6 * s)], [(3, -44, 4 * s), (12, -34, 3.4 * s), (20, -28, 2.6 * s)]),
        Pose.Ride => (
            [(0, -46, 6.8 * s), (13, -37, 5.4 * s), (9, -19, 4 * s), (11, -6, 2.9 * s)], [(3, -46, 6.2 * s), (16, -38, 4.8 * s), (14, -20, 3.6 * s), (16, -8, 2.8 * s)],
            [(0, -76, 4.2 * s), (8, -63, 3.6 * s), (20, -60, 2.8 * s)], [(3, -76, 4 * s), (12, -64, 3.4 * s), (23, -62, 2.6 * s)]),
        _ => (
            [(0, -48, 6.6 * s), (4, -29, 4.8 * s), (2, -14, 3.6 * s), (4, -4, 2.8 * s)], [(-1, -48, 6.4 * s), (-4, -28, 4.7 * s), (-9, -14, 3.5 * s), (-10, -4, 2.7 * s)],
            [(0, -76, 4.2 * s), (-2, -62, 3.5 * s), (4, -50, 2.7 * s)], [(2, -76, 4.2 * s), (6, -62, 3.4 * s), (9, -51, 2.6 * s)]),
    };

    private static (double X, double Y, double R)[] Between((double X, double Y, double R)[] one, (double X, double Y, double R)[] other, double share) =>
        [.. one.Zip(other, (a, b) => (a.X + (b.X - a.X) * share, a.Y + (b.Y - a.Y) * share, a.R + (b.R - a.R) * share))];

    private static string Foot((double X, double Y, double R) ankle, double s) => Shape.Limb((ankle.X - 1, ankle.Y + 1.4, 2.5 * s), (ankle.X + 5, ankle.Y + 2.2, 1.7 * s));

    private static string Hem(double drop, double lean) => Shape.Smooth((-8 + lean * 0.5, -62 + drop), (8 + lean * 0.5, -62 + drop), (10, -42 + drop), (0, -39.5 + drop), (-11, -42 + drop));

    private static void Skirt(Figure figure, Colour cloth, double lean)
    {
        var sway = figure.Pose == Pose.Run ? -14 : -4;
        figure.Body(cloth, -60, 0, Shape.Smooth((-6 + lean * 0.4, -60), (6 + lean * 0.4, -60), (12, -34), (19 + sway * 0.3, -8), (6, -5), (-8, -8), (-20 + sway, -7), (-13 + sway * 0.5, -34)));
        for (var i = -2; i <= 2; i++) figure.Mark(cloth.Darker(0.1).Fade(0.5), Shape.Curve((i * 1.6, -56), (i * 4.5 + sway * 0.2, -32), (i * 7.5 + sway * 0.5, -9)), 0.8);
    }

    private static void Head(Figure figure, Dress dress, Colour skin, Colour hair, double lean, double drop)
    {
        var (x, y) = (lean * 1.2 + 1, -91.5 + drop);
        if (dress == Dress.Spacesuit)
        {
            figure.Body(new Colour(0.95, 0.008, 240), -104, -80, Shape.Ellipse(x, y + 1, 11, 11));
            figure.Brush.Fill(Shape.Ellipse(x + 3.4, y + 1, 7.2, 7.4), figure.Brush.Defs.Ball(0.65, 0.3, new Colour(0.9, 0.13, 75), new Colour(0.55, 0.13, 50), new Colour(0.25, 0.06, 280)));
            figure.Shine(Colour.White.Fade(0.7), Shape.Ellipse(x + 6, y - 2, 1.4, 2));
            figure.Spot(new Colour(0.6, 0.19, 28), Shape.Rectangle(-4, -69 + drop, 7, 4));
            return;
        }
        figure.Spot(skin.Darker(0.05), Shape.Limb((x - 1, y + 5, 2.8), (lean - 0.5, y + 12, 3)));
        var gown = dress == Dress.Gown;
        if (gown) figure.Spot(hair.Darker(0.03), Shape.Smooth((x - 2, y - 8), (x - 8, y - 2), (x - 9 + (figure.Pose == Pose.Run ? -8 : 0), y + 12), (x - 5 + (figure.Pose == Pose.Run ? -12 : 0), y + 23), (x, y + 10), (x + 2, y - 2)));
        figure.Body(skin, -100, -84, Shape.Limb((x, y - 0.5, 6.2), (x + 1.4, y + 3.4, 4.6)) + Shape.Ellipse(x + 6.2, y + 1.2, 1.3, 1.2));
        figure.Spot(hair, Shape.Smooth((x + 5, y - 4.5), (x + 2.5, y - 8), (x - 3.5, y - 7.8), (x - 7.4, y - 2.5), (x - 6, y + (gown ? 8 : 4)), (x - 2.8, y + 2), (x - 1.5, y - 3)));
        figure.Spot(new Colour(0.2, 0.02, 50), Shape.Ellipse(x + 4.2, y + 0.2, 0.6, 0.8));
    }
}
