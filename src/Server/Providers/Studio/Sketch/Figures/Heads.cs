namespace Rpd.Server.Providers.Studio.Sketch.Figures;

/// <summary>Heads of animals seen from the side: skull, muzzle, ears, eye, and horns or manes.</summary>
internal static class Heads
{
    public static string[] Outline(Species species, Point nape)
    {
        var (c, r) = (Centre(species, nape), species.SkullR);
        var (mx, my) = Along(species, c, r * 0.55 + species.Muzzle);
        var (bx, by) = Along(species, c, r * 0.75);
        return [Shape.Limb((c.X - r * 0.2, c.Y, r * 0.92), (c.X + r * 0.15, c.Y, r)), Shape.Limb((c.X + r * 0.1, c.Y + r * 0.16, r * 0.78), (bx, by + r * 0.2, species.MuzzleR * 1.35), (mx, my, species.MuzzleR))];
    }

    public static void Paint(Figure figure, Species species, Point nape, Colour coat, bool panting)
    {
        var (c, r) = (Centre(species, nape), species.SkullR);
        var (tip, tipY) = Along(species, c, r * 0.55 + species.Muzzle);
        var m = species.MuzzleR;
        if (species.Belly is { } pale && species.Ear != Ear.Long)
            figure.Spot((figure.Tint is null ? pale : coat.Mix(Colour.White, 0.4)).Fade(0.85), Shape.Limb((c.X + r * 0.3, c.Y + r * 0.6, r * 0.3), (tip - m * 0.8, tipY + m * 0.42, m * 0.52)));
        if (panting) figure.Spot(new Colour(0.66, 0.15, 15), Shape.Limb((tip - m * 0.9, tipY + m * 0.8, 1.9), (tip - m * 0.7, tipY + m * 1.7, 1.7)));
        if (species.Trunked) Trunk(figure, coat, tip, tipY);
        else
        {
            figure.Spot(species.Ear == Ear.Pointed && species.Muzzle < 8 ? new Colour(0.62, 0.1, 20) : new Colour(0.17, 0.02, 40), Shape.Ellipse(tip + m * 0.62, tipY - m * 0.3, Math.Max(1.3, m * 0.42), Math.Max(1.1, m * 0.34)));
            figure.Mark(coat.Darker(0.28), Shape.Curve((tip + m * 0.5, tipY + m * 0.35), (tip - m * 0.3, tipY + m * 0.55), (tip - m * 1.3, tipY + m * 0.42)), 0.8);
        }
        var eye = species.Trunked ? 1.6 : Math.Clamp(r * 0.15, 1.3, 2.3);
        figure.Eye(c.X + r * 0.42, c.Y - r * 0.14, eye, species.Tail == Tail.Thin ? new Colour(0.75, 0.15, 130) : null);
        if (species.Tail == Tail.Thin) Whiskers(figure, tip, tipY);
        if (species.Antlers) Antlers(figure, c, r);
        if (species.Horns) figure.Spot(new Colour(0.86, 0.04, 85), Shape.Limb((c.X - 1, c.Y - r * 0.8, 2.4), (c.X + 3, c.Y - r * 1.4, 1.8), (c.X + 9, c.Y - r * 1.7, 0.5)));
        Ears(figure, species, c, r, coat);
    }

    public static void LionMane(Figure figure, Skeleton bones, Colour mane)
    {
        var rng = figure.Rng;
        var c = new Point((bones.Nape.X + bones.Shoulder.X) / 2 + 3, (bones.Nape.Y + bones.Shoulder.Y) / 2);
        foreach (var (size, tone) in new[] { (1.0, mane.Darker(0.08)), (0.82, mane) })
            figure.Spot(tone, Shape.Smooth([.. Enumerable.Range(0, 30).Select(i =>
            {
                var angle = i / 30.0 * Math.Tau;
                var r = (i % 2 == 0 ? 31 : 26 + rng.Jitter(2)) * size;
                return new Point(c.X + Math.Cos(angle) * r * 0.86, c.Y + Math.Sin(angle) * r);
            })], closed: true));
    }

    public static void Mane(Figure figure, Skeleton bones, Colour hair, bool blown)
    {
        var (from, to) = (bones.Nape, bones.Shoulder);
        var path = "";
        for (var i = 0; i < 11; i++)
        {
            var t = i / 10.0;
            var (x, y) = (from.X - 4 + (to.X - from.X - 8) * t, from.Y - 9 + (to.Y - from.Y - 3) * t);
            var (dx, dy) = blown ? (-17.0 + figure.Rng.Jitter(3), 1.0 + figure.Rng.Jitter(4)) : (-5.0 + figure.Rng.Jitter(2), 13.0);
            path += Shape.Limb((x + 2, y, 2.6), (x + dx * 0.5, y + dy * 0.35 - 2, 2.8), (x + dx, y + dy, 0.5));
        }
        figure.Spot(hair, path);
    }

    private static Point Centre(Species species, Point nape) => new(nape.X + species.SkullR * 0.4, nape.Y - species.SkullR * 0.25);

    private static (double X, double Y) Along(Species species, Point from, double distance)
    {
        var (sin, cos) = Math.SinCos(species.HeadAngle * Math.PI / 180);
        return (from.X + cos * distance, from.Y - sin * distance);
    }

    private static void Ears(Figure figure, Species species, Point c, double r, Colour coat)
    {
        var dark = coat.Darker(0.1);
        var back = figure.Pose == Pose.Run ? -1 : 0;
        switch (species.Ear)
        {
            case Ear.Floppy:
                figure.Spot(dark, Shape.Smooth((c.X - r * 0.5, c.Y - r * 0.75), (c.X + r * 0.06, c.Y - r * 0.5), (c.X - r * (0.02 - back * 0.65), c.Y + r * 0.55), (c.X - r * (0.42 - back * 0.85), c.Y + r * (0.95 + back * 0.5)), (c.X - r * (0.85 - back * 0.35), c.Y + r * (0.3 + back * 0.2))));
                break;
            case Ear.Pointed:
                figure.Spot(coat.Darker(0.08), Shape.Smooth((c.X + r * 0.0, c.Y - r * 0.65), (c.X + r * (0.28 + back * 0.2), c.Y - r * 1.72), (c.X + r * 0.55, c.Y - r * 0.6)));
                figure.Spot(coat, Shape.Smooth((c.X - r * 0.72, c.Y - r * 0.45), (c.X - r * (0.42 - back * 0.4), c.Y - r * 1.78), (c.X + r * 0.12, c.Y - r * 0.72)));
                figure.Spot(new Colour(0.68, 0.08, 30).Fade(0.7), Shape.Polygon((c.X - r * 0.45, c.Y - r * 0.62), (c.X - r * (0.36 - back * 0.4), c.Y - r * 1.42), (c.X - r * 0.06, c.Y - r * 0.76)));
                break;
            case Ear.Round:
                figure.Spot(dark, Shape.Ellipse(c.X - r * 0.4, c.Y - r * 0.85, r * 0.4, r * 0.4));
                figure.Spot(coat.Mix(new Colour(0.6, 0.08, 30), 0.4), Shape.Ellipse(c.X - r * 0.36, c.Y - r * 0.82, r * 0.22, r * 0.22));
                break;
            case Ear.Long:
                figure.Shaded(coat, Shape.Limb((c.X - r * 0.1, c.Y - r * 0.6, r * 0.26), (c.X - r * 0.1, c.Y - r * 1.6, r * 0.3), (c.X - r * (0.3 - back), c.Y - r * 2.35, r * 0.1)));
                figure.Spot(coat, Shape.Limb((c.X - r * 0.45, c.Y - r * 0.6, r * 0.26), (c.X - r * 0.75, c.Y - r * 1.5, r * 0.32), (c.X - r * 1.05, c.Y - r * 2.2, r * 0.1)));
                figure.Spot(new Colour(0.74, 0.08, 20).Fade(0.7), Shape.Limb((c.X - r * 0.5, c.Y - r * 0.8, r * 0.12), (c.X - r * 0.76, c.Y - r * 1.5, r * 0.16), (c.X - r * 0.96, c.Y - r * 2, r * 0.05)));
                break;
            case Ear.Flap:
                figure.Body(dark, -100, -20, Shape.Smooth((c.X - r * 0.2, c.Y - r * 0.9), (c.X - r * 1.3, c.Y - r * 1.0), (c.X - r * 1.7, c.Y + r * 0.2), (c.X - r * 1.1, c.Y + r * 1.25), (c.X - r * 0.45, c.Y + r * 1.0), (c.X - r * 0.1, c.Y)));
                break;
            default: throw new ArgumentOutOfRangeException(nameof(species));
        }
    }

    private static void Trunk(Figure figure, Colour coat, double x, double y)
    {
        figure.Body(coat, -100, 0, Shape.Limb((x - 6, y - 2, 9), (x + 4, y + 12, 6.6), (x + 6, y + 30, 5), (x + 3, y + 46, 3.8), (x + 11, y + 54, 2.8)));
        figure.Spot(new Colour(0.95, 0.03, 90), Shape.Limb((x - 3, y + 6, 2.4), (x + 8, y + 16, 2), (x + 19, y + 13, 0.6)));
    }

    private static void Antlers(Figure figure, Point c, double r)
    {
        foreach (var (shift, tone) in new[] { (3.0, 0.38), (-1.0, 0.5) })
            foreach (var branch in new (double X, double Y)[][] { [(0, -6), (-5, -17), (-1, -30), (7, -38)], [(-5, -16), (4, -21), (9, -27)], [(-3, -25), (-10, -33)] })
                figure.Mark(new Colour(tone, 0.05, 65), Shape.Curve([.. branch.Select(p => (c.X + shift + p.X, c.Y - r * 0.3 + p.Y))]), 2);
    }

    private static void Whiskers(Figure figure, double x, double y)
    {
        for (var i = -1; i <= 1; i++) figure.Mark(Colour.White.Fade(0.7), Shape.Curve((x - 1, y + 1), (x + 7, y + i * 2.4), (x + 13, y + i * 5 + 1)), 0.4);
    }
}
