namespace Rpd.Server.Providers.Studio.Sketch;

internal enum Style { Natural, Cinematic, Watercolour, Oil, PixelArt, LineArt, Neon, Flat, Vintage, Noir, Pastel, Comic }

/// <param name="Ink">The edge's colour for what it encloses; its opacity counts.</param>
/// <param name="Width">Pixels of the result.</param>
internal sealed record Edge(Func<Colour, Colour> Ink, double Width);

/// <summary>How a style draws: what it does to every colour, its line, its light and what lies over the finished picture.</summary>
/// <param name="SoftLight">Whether glows, mist and cast shadows exist.</param>
/// <param name="Grain">Strength of the film grain or paper tooth, 0–1.</param>
/// <param name="Wobble">How far, in thousandths of the shorter side, wet paint or thick strokes move an edge.</param>
/// <param name="Vignette">Darkness of the corners, 0–1.</param>
internal sealed record Look(
    Style Style,
    Func<Colour, Colour> Grade,
    Edge? Edge = null,
    bool SoftLight = true,
    double Grain = 0.10,
    double Wobble = 0,
    double Vignette = 0.22,
    bool Letterbox = false,
    bool Paper = false)
{
    public static Look Of(Style style) => style switch
    {
        Style.Natural => new(style, c => c),
        Style.Cinematic => new(style, Film, Grain: 0.13, Vignette: 0.5, Letterbox: true),
        Style.Watercolour => new(style, c => new Colour(0.30 + 0.68 * c.L, c.C * 0.95, c.H, c.A * 0.93),
            new Edge(c => new Colour(c.L * 0.72, c.C * 1.2, c.H, 0.28), 2.2), Grain: 0.1, Wobble: 3.5, Vignette: 0, Paper: true),
        Style.Oil => new(style, c => c with { C = c.C * 1.22, L = Contrast(c.L, 0.25) }, Grain: 0.2, Wobble: 3, Vignette: 0.25),
        Style.PixelArt => new(style, c => c with { C = c.C * 1.15, L = Math.Round(c.L * 14) / 14 }, Grain: 0, Vignette: 0),
        Style.LineArt => new(style, c => new Colour(c.L < 0.3 ? 0.3 + c.L * 0.5 : 0.975 - (1 - c.L) * 0.09, c.C * 0.1, c.H, c.A),
            new Edge(c => new Colour(-1, 0, 0, 0.92), 1.5), SoftLight: false, Grain: 0.07, Wobble: 2, Vignette: 0, Paper: true),
        Style.Neon => new(style, Tubes, new Edge(Tube, 1.6), Grain: 0.1, Vignette: 0.45),
        Style.Flat => new(style, c => c with { L = Math.Round(c.L * 16) / 16, C = c.C * 1.05 }, SoftLight: false, Grain: 0, Vignette: 0),
        Style.Vintage => new(style, c => new Colour(0.14 + 0.78 * c.L, c.C * 0.75, c.H, c.A).Mix(new Colour(0.14 + 0.78 * c.L, 0.065, 72, c.A), 0.55), Grain: 0.24, Vignette: 0.42),
        Style.Noir => new(style, c => new Colour(Contrast(c.L, 0.55), 0, 0, c.A), Grain: 0.26, Vignette: 0.62),
        Style.Pastel => new(style, c => c with { L = 0.52 + 0.45 * c.L, C = c.C * 0.72 }, Grain: 0.06, Vignette: 0),
        Style.Comic => new(style, c => c with { L = Math.Round(c.L * 12) / 12, C = c.C * 1.3 },
            new Edge(c => new Colour(0.16, 0.02, 270, 0.9), 2), Grain: 0, Vignette: 0.12),
        _ => throw new ArgumentOutOfRangeException(nameof(style)),
    };

    /// <summary>Line art's ink is asked for below black, so that its own grade, which turns everything to paper, leaves it dark.</summary>
    public Colour Ink(Colour fill)
    {
        var ink = Edge!.Ink(fill);
        return ink.L < 0 ? new Colour(0.27, 0.02, 265, ink.A) : Style is Style.Neon or Style.Comic or Style.Watercolour ? ink : Grade(ink);
    }

    private static double Contrast(double l, double strength)
    {
        var curve = l * l * (3 - 2 * l);
        return l + (curve - l) * strength;
    }

    /// <summary>Film's teal shadows and amber lights.</summary>
    private static Colour Film(Colour c)
    {
        var l = Contrast(c.L, 0.45) * 0.97;
        var tone = l < 0.5 ? new Colour(l, 0.05, 225, c.A) : new Colour(l, 0.075, 72, c.A);
        return (c with { L = l, C = c.C * 1.04 }).Mix(tone, 0.24 * Math.Abs(l - 0.5) * 2 + 0.06);
    }

    private static Colour Tubes(Colour c)
    {
        var toMagenta = Math.Cos((c.H - 340) * Math.PI / 180) > 0;
        return new Colour(0.07 + Contrast(c.L, 0.3) * 0.62, Math.Min(0.2, c.C * 1.1 + 0.05), toMagenta ? 325 : 275 - 40 * c.L, c.A);
    }

    private static Colour Tube(Colour c)
    {
        var toMagenta = Math.Cos((c.H - 340) * Math.PI / 180) > 0;
        return new Colour(0.62 + 0.25 * c.L, 0.2, toMagenta ? 335 : 205, 0.55);
    }
}
