using System.Globalization;
using System.Text;

namespace Rpd.Server.Providers.Studio.Sketch;

/// <summary>
/// An unsteady hand: pulls every point of a path aside by a smooth field, so that edges waver as wet paint or a pencil does.
/// Done on the outlines, it costs nothing where a displacement filter over the whole sheet takes seconds.
/// </summary>
/// <param name="reach">How far a point may stray, in units of the path.</param>
/// <param name="wave">Length of one waver, in the same units.</param>
internal sealed class Hand(double reach, double wave)
{
    public string Draw(string path)
    {
        var drawn = new StringBuilder(path.Length + 64);
        var command = 'M';
        for (var at = 0; at < path.Length;)
        {
            var c = path[at];
            if (char.IsAsciiLetter(c)) { command = c; drawn.Append(c); at++; }
            else if (c == ' ') at++;
            else if (command is 'M' or 'L' or 'C' or 'Q') Pair(path, ref at, drawn);
            else { Separate(drawn); drawn.Append(Token(path, ref at)); }
        }
        return drawn.ToString();
    }

    private void Pair(string path, ref int at, StringBuilder drawn)
    {
        var x = double.Parse(Token(path, ref at), CultureInfo.InvariantCulture);
        while (path[at] == ' ') at++;
        var y = double.Parse(Token(path, ref at), CultureInfo.InvariantCulture);
        Separate(drawn);
        drawn.Append(Shape.Number(x + reach * Field(x, y, 0.3))).Append(' ').Append(Shape.Number(y + reach * Field(y, x, 1.9)));
    }

    private double Field(double along, double across, double phase) =>
        0.6 * Math.Sin((along + across * 0.7) / wave * Math.Tau + phase) + 0.4 * Math.Sin((along * 1.9 - across * 2.3) / wave * Math.Tau + phase * 3);

    private static void Separate(StringBuilder drawn)
    {
        if (drawn.Length > 0 && !char.IsAsciiLetter(drawn[^1])) drawn.Append(' ');
    }

    private static string Token(string path, ref int at)
    {
        var start = at++;
        while (at < path.Length && (char.IsAsciiDigit(path[at]) || path[at] == '.')) at++;
        return path[start..at];
    }
}
