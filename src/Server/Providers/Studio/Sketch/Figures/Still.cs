using Rpd.Server.Providers.Studio.Sketch.Scenery;

namespace Rpd.Server.Providers.Studio.Sketch.Figures;

/// <summary>Things one sets on a table.</summary>
internal static class Still
{
    public static void Vase(Figure figure)
    {
        var rng = figure.Rng;
        var glaze = figure.Coat(rng.Pick([new Colour(0.56, 0.1, 235), new Colour(0.85, 0.03, 85), new Colour(0.6, 0.12, 35)]));
        var hue = rng.Pick([new Colour(0.62, 0.2, 18), new Colour(0.75, 0.14, 350), new Colour(0.84, 0.15, 88), new Colour(0.6, 0.15, 300)]);
        for (var i = 0; i < 12; i++)
        {
            var (x, y) = (-30 + i * 5.5, -62 - 30 * Math.Sin((i + 0.5) / 12 * Math.PI) + rng.Jitter(5));
            figure.Mark(new Colour(0.45, 0.1, 138), Shape.Curve((0, -38), (x * 0.5, (y - 38) / 2 - 4), (x, y)), 1.2);
            figure.Spot(new Colour(0.48 + rng.Jitter(0.05), 0.11, 138), Shape.Smooth((x * 0.4, -48), (x * 0.8 - 5, -60), (x * 0.9, y + 5), (x * 0.6 + 3, -54)));
        }
        for (var i = 0; i < 12; i++)
        {
            var (x, y) = (-30 + i * 5.5, -62 - 30 * Math.Sin((i + 0.5) / 12 * Math.PI) + rng.Jitter(5));
            var own = i % 4 == 3 ? new Colour(0.95, 0.03, 90) : hue.Lighter(rng.Jitter(0.06)).Turn(rng.Jitter(16));
            figure.Brush.Open("bloom", x, y, 0.16, 0.15, rng.Between(0, 90));
            figure.Spot(own.Darker(0.08), Blossoms.Petals(rng, 9, 8, 50, 13, 0.2));
            figure.Spot(own.Lighter(0.05), Blossoms.Petals(rng, 7, 4, 34, 11, 0.5));
            figure.Spot(new Colour(0.8, 0.15, 80), Shape.Ellipse(0, 0, 11, 11));
            figure.Brush.Close();
        }
        figure.Body(glaze, -42, 0, Shape.Smooth((-9, -41), (9, -41), (8, -34), (18, -22), (16, -6), (9, 0), (-9, 0), (-16, -6), (-18, -22), (-8, -34)));
        figure.Shine(Colour.White.Fade(0.3), Shape.Limb((figure.Light * 10, -26, 1.6), (figure.Light * 11, -12, 1.4)));
    }

    public static void Cup(Figure figure)
    {
        var china = figure.Coat(figure.Rng.Pick([new Colour(0.95, 0.015, 85), new Colour(0.58, 0.12, 230), new Colour(0.6, 0.15, 30), new Colour(0.55, 0.09, 160)]));
        for (var i = 0; i < 3; i++)
            for (var puff = 0; puff < 5; puff++)
                figure.Brush.Glow(-14 + i * 14 + Math.Sin(puff * 1.3 + i) * 6, -92 - puff * 14, 7 + puff * 2, 11, Colour.White.Fade(0.30 - puff * 0.045));
        figure.Body(china.Darker(0.03), -10, 4, Shape.Ellipse(0, -1, 64, 9));
        figure.Spot(china.Darker(0.1), Shape.Ellipse(0, -3, 44, 5));
        figure.Mark(china.Darker(0.02), "M40 -58C72 -62 70 -20 34 -22", 8);
        figure.Body(china, -80, 0, Shape.Smooth((-44, -74), (44, -74), (42, -42), (28, -12), (18, -3), (-18, -3), (-28, -12), (-42, -42)));
        figure.Spot(china.Lighter(0.04), Shape.Ellipse(0, -74, 44, 9));
        figure.Spot(new Colour(0.36, 0.07, 50), Shape.Ellipse(0, -73, 39, 7));
        figure.Spot(new Colour(0.72, 0.08, 65).Fade(0.85), Shape.Smooth((-20, -74), (-8, -77), (0, -75), (8, -77), (20, -74), (0, -69)));
        figure.Shine(Colour.White.Fade(0.35), Shape.Limb((figure.Light * 27, -60, 3), (figure.Light * 24, -34, 2.4)));
    }

    public static void Apple(Figure figure)
    {
        var rng = figure.Rng;
        foreach (var (x, size, hue) in new[] { (-46.0, 0.72, 128.0), (48, 0.66, 62), (0, 1, 26) })
        {
            var skin = figure.Tint ?? new Colour(hue > 100 ? 0.7 : 0.6, 0.19, hue);
            var r = 44 * size;
            figure.Brush.Glow(x, 0, r * 1.1, r * 0.16, Colour.Black.Fade(0.5));
            figure.Body(skin, -r * 2, 0, Shape.Smooth((x, -r * 1.62), (x + r * 0.55, -r * 1.8), (x + r, -r * 1.15), (x + r * 0.8, -r * 0.35), (x + r * 0.25, 0), (x, -r * 0.06), (x - r * 0.25, 0), (x - r * 0.8, -r * 0.35), (x - r, -r * 1.15), (x - r * 0.55, -r * 1.8)));
            figure.Spot(skin.Darker(0.2), Shape.Smooth((x - r * 0.26, -r * 1.64), (x, -r * 1.56), (x + r * 0.26, -r * 1.64), (x, -r * 1.5)));
            figure.Mark(new Colour(0.36, 0.06, 55), Shape.Curve((x, -r * 1.56), (x + 2, -r * 1.85), (x + r * 0.2, -r * 2.05)), 3 * size);
            figure.Spot(new Colour(0.56, 0.14, 138), Shape.Smooth((x + r * 0.1, -r * 1.8), (x + r * 0.4, -r * 2.2), (x + r * 0.85, -r * 2.1), (x + r * 0.5, -r * 1.82)));
            figure.Shine(Colour.White.Fade(0.45), Shape.Smooth((x + figure.Light * r * 0.4, -r * 1.55), (x + figure.Light * r * 0.7, -r * 1.25), (x + figure.Light * r * 0.6, -r * 0.95), (x + figure.Light * r * 0.45, -r * 1.2)));
            for (var i = 0; i < 9; i++) figure.Spot(skin.Lighter(0.18).Fade(0.6), Shape.Ellipse(x + rng.Jitter(r * 0.7), -r + rng.Jitter(r * 0.6), 0.8, 0.8));
        }
    }

    public static void Book(Figure figure)
    {
        var paper = new Colour(0.95, 0.025, 85);
        figure.Body(figure.Coat(new Colour(0.45, 0.13, 28)), -40, 4, Shape.Smooth((-92, -6), (-84, -46), (0, -40), (84, -46), (92, -6), (0, 3)));
        for (var i = 0; i < 3; i++) figure.Spot(paper.Darker(0.06 - i * 0.03), Shape.Smooth((-87, -10 - i * 3), (-79, -50 - i * 4), (-34, -58 - i * 4), (0, -44 - i * 2), (34, -58 - i * 4), (79, -50 - i * 4), (87, -10 - i * 3), (40, -17 - i * 3), (0, -3 - i * 2), (-40, -17 - i * 3)));
        figure.Mark(paper.Darker(0.25), "M0 -46L0 -6", 1.4);
        for (var line = 0; line < 6; line++)
            foreach (var side in new[] { -1, 1 })
                figure.Mark(paper.Darker(0.4).Fade(0.6), Shape.Curve((side * 10, -46 + line * 6.2), (side * 36, -57 + line * 6.6), (side * 72, -51 + line * 6.4)), 1.1);
        figure.Spot(new Colour(0.55, 0.19, 28), Shape.Smooth((3, -44), (9, -44), (10, 8), (6, 4), (3, 9)));
    }

    public static void Candle(Figure figure)
    {
        var flame = new Colour(0.9, 0.15, 78);
        figure.Brush.Glow(0, -84, 120, 110, flame.Fade(0.55));
        figure.Body(new Colour(0.7, 0.12, 85), -16, 0, Shape.Smooth((-22, 0), (-18, -7), (18, -7), (22, 0)), Shape.Ellipse(0, -8, 12, 3));
        figure.Body(figure.Coat(new Colour(0.94, 0.03, 85)), -72, -6, Shape.Smooth((-9, -70), (9, -70), (9.6, -40), (10, -8), (-10, -8), (-9.6, -40)));
        figure.Spot(new Colour(0.97, 0.02, 85), Shape.Limb((-6, -68, 2.4), (-7, -54, 2), (-7, -46, 2.6)));
        figure.Mark(new Colour(0.2, 0.02, 50), "M0 -70v-6", 1.1);
        figure.Shine(flame.Turn(-18), Shape.Smooth((0, -100), (6, -84), (4, -75), (0, -73), (-4, -75), (-6, -84)));
        figure.Shine(new Colour(0.98, 0.08, 95), Shape.Smooth((0, -92), (3, -82), (0, -75), (-3, -82)));
    }
}
