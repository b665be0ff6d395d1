using System.Globalization;
using Rpd.Server.Providers.Studio.Film;
using Rpd.Server.Providers.Studio.Sketch;

namespace Rpd.Server.Providers.Studio.Looks;

/// <summary>A picture in a few colours, and these colours its own: its pixels' box is cut at the longest side until there are enough boxes.</summary>
internal static class Palettes
{
    public static Raster Reduce(Raster source, int colours)
    {
        var palette = Of(source, colours);
        var target = new Raster(source.Width, source.Height);
        Rows.All(source.Height, y =>
        {
            for (var at = y * source.Width; at < (y + 1) * source.Width; at++)
            {
                var (r, g, b) = Parts(source.Pixels[at]);
                var (best, near) = (0u, int.MaxValue);
                foreach (var colour in palette)
                {
                    var (cr, cg, cb) = Parts(colour);
                    var far = 2 * (r - cr) * (r - cr) + 4 * (g - cg) * (g - cg) + 3 * (b - cb) * (b - cb);
                    if (far < near) (best, near) = (colour, far);
                }
                target.Pixels[at] = best;
            }
        });
        return target;
    }

    /// <summary>A full colour of a hue, as displays mix it.</summary>
    public static (double R, double G, double B) Vivid(double hue)
    {
        var hex = new Colour(0.72, 0.24, hue).Hex();
        double Part(int at) => int.Parse(hex.AsSpan(at, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0;
        return (Part(1), Part(3), Part(5));
    }

    private static List<uint> Of(Raster source, int colours)
    {
        var step = Math.Max(1, source.Pixels.Length / 20_000);
        var boxes = new List<List<uint>> { Enumerable.Range(0, source.Pixels.Length / step).Select(i => source.Pixels[i * step]).ToList() };
        while (boxes.Count < colours)
        {
            var (box, side) = boxes.Where(b => b.Count > 1).Select(b => (b, Longest(b))).OrderByDescending(b => b.Item2.Length * Math.Sqrt(b.b.Count)).FirstOrDefault();
            if (box is null || side.Length == 0) break;
            boxes.Remove(box);
            var sorted = box.OrderBy(p => (p >> side.Bits) & 255).ToList();
            boxes.Add(sorted[..(sorted.Count / 2)]);
            boxes.Add(sorted[(sorted.Count / 2)..]);
        }
        return [.. boxes.Select(box => Raster.Opaque((int)box.Average(p => p & 255), (int)box.Average(p => (p >> 8) & 255), (int)box.Average(p => (p >> 16) & 255)))];
    }

    private static (int Bits, int Length) Longest(List<uint> box) =>
        new[] { 0, 8, 16 }.Select(bits => (bits, (int)(box.Max(p => (p >> bits) & 255) - box.Min(p => (p >> bits) & 255)))).MaxBy(side => side.Item2);

    private static (int R, int G, int B) Parts(uint p) => ((int)(p & 255), (int)((p >> 8) & 255), (int)((p >> 16) & 255));
}
