using Rpd.Server.Providers.Studio.Film;

namespace Rpd.Server.Providers.Studio.Looks;

/// <summary>Effects that move pixels and leave their colours alone. Times are seconds into the video, strengths 0–1.</summary>
internal static class Warps
{
    /// <param name="back">From a pixel of the target to where in the source it comes from.</param>
    public static void Paint(Raster source, Raster target, Func<double, double, (double X, double Y)> back) => Rows.All(target.Height, y =>
    {
        for (var x = 0; x < target.Width; x++)
        {
            var (sx, sy) = back(x, y);
            target.Pixels[y * target.Width + x] = Raster.Pack(source.Mirrored((int)(sx * 65536), (int)(sy * 65536)));
        }
    });

    public static Func<double, double, (double, double)> Mirror(Raster source) => (x, y) => (x < source.Width / 2.0 ? x : source.Width - 1 - x, y);

    public static Func<double, double, (double, double)> Ripple(Raster source, double time, double strength)
    {
        var unit = Math.Min(source.Width, source.Height);
        return (x, y) =>
        {
            var (dx, dy) = (x - source.Width / 2.0, y - source.Height / 2.0);
            var far = Math.Sqrt(dx * dx + dy * dy) + 1e-6;
            var push = 0.022 * strength * unit * Math.Sin(far / unit * 38 - time * 6) * Math.Exp(-far / unit * 1.4);
            return (x + dx / far * push, y + dy / far * push);
        };
    }

    public static Func<double, double, (double, double)> Swirl(Raster source, double time, double strength)
    {
        var reach = Math.Min(source.Width, source.Height) * 0.5;
        var most = 2.6 * strength * (0.75 + 0.25 * Math.Cos(time * 1.3));
        return (x, y) =>
        {
            var (dx, dy) = (x - source.Width / 2.0, y - source.Height / 2.0);
            var far = Math.Sqrt(dx * dx + dy * dy) / reach;
            if (far >= 1) return (x, y);
            var (sin, cos) = Math.SinCos(most * (1 - far) * (1 - far));
            return (source.Width / 2.0 + dx * cos - dy * sin, source.Height / 2.0 + dx * sin + dy * cos);
        };
    }

    public static Func<double, double, (double, double)> Kaleidoscope(Raster source, double time)
    {
        const double Wedge = Math.PI / 4;
        return (x, y) =>
        {
            var (dx, dy) = (x - source.Width / 2.0, y - source.Height / 2.0);
            var (far, angle) = (Math.Sqrt(dx * dx + dy * dy), Math.Atan2(dy, dx) + time * 0.25);
            angle = Math.Abs((angle % Wedge + Wedge) % Wedge - Wedge / 2) + 0.4 + time * 0.1;
            return (source.Width / 2.0 + far * Math.Cos(angle), source.Height / 2.0 + far * Math.Sin(angle));
        };
    }

    /// <summary>The lower edge becomes a small globe, the upper edge the sky around it.</summary>
    public static Func<double, double, (double, double)> Planet(Raster source, double time)
    {
        var reach = Math.Min(source.Width, source.Height) * 0.62;
        return (x, y) =>
        {
            var (dx, dy) = (x - source.Width / 2.0, y - source.Height / 2.0);
            var far = Math.Min(1, Math.Sqrt(dx * dx + dy * dy) / reach);
            // Out and back, so that both ends of the picture meet without a seam.
            var round = Math.Abs((Math.Atan2(dx, -dy) / Math.PI + time * 0.06 + 3) % 2 - 1);
            return (round * (source.Width - 1), (1 - Math.Pow(far, 0.8)) * (source.Height - 1));
        };
    }
}
