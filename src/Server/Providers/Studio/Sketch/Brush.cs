using System.Text;

namespace Rpd.Server.Providers.Studio.Sketch;

/// <param name="Value">What goes into a fill attribute: <c>#rrggbb</c> or a gradient's reference, already graded.</param>
/// <param name="Base">The colour it stands for, for styles that draw an edge in a related ink.</param>
internal readonly record struct Paint(string Value, double Opacity, Colour Base);

/// <summary>Writes shapes into one layer in the hand of the picture's style. All text it writes is numbers and names of ours.</summary>
internal sealed class Brush(Look look, Defs defs)
{
    private const double WaverLength = 120;

    private readonly StringBuilder _svg = new();
    private readonly Stack<double> _scales = [];
    private double _scale = 1;

    public Defs Defs => defs;

    public Look Look => look;

    public string Svg => _svg.ToString();

    public void Fill(string path, Colour colour) => Fill(path, defs.Flat(colour));

    /// <summary>Several shapes as one: where the style draws an edge, it goes round all of them and not between.</summary>
    public void Merge(IReadOnlyList<string> paths, Paint paint)
    {
        if (look.Edge is { } edge && paths.Count > 1)
        {
            var ink = look.Ink(paint.Base);
            foreach (var path in paths) Stroke(path, ink, 2 * edge.Width * defs.Pixel / Math.Max(0.05, _scale));
            foreach (var path in paths) Plain(path, paint);
        }
        else
        {
            foreach (var path in paths) Fill(path, paint);
        }
    }

    public void Fill(string path, Paint paint)
    {
        Begin(path, paint);
        if (look.Edge is { } edge && paint.Opacity > 0.4)
        {
            var ink = look.Ink(paint.Base);
            _svg.Append(" stroke=\"").Append(ink.Hex()).Append("\" stroke-width=\"").Append(Shape.Number(edge.Width * defs.Pixel / Math.Max(0.05, _scale)))
                .Append("\" stroke-opacity=\"").Append(Shape.Number(ink.A)).Append("\" stroke-linejoin=\"round\"");
        }
        _svg.Append("/>");
    }

    /// <summary>Light, mist and shade: never outlined, and left out where the style knows no soft light.</summary>
    public void Soft(string path, Paint paint)
    {
        if (look.SoftLight) Plain(path, paint);
    }

    public void Glow(double x, double y, double rx, double ry, Colour colour) => Soft(Shape.Ellipse(x, y, rx, ry), defs.Glow(colour));

    public void Line(string path, Colour colour, double width) => Stroke(path, look.Grade(colour), width);

    private void Stroke(string path, Colour ink, double width)
    {
        _svg.Append("<path d=\"").Append(Drawn(path)).Append("\" fill=\"none\" stroke=\"").Append(ink.Hex()).Append("\" stroke-width=\"").Append(Shape.Number(width))
            .Append("\" stroke-linecap=\"round\" stroke-linejoin=\"round\"");
        if (ink.A < 0.995) _svg.Append(" stroke-opacity=\"").Append(Shape.Number(ink.A)).Append('"');
        _svg.Append("/>");
    }

    /// <summary>A stamp made with <see cref="Defs.Stamp"/>, set down at a place.</summary>
    public void Stamp(string id, double x, double y, double scale, double turn = 0, double squash = 1) =>
        _svg.Append("<use href=\"#").Append(id).Append("\" transform=\"translate(").Append(Shape.Number(x)).Append(' ').Append(Shape.Number(y))
            .Append(") rotate(").Append(Shape.Number(turn)).Append(") scale(").Append(Precise(scale)).Append(' ').Append(Precise(scale * squash)).Append(")\"/>");

    public void Open(string name, double x = 0, double y = 0, double scaleX = 1, double scaleY = 1, double turn = 0)
    {
        _svg.Append("<g class=\"").Append(name).Append('"');
        if (x != 0 || y != 0 || scaleX != 1 || scaleY != 1 || turn != 0)
            _svg.Append(" transform=\"translate(").Append(Shape.Number(x)).Append(' ').Append(Shape.Number(y)).Append(") rotate(").Append(Shape.Number(turn))
                .Append(") scale(").Append(Precise(scaleX)).Append(' ').Append(Precise(scaleY)).Append(")\"");
        _svg.Append('>');
        _scales.Push(_scale);
        _scale *= Math.Abs(scaleX);
    }

    public void Close()
    {
        _svg.Append("</g>");
        _scale = _scales.Pop();
    }

    private void Plain(string path, Paint paint)
    {
        Begin(path, paint);
        _svg.Append("/>");
    }

    private void Begin(string path, Paint paint)
    {
        _svg.Append("<path d=\"").Append(Drawn(path)).Append("\" fill=\"").Append(paint.Value).Append('"');
        if (paint.Opacity < 0.995) _svg.Append(" fill-opacity=\"").Append(Shape.Number(paint.Opacity)).Append('"');
    }

    /// <summary>The hand shakes as much on the sheet, however large the thing it draws.</summary>
    private string Drawn(string path) => look.Wobble > 0 && _scale > 0 ? new Hand(look.Wobble / _scale, WaverLength / _scale).Draw(path) : path;

    private static string Precise(double value) => Math.Round(value, 4).ToString("0.####", System.Globalization.CultureInfo.InvariantCulture);
}
