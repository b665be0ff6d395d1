namespace Rpd.Server.Providers.Studio.Sketch;

/// <summary>
/// One subject being drawn, looking to the right, about 100 units high, standing on y = 0 with y growing downward.
/// Colours given to it are as they are by daylight; it lights and shades them.
/// </summary>
/// <param name="Stride">How far into one cycle of its gait it is when it runs, 0–1; pictures show it at 0.</param>
/// <param name="Light">−1 when the light falls from behind it, 1 from before it.</param>
internal sealed record Figure(Brush Brush, Rng Rng, Colour? Tint, Pose Pose, double Light, Atmosphere Air, double Depth, double Stride = 0)
{
    public Colour Lit(Colour own) => Air.At(own, Depth);

    /// <summary>Own colour unless a colour word said otherwise; the word's hue and chroma, most of its lightness.</summary>
    public Colour Coat(Colour own) => Tint ?? own;

    /// <summary>Parts of one body: a bright rim on the side of the light, then one shading over all of them.</summary>
    public void Body(Colour own, double top, double bottom, params string[] parts)
    {
        if (Brush.Look.SoftLight) Rim(parts);
        var lit = Lit(own);
        var paint = Brush.Defs.Across(Light * 25, top, -Light * 12, bottom,
            lit.Mix(Lit(Air.Sun with { L = Math.Min(1, own.L + 0.3) }), 0.24).Lighter(0.05), lit, lit.Darker(0.15).Turn(-8).Mix(Lit(Air.Sky[0]), 0.12));
        Brush.Merge(parts, paint);
    }

    /// <summary>The same body in its own shadow: legs on the far side.</summary>
    public void Shaded(Colour own, params string[] parts)
    {
        Brush.Merge(parts, Brush.Defs.Flat(Lit(own).Darker(0.13).Mix(Lit(Air.Sky[0]), 0.1)));
    }

    public void Spot(Colour own, string part) => Brush.Fill(part, Lit(own));

    public void Mark(Colour own, string path, double width) => Brush.Line(path, Lit(own), width);

    /// <summary>Something that shines by itself: lamps, windows at night, eyes' glints.</summary>
    public void Shine(Colour own, string part) => Brush.Fill(part, own);

    public void Eye(double x, double y, double r, Colour? iris = null)
    {
        if (iris is { } coloured) Spot(coloured, Shape.Ellipse(x, y, r * 1.25, r * 1.25));
        Spot(new Colour(0.14, 0.02, 50), Shape.Ellipse(x, y, r * 0.85, r));
        Shine(Colour.White.Fade(0.9), Shape.Ellipse(x + r * 0.3, y - r * 0.35, r * 0.3, r * 0.3));
    }

    private void Rim(string[] parts)
    {
        var rim = Brush.Defs.Flat(Air.Sun.Lighter(0.04).Fade(Air.Dark ? 0.4 : 0.62));
        Brush.Open("rim", Light * 0.7, -0.7);
        foreach (var part in parts) Brush.Soft(part, rim);
        Brush.Close();
    }
}
