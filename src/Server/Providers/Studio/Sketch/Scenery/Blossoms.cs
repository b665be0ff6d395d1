namespace Rpd.Server.Providers.Studio.Sketch.Scenery;

/// <summary>Flowers as stamps about 100 units across, seen a little from above, lit for one depth.</summary>
internal static class Blossoms
{
    /// <param name="fine">Near enough that single petals and seeds show.</param>
    public static string Stamp(Canvas canvas, Flower kind, Rng rng, double depth, bool fine) => canvas.Defs.Stamp(brush =>
    {
        Colour Lit(Colour own) => canvas.Air.At(own, depth);
        var own = Own(kind, canvas.Scene.Accent, rng);
        switch (kind)
        {
            case Flower.Sunflower: Sunflower(brush, canvas, rng, Lit, own, fine); break;
            case Flower.Lavender: Lavender(brush, rng, Lit, own); break;
            case Flower.Tulip: Tulip(brush, Lit, own); break;
            case Flower.Rose: Rose(brush, Lit, own); break;
            case Flower.Poppy: Poppy(brush, rng, Lit, own); break;
            case Flower.Daisy or Flower.Blossom: Daisy(brush, rng, Lit, own, kind == Flower.Blossom ? 5 : fine ? 14 : 9); break;
            default: throw new ArgumentOutOfRangeException(nameof(kind));
        }
    });

    public static Colour Own(Flower kind, Colour? accent, Rng rng) => kind switch
    {
        Flower.Sunflower => new Colour(0.81, 0.185, 84 + rng.Jitter(5)),
        Flower.Lavender => new Colour(0.58, 0.15, 298 + rng.Jitter(8)),
        Flower.Poppy => accent ?? new Colour(0.60, 0.22, 30 + rng.Jitter(5)),
        Flower.Tulip => accent ?? rng.Pick([new Colour(0.62, 0.21, 20), new Colour(0.75, 0.16, 65), new Colour(0.72, 0.15, 350), new Colour(0.85, 0.15, 95), new Colour(0.5, 0.16, 310)]),
        Flower.Rose => accent ?? new Colour(0.58, 0.20, 12 + rng.Jitter(10)),
        Flower.Blossom => accent ?? new Colour(0.88, 0.07, 355 + rng.Jitter(10)),
        _ => accent ?? rng.Pick([new Colour(0.97, 0.02, 100), new Colour(0.93, 0.05, 340), new Colour(0.75, 0.14, 310), new Colour(0.87, 0.15, 95), new Colour(0.68, 0.13, 265)]),
    };

    private static void Sunflower(Brush brush, Canvas canvas, Rng rng, Func<Colour, Colour> lit, Colour own, bool fine)
    {
        brush.Fill(Petals(rng, fine ? 21 : 13, 27, 52, fine ? 5.6 : 7.5, 0.09), lit(own.Darker(0.13).Turn(-16)));
        brush.Fill(Petals(rng, fine ? 18 : 11, 22, 46, fine ? 5.4 : 7.5, 0.2), lit(own));
        if (fine) brush.Fill(Petals(rng, 12, 18, 38, 4, 0.37), lit(own.Lighter(0.05).Turn(6)));
        var brown = new Colour(0.32, 0.07, 52);
        brush.Fill(Shape.Ellipse(0, 0, 23, 22), canvas.Defs.Round(lit(brown.Darker(0.1)), lit(brown), lit(brown.Lighter(0.1).Turn(8))));
        if (!fine) return;
        var seeds = "";
        for (var i = 1; i < 70; i++)
        {
            var (r, a) = (2.45 * Math.Sqrt(i), i * 2.39996);
            seeds += Shape.Ellipse(Math.Cos(a) * r, Math.Sin(a) * r * 0.95, 0.85, 0.85);
        }
        brush.Fill(seeds, lit(new Colour(0.55, 0.11, 68)).Fade(0.39));
    }

    public static string Petals(Rng rng, int count, double inner, double outer, double half, double phase)
    {
        var path = "";
        for (var i = 0; i < count; i++)
        {
            var angle = (i + phase * 3 + rng.Jitter(0.16)) / count * Math.Tau;
            var (sin, cos) = Math.SinCos(angle);
            var far = outer * rng.Between(0.9, 1.04);
            (double, double) Turn(double along, double across) => (along * cos - across * sin, along * sin + across * cos);
            path += Shape.Smooth(Turn(inner * 0.6, 0), Turn((inner + far) / 2, half), Turn(far * 0.93, half * 0.42), Turn(far, 0), Turn(far * 0.93, -half * 0.42), Turn((inner + far) / 2, -half));
        }
        return path;
    }

    private static void Lavender(Brush brush, Rng rng, Func<Colour, Colour> lit, Colour own)
    {
        brush.Line("M0 50L0 -10", lit(new Colour(0.55, 0.09, 140)), 4);
        for (var i = 0; i < 9; i++)
        {
            var (y, r) = (12 - i * 8.5, 11 - i * 0.85);
            brush.Fill(Shape.Ellipse(-r * 0.6, y, r * 0.8, 6) + Shape.Ellipse(r * 0.6, y - 3, r * 0.8, 6), lit(own.Lighter(rng.Jitter(0.05) + i * 0.012)));
        }
    }

    private static void Tulip(Brush brush, Func<Colour, Colour> lit, Colour own)
    {
        brush.Fill(Shape.Smooth((-3, 90), (-3, 20), (3, 20), (3, 90)), lit(new Colour(0.52, 0.12, 138)));
        brush.Fill(Shape.Smooth((0, 90), (-26, 52), (-34, 8), (-12, 46)), lit(new Colour(0.56, 0.12, 140)));
        brush.Fill(Shape.Smooth((-24, -6), (-20, -36), (-8, -26), (0, -42), (8, -26), (20, -36), (24, -6), (14, 24), (-14, 24)), lit(own.Darker(0.1)));
        brush.Fill(Shape.Smooth((-13, 0), (0, -40), (13, 0), (8, 24), (-8, 24)), lit(own.Lighter(0.05)));
    }

    private static void Rose(Brush brush, Func<Colour, Colour> lit, Colour own)
    {
        brush.Fill(Shape.Smooth((-50, 10), (-30, 34), (0, 24), (-14, 6)) + Shape.Smooth((50, 6), (34, 34), (4, 26), (14, 6)), lit(new Colour(0.45, 0.1, 142)));
        for (var i = 0; i < 5; i++)
        {
            var r = 38 - i * 7.5;
            brush.Fill(Petals(new Rng((ulong)i), 5, r * 0.1, r * 1.12, r * 0.5, i * 0.21), lit(own.Lighter(0.05 * (i % 2 == 0 ? 1 : -1.4)).Darker(i * 0.02)));
        }
    }

    private static void Poppy(Brush brush, Rng rng, Func<Colour, Colour> lit, Colour own)
    {
        brush.Fill(Shape.Smooth((-46, -6), (-28, -32), (0, -26), (28, -34), (46, -6), (24, 22), (0, 16), (-26, 24)), lit(own.Darker(0.08)));
        brush.Fill(Shape.Smooth((-36, 4 + rng.Jitter(4)), (-14, -8), (16, -10), (38, 2), (24, 30), (0, 36), (-24, 30)), lit(own.Lighter(0.04)));
        brush.Fill(Shape.Ellipse(2, 0, 10, 8), lit(new Colour(0.2, 0.03, 320)));
    }

    private static void Daisy(Brush brush, Rng rng, Func<Colour, Colour> lit, Colour own, int petals)
    {
        brush.Fill(Petals(rng, petals, 10, 46, petals == 5 ? 17 : 8, 0.3), lit(own));
        brush.Fill(Petals(rng, petals, 8, 36, petals == 5 ? 12 : 5, 0.1), lit(own.Darker(0.06)));
        brush.Fill(Shape.Ellipse(0, 0, 13, 12), lit(new Colour(0.82, 0.16, 82)));
    }
}
