using System.Text;

namespace Rpd.Server.Providers.Studio.Sketch;

/// <summary>Gradients and stamps the picture refers to; the same one is written once.</summary>
/// <param name="pixel">Units of the drawing per pixel of the result.</param>
internal sealed class Defs(Look look, double pixel)
{
    private readonly Dictionary<string, string> _ids = [];
    private readonly StringBuilder _svg = new();

    public string Svg => _svg.ToString();

    public double Pixel => pixel;

    public Paint Flat(Colour colour)
    {
        var graded = look.Grade(colour);
        return new Paint(graded.Hex(), graded.A, colour);
    }

    /// <summary>From one height to another in the units of whatever is being drawn.</summary>
    public Paint Down(double top, double bottom, params Colour[] colours) => Across(0, top, 0, bottom, colours);

    public Paint Across(double x1, double y1, double x2, double y2, params Colour[] colours)
    {
        var body = $" gradientUnits=\"userSpaceOnUse\" x1=\"{Shape.Number(x1)}\" y1=\"{Shape.Number(y1)}\" x2=\"{Shape.Number(x2)}\" y2=\"{Shape.Number(y2)}\">{Stops(colours)}";
        return new Paint($"url(#{Id("linearGradient", body)})", 1, colours[colours.Length / 2]);
    }

    /// <summary>Bright in the middle and gone at the rim of the shape it fills.</summary>
    public Paint Glow(Colour colour) => Round(colour, colour.Fade(0.55), colour.Fade(0.2), colour.Fade(0.05), colour.Fade(0));

    /// <summary>From the middle of the shape to its rim.</summary>
    public Paint Round(params Colour[] colours) =>
        new($"url(#{Id("radialGradient", ">" + Stops(colours))})", 1, colours[0]);

    /// <summary>A ball lit from one side: <paramref name="x"/>, <paramref name="y"/> say where on it the light falls, 0–1.</summary>
    public Paint Ball(double x, double y, params Colour[] colours) =>
        new($"url(#{Id("radialGradient", $" cx=\"{Shape.Number(x)}\" cy=\"{Shape.Number(y)}\" r=\"0.8\">" + Stops(colours))})", 1, colours[^1]);

    /// <summary>A drawing to be repeated; draw it once into the given brush, about the origin.</summary>
    public string Stamp(Action<Brush> draw)
    {
        var brush = new Brush(look, this);
        draw(brush);
        return Id("g", ">" + brush.Svg);
    }

    private string Stops(Colour[] colours)
    {
        var stops = new StringBuilder();
        for (var i = 0; i < colours.Length; i++)
        {
            var colour = look.Grade(colours[i]);
            stops.Append("<stop offset=\"").Append(Shape.Number((double)i / Math.Max(1, colours.Length - 1))).Append("\" stop-color=\"").Append(colour.Hex()).Append('"');
            if (colour.A < 0.995) stops.Append(" stop-opacity=\"").Append(Shape.Number(colour.A)).Append('"');
            stops.Append("/>");
        }
        return stops.ToString();
    }

    private string Id(string element, string body)
    {
        var key = element + body;
        if (_ids.TryGetValue(key, out var known)) return known;
        var id = "d" + _ids.Count;
        _ids.Add(key, id);
        _svg.Append('<').Append(element).Append(" id=\"").Append(id).Append('"').Append(body).Append("</").Append(element).Append('>');
        return id;
    }
}
