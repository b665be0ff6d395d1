using Rpd.Server.Providers.Studio.Film;

namespace Rpd.Server.Providers.Studio.Looks;

/// <summary>Paint on canvas and on wet paper.</summary>
internal static class Brushes
{
    /// <summary>Kuwahara's filter: every pixel takes the mean of that quarter around it which is the most even, so that areas run together and edges stay.</summary>
    public static Raster Oil(Raster source, int radius)
    {
        var (w, h) = (source.Width, source.Height);
        var sums = Sums(source);
        var target = new Raster(w, h);
        Rows.All(h, y =>
        {
            for (var x = 0; x < w; x++)
            {
                var (least, colour) = (double.MaxValue, source.Pixels[y * w + x]);
                for (var quarter = 0; quarter < 4; quarter++)
                {
                    int left = Math.Max(0, quarter % 2 == 0 ? x - radius : x), right = Math.Min(w, (quarter % 2 == 0 ? x : x + radius) + 1);
                    int top = Math.Max(0, quarter / 2 == 0 ? y - radius : y), bottom = Math.Min(h, (quarter / 2 == 0 ? y : y + radius) + 1);
                    var n = (right - left) * (bottom - top);
                    long a = ((long)bottom * (w + 1) + right) * 4, b = ((long)top * (w + 1) + right) * 4, c = ((long)bottom * (w + 1) + left) * 4, d = ((long)top * (w + 1) + left) * 4;
                    long Part(int i) => sums[a + i] - sums[b + i] - sums[c + i] + sums[d + i];
                    long r = Part(0), g = Part(1), blue = Part(2);
                    var mean = (0.299 * r + 0.587 * g + 0.114 * blue) / n;
                    var uneven = Part(3) / (double)n - mean * mean;
                    if (uneven < least) (least, colour) = (uneven, Raster.Opaque((int)(r / n), (int)(g / n), (int)(blue / n)));
                }
                target.Pixels[y * w + x] = colour;
            }
        });
        Relief(target);
        return target;
    }

    public static Raster Watercolour(Raster source)
    {
        var wash = Pixels.Blur(Oil(source, 6), 1.5);
        var edges = Pixels.Edges(Pixels.Grey(wash), source.Width, source.Height);
        var target = new Raster(source.Width, source.Height);
        Rows.All(source.Height, y =>
        {
            for (var x = 0; x < source.Width; x++)
            {
                var at = y * source.Width + x;
                var p = wash.Pixels[at];
                // Pigment gathers at the edges, and paper shows through unevenly.
                var stain = 1 - 0.5 * Math.Min(1, edges[at] * 1.4) - 0.10 * Cloud(x, y, 37) - 0.05 * Pixels.Noise(x, y, 9);
                double Wet(int bits) => 1 - (1 - Math.Pow(((p >> bits) & 255) / 255.0, 0.8)) * 0.92 / Math.Max(0.5, stain);
                target.Pixels[at] = Pixels.Of(Wet(0) * 0.99, Wet(8) * 0.98, Wet(16) * 0.95);
            }
        });
        return target;
    }

    /// <summary>Light from the upper left on thick paint.</summary>
    private static void Relief(Raster picture)
    {
        var grey = Pixels.Grey(picture);
        Rows.All(picture.Height, y =>
        {
            for (var x = 0; x < picture.Width; x++)
            {
                var at = y * picture.Width + x;
                var rise = grey[Math.Min(picture.Height - 1, y + 1) * picture.Width + Math.Min(picture.Width - 1, x + 1)] - grey[Math.Max(0, y - 1) * picture.Width + Math.Max(0, x - 1)];
                var light = Math.Clamp(rise * 0.25, -0.08, 0.08) + 0.03 * (Pixels.Noise(x / 2, y / 5, 2) - 0.5);
                var p = picture.Pixels[at];
                picture.Pixels[at] = Pixels.Of((p & 255) / 255.0 + light, ((p >> 8) & 255) / 255.0 + light, ((p >> 16) & 255) / 255.0 + light);
            }
        });
    }

    private static double Cloud(int x, int y, int size)
    {
        var (column, row, fx, fy) = (x / size, y / size, (double)(x % size) / size, (double)(y % size) / size);
        double Corner(int dx, int dy) => Pixels.Noise(column + dx, row + dy, 4);
        (fx, fy) = (fx * fx * (3 - 2 * fx), fy * fy * (3 - 2 * fy));
        return (Corner(0, 0) * (1 - fx) + Corner(1, 0) * fx) * (1 - fy) + (Corner(0, 1) * (1 - fx) + Corner(1, 1) * fx) * fy;
    }

    // Red, green, blue and the square of grey, each summed over all that is above and to the left.
    private static long[] Sums(Raster source)
    {
        var (w, h) = (source.Width, source.Height);
        var sums = new long[(long)(w + 1) * (h + 1) * 4];
        for (var y = 0; y < h; y++)
        {
            long r = 0, g = 0, b = 0, squares = 0;
            for (var x = 0; x < w; x++)
            {
                var p = source.Pixels[y * w + x];
                r += p & 255;
                g += (p >> 8) & 255;
                b += (p >> 16) & 255;
                var grey = 255 * Pixels.Luma(p);
                squares += (long)(grey * grey);
                long at = ((long)(y + 1) * (w + 1) + x + 1) * 4, above = ((long)y * (w + 1) + x + 1) * 4;
                sums[at] = sums[above] + r;
                sums[at + 1] = sums[above + 1] + g;
                sums[at + 2] = sums[above + 2] + b;
                sums[at + 3] = sums[above + 3] + squares;
            }
        }
        return sums;
    }
}
