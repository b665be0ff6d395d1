using Rpd.Server.Providers.Studio.Film;
using Rpd.Server.Providers.Studio.Sketch;

namespace Rpd.Server.Providers.Studio.Looks;

/// <summary>Small things in the air before a picture. Where each one is follows from the seed and the time alone.</summary>
internal sealed class Particles
{
    public static readonly IReadOnlyList<string> Names = ["none", "snow", "rain", "sparkles", "petals", "fireflies", "dust", "bubbles"];

    private readonly string _name;
    private readonly (double X, double Y, double Near, double Phase)[] _all;

    public Particles(string name, Rng rng)
    {
        _name = name;
        var count = name switch { "none" => 0, "rain" => 260, "snow" => 220, "dust" => 150, "petals" => 46, "bubbles" => 60, "sparkles" => 180, _ => 70 };
        _all = [.. Enumerable.Range(0, count).Select(_ => (rng.Unit(), rng.Unit(), Math.Pow(rng.Unit(), 2), rng.Between(0, Math.Tau)))];
    }

    /// <param name="strength">0–1: how many of them.</param>
    public void Paint(Raster target, double time, double strength)
    {
        var unit = Math.Min(target.Width, target.Height) / 720.0;
        foreach (var (x, y, near, phase) in _all.AsSpan(0, (int)(_all.Length * Math.Clamp(strength, 0, 1))))
        {
            switch (_name)
            {
                case "snow": Disc(target, Wrap(x + time * 0.02 + 0.02 * Math.Sin(time + phase)), Wrap(y + time * (0.06 + 0.14 * near)), (1.6 + 6 * near) * unit, 0.4 + 0.5 * (1 - near), (1, 1, 1), soft: near); break;
                case "rain": Streak(target, Wrap(x - time * 0.25), Wrap(y + time * (1.3 + near)), (16 + 34 * near) * unit, 0.16 + 0.2 * near); break;
                case "sparkles": Star(target, x, y, (8 + 24 * near) * unit, Math.Pow(Math.Max(0, Math.Sin(time * (1.6 + near) + phase)), 3)); break;
                case "petals": Disc(target, Wrap(x + time * 0.05 + 0.04 * Math.Sin(time * 1.2 + phase)), Wrap(y + time * (0.05 + 0.09 * near)), (4 + 9 * near) * unit, 0.85, (1, 0.72 + 0.1 * near, 0.82), squash: 0.35 + 0.5 * Math.Abs(Math.Sin(time * 2 + phase)), turn: phase + time); break;
                case "fireflies": Glow(target, Wrap(x + 0.05 * Math.Sin(time * 0.5 + phase)), Wrap(y + 0.04 * Math.Cos(time * 0.7 + phase * 2)), (5 + 9 * near) * unit, 0.5 + 0.5 * Math.Sin(time * 2.2 + phase), (1, 0.9, 0.45)); break;
                case "dust": Disc(target, Wrap(x + time * 0.012 * (1 + near)), Wrap(y - time * 0.01 + 0.01 * Math.Sin(time + phase)), (1 + 3.4 * near) * unit, 0.10 + 0.2 * (0.5 + 0.5 * Math.Sin(time + phase)), (1, 0.96, 0.85), soft: 0.7); break;
                case "bubbles": Ring(target, Wrap(x + 0.015 * Math.Sin(time * 1.8 + phase)), Wrap(y - time * (0.05 + 0.09 * near)), (5 + 20 * near) * unit); break;
                default: throw new InvalidOperationException($"No particles are called {_name}.");
            }
        }
    }

    private static double Wrap(double value) => (value % 1.1 + 1.1) % 1.1 - 0.05;

    /// <param name="light">0–1 by distance from the middle; red, green, blue of what is laid over.</param>
    private static void Spot(Raster target, double x, double y, double reach, Func<double, double, double> light, (double R, double G, double B) colour, bool adds = false)
    {
        var (cx, cy) = (x * target.Width, y * target.Height);
        for (var py = Math.Max(0, (int)(cy - reach)); py <= Math.Min(target.Height - 1, (int)(cy + reach)); py++)
            for (var px = Math.Max(0, (int)(cx - reach)); px <= Math.Min(target.Width - 1, (int)(cx + reach)); px++)
            {
                var share = Math.Clamp(light(px - cx, py - cy), 0, 1);
                if (share <= 0.004) continue;
                var at = py * target.Width + px;
                var p = target.Pixels[at];
                double Lay(int bits, double value)
                {
                    var under = ((p >> bits) & 255) / 255.0;
                    return adds ? under + value * share : under + (value - under) * share;
                }
                target.Pixels[at] = Pixels.Of(Lay(0, colour.R), Lay(8, colour.G), Lay(16, colour.B));
            }
    }

    private static void Disc(Raster target, double x, double y, double radius, double opacity, (double, double, double) colour, double soft = 0.3, double squash = 1, double turn = 0)
    {
        var (sin, cos) = Math.SinCos(turn);
        Spot(target, x, y, radius + 1, (dx, dy) =>
        {
            var (a, b) = (dx * cos + dy * sin, (dy * cos - dx * sin) / squash);
            return opacity * (1 - Pixels.Smooth(radius * (0.9 - 0.8 * soft), radius + 0.5, Math.Sqrt(a * a + b * b)));
        }, colour);
    }

    private static void Glow(Raster target, double x, double y, double radius, double light, (double, double, double) colour) =>
        Spot(target, x, y, radius * 4, (dx, dy) => light * (1 / (1 + (dx * dx + dy * dy) / (radius * radius * 0.12)) - 0.008), colour, adds: true);

    private static void Star(Raster target, double x, double y, double radius, double light) =>
        Spot(target, x, y, radius * 1.4, (dx, dy) =>
        {
            var (ax, ay) = (Math.Abs(dx) / radius, Math.Abs(dy) / radius);
            return light * (Math.Max(0, 1 - ax * 9 - ay) + Math.Max(0, 1 - ay * 9 - ax) + 0.9 * Math.Exp(-14 * (ax * ax + ay * ay)));
        }, (1, 0.97, 0.85), adds: true);

    private static void Streak(Raster target, double x, double y, double length, double opacity) =>
        Spot(target, x, y, length, (dx, dy) => Math.Abs(dy) < length / 2 ? opacity * Math.Max(0, 1.2 - Math.Abs(dx + dy * 0.19)) : 0, (0.86, 0.91, 1));

    private static void Ring(Raster target, double x, double y, double radius) =>
        Spot(target, x, y, radius + 2, (dx, dy) =>
        {
            var far = Math.Sqrt(dx * dx + dy * dy) / radius;
            var glint = Math.Exp(-30 * (Math.Pow(dx / radius + 0.4, 2) + Math.Pow(dy / radius + 0.4, 2)));
            return far > 1.08 ? 0 : 0.5 * Math.Exp(-60 * (far - 0.94) * (far - 0.94)) + 0.08 * (far < 1 ? 1 : 0) + 0.8 * glint;
        }, (0.9, 0.97, 1));
}
