using Rpd.Server.Providers.Studio.Film;

namespace Rpd.Server.Providers.Studio.Looks;

/// <summary>What looks and effects have in common: going over all pixels, grey values, blurs.</summary>
internal static class Pixels
{
    public delegate (double R, double G, double B) Colouring(double r, double g, double b);

    /// <summary>Colour by colour, 0–1.</summary>
    public static void Map(Raster source, Raster target, Colouring colour) => Rows.All(source.Height, y =>
    {
        for (var at = y * source.Width; at < (y + 1) * source.Width; at++)
        {
            var p = source.Pixels[at];
            var (r, g, b) = colour((p & 255) / 255.0, ((p >> 8) & 255) / 255.0, ((p >> 16) & 255) / 255.0);
            target.Pixels[at] = Of(r, g, b);
        }
    });

    public static uint Of(double r, double g, double b) => Raster.Opaque(Byte(r), Byte(g), Byte(b));

    public static double Luma(uint p) => (0.299 * (p & 255) + 0.587 * ((p >> 8) & 255) + 0.114 * ((p >> 16) & 255)) / 255;

    public static double[] Grey(Raster source)
    {
        var grey = new double[source.Pixels.Length];
        Rows.All(source.Height, y =>
        {
            for (var at = y * source.Width; at < (y + 1) * source.Width; at++) grey[at] = Luma(source.Pixels[at]);
        });
        return grey;
    }

    /// <summary>Three running means one after the other are close to a Gauss of the same width.</summary>
    public static Raster Blur(Raster source, double radius)
    {
        var half = Math.Max(1, (int)Math.Round(radius * 0.6));
        var (from, to) = (new Raster(source.Width, source.Height, [.. source.Pixels]), new Raster(source.Width, source.Height));
        for (var pass = 0; pass < 3; pass++)
        {
            Line(from, to, half, source.Width, source.Height, 1, source.Width);
            Line(to, from, half, source.Height, source.Width, source.Width, 1);
        }
        return from;
    }

    /// <summary>How steep the picture is at every pixel, 0–1 and rarely more.</summary>
    public static double[] Edges(double[] grey, int width, int height)
    {
        var edges = new double[grey.Length];
        Rows.All(height, y =>
        {
            int up = Math.Max(0, y - 1) * width, here = y * width, down = Math.Min(height - 1, y + 1) * width;
            for (var x = 0; x < width; x++)
            {
                int left = Math.Max(0, x - 1), right = Math.Min(width - 1, x + 1);
                var gx = grey[up + right] + 2 * grey[here + right] + grey[down + right] - grey[up + left] - 2 * grey[here + left] - grey[down + left];
                var gy = grey[down + left] + 2 * grey[down + x] + grey[down + right] - grey[up + left] - 2 * grey[up + x] - grey[up + right];
                edges[here + x] = Math.Sqrt(gx * gx + gy * gy);
            }
        });
        return edges;
    }

    public static double Smooth(double from, double to, double value)
    {
        var t = Math.Clamp((value - from) / (to - from), 0, 1);
        return t * t * (3 - 2 * t);
    }

    /// <summary>Chance that is always the same at a place: 0–1.</summary>
    public static double Noise(int x, int y, int seed)
    {
        var h = unchecked((uint)(x * 374761393 + y * 668265263 + seed * 1442695041));
        h = (h ^ (h >> 13)) * 1274126177;
        return (h ^ (h >> 16)) / (double)uint.MaxValue;
    }

    private static int Byte(double value) => (int)(Math.Clamp(value, 0, 1) * 255 + 0.5);

    private static void Line(Raster from, Raster to, int half, int length, int lines, int step, int jump) => Parallel.For(0, lines, line =>
    {
        var (start, wide) = (line * jump, 2 * half + 1);
        int r = 0, g = 0, b = 0;
        void Add(int at, int sign)
        {
            var p = from.Pixels[start + Math.Clamp(at, 0, length - 1) * step];
            r += sign * (int)(p & 255);
            g += sign * (int)((p >> 8) & 255);
            b += sign * (int)((p >> 16) & 255);
        }
        for (var i = -half; i <= half; i++) Add(i, 1);
        for (var i = 0; i < length; i++)
        {
            to.Pixels[start + i * step] = Raster.Opaque((r + half) / wide, (g + half) / wide, (b + half) / wide);
            Add(i + half + 1, 1);
            Add(i - half, -1);
        }
    });
}
