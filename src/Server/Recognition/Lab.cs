namespace Rpd.Server.Recognition;

/// <summary>A colour as eyes compare them: CIE L*a*b* under D65. A distance of about 2 is just seen.</summary>
internal readonly record struct Lab(double L, double A, double B)
{
    /// <param name="r">sRGB, 0–255.</param>
    public static Lab Of(double r, double g, double b)
    {
        var (red, green, blue) = (Linear(r / 255), Linear(g / 255), Linear(b / 255));
        var x = Root((0.4124564 * red + 0.3575761 * green + 0.1804375 * blue) / 0.95047);
        var y = Root(0.2126729 * red + 0.7151522 * green + 0.0721750 * blue);
        var z = Root((0.0193339 * red + 0.1191920 * green + 0.9503041 * blue) / 1.08883);
        return new(116 * y - 16, 500 * (x - y), 200 * (y - z));
    }

    public double Distance(Lab other) => Math.Sqrt((L - other.L) * (L - other.L) + (A - other.A) * (A - other.A) + (B - other.B) * (B - other.B));

    private static double Linear(double v) => v <= 0.04045 ? v / 12.92 : Math.Pow((v + 0.055) / 1.055, 2.4);

    private static double Root(double t) => t > 216.0 / 24389 ? Math.Cbrt(t) : (24389.0 / 27 * t + 16) / 116;
}
