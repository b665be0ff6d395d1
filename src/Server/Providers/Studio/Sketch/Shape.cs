using System.Globalization;
using System.Text;

namespace Rpd.Server.Providers.Studio.Sketch;

internal readonly record struct Point(double X, double Y);

/// <summary>A point of a limb: where its middle runs and how thick it is there.</summary>
internal readonly record struct Knot(double X, double Y, double R);

/// <summary>Outlines as SVG path data. Everything with a curve is a Catmull-Rom spline written as Béziers.</summary>
internal static class Shape
{
    public static string Number(double value) => Math.Round(value, 2).ToString("0.##", CultureInfo.InvariantCulture);

    public static string Polygon(IReadOnlyList<Point> points)
    {
        var path = new StringBuilder();
        for (var i = 0; i < points.Count; i++) path.Append(i == 0 ? 'M' : 'L').Append(Number(points[i].X)).Append(' ').Append(Number(points[i].Y));
        return path.Append('Z').ToString();
    }

    public static string Polygon(params (double X, double Y)[] points) => Polygon(Points(points));

    public static string Smooth(params (double X, double Y)[] points) => Smooth(Points(points), closed: true);

    public static string Curve(params (double X, double Y)[] points) => Smooth(Points(points), closed: false);

    public static string Smooth(IReadOnlyList<Point> points, bool closed)
    {
        var n = points.Count;
        Point At(int i) => closed ? points[(i + n) % n] : points[Math.Clamp(i, 0, n - 1)];
        var path = new StringBuilder().Append('M').Append(Number(points[0].X)).Append(' ').Append(Number(points[0].Y));
        for (var i = 0; i < (closed ? n : n - 1); i++)
        {
            var (p0, p1, p2, p3) = (At(i - 1), At(i), At(i + 1), At(i + 2));
            path.Append('C').Append(Number(p1.X + (p2.X - p0.X) / 6)).Append(' ').Append(Number(p1.Y + (p2.Y - p0.Y) / 6))
                .Append(' ').Append(Number(p2.X - (p3.X - p1.X) / 6)).Append(' ').Append(Number(p2.Y - (p3.Y - p1.Y) / 6))
                .Append(' ').Append(Number(p2.X)).Append(' ').Append(Number(p2.Y));
        }
        return closed ? path.Append('Z').ToString() : path.ToString();
    }

    public static string Rectangle(double x, double y, double width, double height) =>
        $"M{Number(x)} {Number(y)}h{Number(width)}v{Number(height)}h{Number(-width)}Z";

    public static string Ellipse(double x, double y, double rx, double ry) =>
        $"M{Number(x - rx)} {Number(y)}a{Number(rx)} {Number(ry)} 0 1 0 {Number(2 * rx)} 0a{Number(rx)} {Number(ry)} 0 1 0 {Number(-2 * rx)} 0Z";

    /// <summary>A land's edge closed down to <paramref name="bottom"/>.</summary>
    public static string Ground(IReadOnlyList<Point> edge, double bottom) =>
        Smooth(edge, closed: false) + $"L{Number(edge[^1].X)} {Number(bottom)}L{Number(edge[0].X)} {Number(bottom)}Z";

    public static string Limb(params (double X, double Y, double R)[] knots) =>
        Limb(knots.Select(k => new Knot(k.X, k.Y, k.R)).ToList());

    /// <summary>
    /// The outline of something soft with bones: legs, necks, tails, trunks. Round at both ends; parts that overlap in one colour read as one body.
    /// </summary>
    public static string Limb(IReadOnlyList<Knot> knots)
    {
        var spine = Along(knots, samples: 4);
        var left = new List<Point>();
        var right = new List<Point>();
        for (var i = 0; i < spine.Count; i++)
        {
            var (nx, ny) = Normal(spine, i);
            left.Add(new Point(spine[i].X + nx * spine[i].R, spine[i].Y + ny * spine[i].R));
            right.Add(new Point(spine[i].X - nx * spine[i].R, spine[i].Y - ny * spine[i].R));
        }
        left.AddRange(Cap(spine[^1], Normal(spine, spine.Count - 1)));
        right.Reverse();
        left.AddRange(right);
        var (fx, fy) = Normal(spine, 0);
        left.AddRange(Cap(spine[0], (-fx, -fy)));
        return Smooth(left, closed: true);
    }

    private static List<Knot> Along(IReadOnlyList<Knot> knots, int samples)
    {
        Knot At(int i) => knots[Math.Clamp(i, 0, knots.Count - 1)];
        var spine = new List<Knot>();
        for (var i = 0; i < knots.Count - 1; i++)
        {
            var (a, b, c, d) = (At(i - 1), At(i), At(i + 1), At(i + 2));
            for (var s = 0; s < samples; s++)
            {
                var t = (double)s / samples;
                spine.Add(new Knot(Spline(a.X, b.X, c.X, d.X, t), Spline(a.Y, b.Y, c.Y, d.Y, t), Math.Max(0.2, Spline(a.R, b.R, c.R, d.R, t))));
            }
        }
        spine.Add(knots[^1]);
        return spine;
    }

    private static double Spline(double a, double b, double c, double d, double t) =>
        0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t * t + (3 * b - a - 3 * c + d) * t * t * t);

    private static (double X, double Y) Normal(List<Knot> spine, int i)
    {
        var (before, after) = (spine[Math.Max(0, i - 1)], spine[Math.Min(spine.Count - 1, i + 1)]);
        var (dx, dy) = (after.X - before.X, after.Y - before.Y);
        var length = Math.Sqrt(dx * dx + dy * dy);
        return length < 1e-9 ? (0, -1) : (-dy / length, dx / length);
    }

    /// <summary>Three points round the end, from the side the normal points to over to the other.</summary>
    private static IEnumerable<Point> Cap(Knot end, (double X, double Y) normal)
    {
        foreach (var angle in new[] { -45.0, -90, -135 })
        {
            var (sin, cos) = Math.SinCos(angle * Math.PI / 180);
            yield return new Point(
                end.X + end.R * (normal.X * cos - normal.Y * sin),
                end.Y + end.R * (normal.X * sin + normal.Y * cos));
        }
    }

    private static List<Point> Points((double X, double Y)[] points) => points.Select(p => new Point(p.X, p.Y)).ToList();
}
