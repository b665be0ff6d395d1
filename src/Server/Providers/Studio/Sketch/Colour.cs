using System.Globalization;

namespace Rpd.Server.Providers.Studio.Sketch;

/// <summary>
/// A colour in OKLCH, where equal steps look equal, so that palettes can be reasoned about in numbers.
/// </summary>
/// <param name="L">Lightness 0–1.</param>
/// <param name="C">Chroma, 0 grey to about 0.32.</param>
/// <param name="H">Hue in degrees: 30 red, 90 yellow, 145 green, 250 blue, 330 magenta.</param>
/// <param name="A">Opacity 0–1.</param>
internal readonly record struct Colour(double L, double C, double H, double A = 1)
{
    public static readonly Colour White = new(1, 0, 0);
    public static readonly Colour Black = new(0, 0, 0);

    public Colour Lighter(double by) => this with { L = Math.Clamp(L + by, 0, 1) };

    public Colour Darker(double by) => Lighter(-by);

    public Colour Vivid(double times) => this with { C = C * times };

    public Colour Turn(double degrees) => this with { H = H + degrees };

    public Colour Fade(double opacity) => this with { A = A * opacity };

    /// <summary>Blended in OKLab, so opposites meet in a grey and not in a detour around the wheel.</summary>
    public Colour Mix(Colour other, double share)
    {
        var (a1, b1) = Axes();
        var (a2, b2) = other.Axes();
        var a = a1 + (a2 - a1) * share;
        var b = b1 + (b2 - b1) * share;
        return new Colour(L + (other.L - L) * share, Math.Sqrt(a * a + b * b), Math.Atan2(b, a) * 180 / Math.PI, A + (other.A - A) * share);
    }

    /// <summary>The nearest displayable colour of this lightness and hue, as <c>#rrggbb</c>.</summary>
    public string Hex()
    {
        var chroma = C;
        var (r, g, b) = Linear(chroma);
        for (var step = 0; step < 40 && Outside(r, g, b); step++)
        {
            chroma *= 0.92;
            (r, g, b) = Linear(chroma);
        }
        return string.Create(CultureInfo.InvariantCulture, $"#{Byte(r):x2}{Byte(g):x2}{Byte(b):x2}");
    }

    private (double A, double B) Axes()
    {
        var angle = H * Math.PI / 180;
        return (C * Math.Cos(angle), C * Math.Sin(angle));
    }

    private (double R, double G, double B) Linear(double chroma)
    {
        var (a, b) = (this with { C = chroma }).Axes();
        var l = Cube(L + 0.3963377774 * a + 0.2158037573 * b);
        var m = Cube(L - 0.1055613458 * a - 0.0638541728 * b);
        var s = Cube(L - 0.0894841775 * a - 1.2914855480 * b);
        return (
            4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
            -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
            -0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s);
    }

    private static bool Outside(double r, double g, double b) =>
        Math.Min(r, Math.Min(g, b)) < -0.001 || Math.Max(r, Math.Max(g, b)) > 1.001;

    private static double Cube(double x) => x * x * x;

    private static int Byte(double linear)
    {
        var x = Math.Clamp(linear, 0, 1);
        var encoded = x <= 0.0031308 ? 12.92 * x : 1.055 * Math.Pow(x, 1 / 2.4) - 0.055;
        return (int)Math.Round(encoded * 255);
    }
}
