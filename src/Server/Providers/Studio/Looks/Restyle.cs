using Rpd.Server.Providers.Studio.Film;

namespace Rpd.Server.Providers.Studio.Looks;

/// <summary>Ways to see a picture anew. Each is a rule over its pixels; nothing is invented that is not in them.</summary>
internal static class Restyle
{
    public static readonly IReadOnlyList<string> Names = ["palette", "posterise", "sketch", "oil", "pixel", "blur", "watercolour", "comic", "neon", "noir", "vintage", "duotone"];

    private static readonly (string Word, string Name)[] Words =
    [
        ("poster", "posterise"), ("pencil", "sketch"), ("drawing", "sketch"), ("charcoal", "sketch"), ("line art", "sketch"), ("oil", "oil"), ("paint", "oil"), ("impression", "oil"), ("8-bit", "pixel"), ("8 bit", "pixel"),
        ("mosaic", "pixel"), ("soft", "blur"), ("bokeh", "blur"), ("watercolor", "watercolour"), ("aquarelle", "watercolour"), ("cartoon", "comic"), ("anime", "comic"), ("manga", "comic"), ("cyberpunk", "neon"), ("glow", "neon"),
        ("black and white", "noir"), ("monochrome", "noir"), ("sepia", "vintage"), ("retro", "vintage"), ("old photo", "vintage"), ("two colour", "duotone"), ("colours", "palette"), ("colors", "palette"),
    ];

    /// <summary>The look that a text names, or null.</summary>
    public static string? Said(string? text) => string.IsNullOrWhiteSpace(text) ? null
        : Names.FirstOrDefault(name => text.Contains(name, StringComparison.OrdinalIgnoreCase)) ?? Words.FirstOrDefault(pair => text.Contains(pair.Word, StringComparison.OrdinalIgnoreCase)).Name;

    /// <param name="strength">0 leaves the picture as it is, 1 is all the look can do.</param>
    /// <param name="hue">In degrees, for the looks that have a colour of their own.</param>
    public static void Paint(string name, Raster source, Raster target, double strength, double hue)
    {
        var styled = name switch
        {
            "palette" => Palettes.Reduce(source, 4 + (int)(8 * (1 - strength))),
            "posterise" => Each(source, (r, g, b) => (Step(r, 4), Step(g, 4), Step(b, 4))),
            "sketch" => Pencil(source),
            "oil" => Brushes.Oil(source, Radius(source, 0.006)),
            "pixel" => Palettes.Reduce(Mosaic(source, Math.Max(2, Math.Min(source.Width, source.Height) / 72)), 14),
            "blur" => Pixels.Blur(source, 0.002 + 0.03 * strength * Math.Min(source.Width, source.Height)),
            "watercolour" => Brushes.Watercolour(source),
            "comic" => Comic(source),
            "neon" => Neon(source, hue),
            "noir" => Each(source, (r, g, b) => Gray(Pixels.Smooth(0.08, 0.86, 0.3 * r + 0.59 * g + 0.11 * b))),
            "vintage" => Vintage(source),
            "duotone" => Duotone(source, hue),
            _ => throw new ArgumentOutOfRangeException(nameof(name), name, "A look without a rule."),
        };
        // A blur's strength is its width; blending it with the sharp picture would show a ghost.
        var share = name == "blur" ? strength > 0 ? 256 : 0 : (int)Math.Round(256 * Math.Clamp(strength, 0, 1));
        Rows.All(source.Height, y =>
        {
            for (var at = y * source.Width; at < (y + 1) * source.Width; at++) target.Pixels[at] = Raster.Mix(source.Pixels[at], styled.Pixels[at], share);
        });
    }

    private static int Radius(Raster source, double share) => Math.Clamp((int)Math.Round(share * Math.Min(source.Width, source.Height)), 2, 7);

    private static Raster Each(Raster source, Pixels.Colouring colour)
    {
        var target = new Raster(source.Width, source.Height);
        Pixels.Map(source, target, colour);
        return target;
    }

    private static (double, double, double) Gray(double value) => (value, value, value);

    private static double Step(double value, int steps) => Math.Min(steps, Math.Floor(value * (steps + 1))) / steps;

    /// <summary>Grey dodged by its own blurred negative leaves lines; hatching darkens what is dark.</summary>
    private static Raster Pencil(Raster source)
    {
        var soft = Pixels.Blur(source, Math.Max(2, Math.Min(source.Width, source.Height) * 0.008));
        var target = new Raster(source.Width, source.Height);
        Rows.All(source.Height, y =>
        {
            for (var x = 0; x < source.Width; x++)
            {
                var at = y * source.Width + x;
                var (grey, around) = (Pixels.Luma(source.Pixels[at]), Pixels.Luma(soft.Pixels[at]));
                var line = Math.Min(1, (grey + 0.02) / (around + 0.02));
                var tooth = Pixels.Noise(x, y, 5) * 0.07;
                var hatch = around < 0.34 && (x + y) % 7 < 2 ? 0.16 : around < 0.55 && (x - y + 7000) % 9 < 2 ? 0.09 : 0;
                var tone = Math.Pow(line, 4) * (0.72 + 0.28 * Math.Sqrt(around)) - hatch - tooth;
                target.Pixels[at] = Pixels.Of(tone * 0.98, tone * 0.96, tone * 0.92);
            }
        });
        return target;
    }

    private static Raster Mosaic(Raster source, int block)
    {
        var target = new Raster(source.Width, source.Height);
        Rows.All((source.Height + block - 1) / block, row =>
        {
            for (var left = 0; left < source.Width; left += block)
            {
                int r = 0, g = 0, b = 0, n = 0;
                for (var y = row * block; y < Math.Min(source.Height, (row + 1) * block); y++)
                    for (var x = left; x < Math.Min(source.Width, left + block); x++, n++)
                    {
                        var p = source.Pixels[y * source.Width + x];
                        (r, g, b) = (r + (int)(p & 255), g + (int)((p >> 8) & 255), b + (int)((p >> 16) & 255));
                    }
                var mean = Raster.Opaque(r / n, g / n, b / n);
                for (var y = row * block; y < Math.Min(source.Height, (row + 1) * block); y++)
                    target.Pixels.AsSpan(y * source.Width + left, Math.Min(block, source.Width - left)).Fill(mean);
            }
        });
        return target;
    }

    private static Raster Comic(Raster source)
    {
        var flat = Brushes.Oil(source, 3);
        var edges = Pixels.Edges(Pixels.Grey(Pixels.Blur(source, 1.5)), source.Width, source.Height);
        var target = new Raster(source.Width, source.Height);
        Rows.All(source.Height, y =>
        {
            for (var x = 0; x < source.Width; x++)
            {
                var at = y * source.Width + x;
                var p = flat.Pixels[at];
                var (r, g, b) = ((p & 255) / 255.0, ((p >> 8) & 255) / 255.0, ((p >> 16) & 255) / 255.0);
                var grey = Pixels.Luma(p);
                (r, g, b) = (grey + (r - grey) * 1.4, grey + (g - grey) * 1.4, grey + (b - grey) * 1.4);
                var dots = grey < 0.4 && (x % 6 - 3) * (x % 6 - 3) + (y % 6 - 3) * (y % 6 - 3) < 5 ? 0.82 : 1;
                var ink = (1 - Pixels.Smooth(0.22, 0.5, edges[at])) * dots;
                target.Pixels[at] = Pixels.Of(Step(r, 6) * ink, Step(g, 6) * ink, Step(b, 6) * ink);
            }
        });
        return target;
    }

    private static Raster Neon(Raster source, double hue)
    {
        var edges = Pixels.Edges(Pixels.Grey(Pixels.Blur(source, 1.2)), source.Width, source.Height);
        var lines = new Raster(source.Width, source.Height);
        var (one, two) = (Palettes.Vivid(hue), Palettes.Vivid(hue + 130));
        Rows.All(source.Height, y =>
        {
            for (var x = 0; x < source.Width; x++)
            {
                var at = y * source.Width + x;
                var (light, share) = (Math.Min(1, edges[at] * 1.6), Pixels.Smooth(0.2, 0.8, (double)y / source.Height + 0.3 * (Pixels.Luma(source.Pixels[at]) - 0.5)));
                lines.Pixels[at] = Pixels.Of((one.R + (two.R - one.R) * share) * light, (one.G + (two.G - one.G) * share) * light, (one.B + (two.B - one.B) * share) * light);
            }
        });
        var glow = Pixels.Blur(lines, Math.Max(3, Math.Min(source.Width, source.Height) * 0.012));
        var target = new Raster(source.Width, source.Height);
        Rows.All(source.Height, y =>
        {
            for (var at = y * source.Width; at < (y + 1) * source.Width; at++)
            {
                var (line, halo, own) = (lines.Pixels[at], glow.Pixels[at], source.Pixels[at]);
                double Sum(int bits, double floor) => floor + ((line >> bits) & 255) / 255.0 + 1.5 * ((halo >> bits) & 255) / 255.0 + 0.16 * ((own >> bits) & 255) / 255.0;
                target.Pixels[at] = Pixels.Of(Sum(0, 0.02), Sum(8, 0.01), Sum(16, 0.06));
            }
        });
        return target;
    }

    private static Raster Vintage(Raster source)
    {
        var target = new Raster(source.Width, source.Height);
        Rows.All(source.Height, y =>
        {
            for (var x = 0; x < source.Width; x++)
            {
                var at = y * source.Width + x;
                var grey = Pixels.Luma(source.Pixels[at]);
                var (dx, dy) = ((x - source.Width / 2.0) / source.Width, (y - source.Height / 2.0) / source.Height);
                var light = (1 - 0.9 * (dx * dx + dy * dy)) * (0.97 + 0.06 * (Pixels.Noise(x, y, 3) - 0.5));
                var p = source.Pixels[at];
                target.Pixels[at] = Pixels.Of((0.14 + 0.82 * (0.6 * grey + 0.4 * (p & 255) / 255.0)) * light * 1.06, (0.11 + 0.78 * (0.65 * grey + 0.35 * ((p >> 8) & 255) / 255.0)) * light, (0.1 + 0.6 * (0.7 * grey + 0.3 * ((p >> 16) & 255) / 255.0)) * light);
            }
        });
        return target;
    }

    private static Raster Duotone(Raster source, double hue)
    {
        var (dark, bright) = (Palettes.Vivid(hue), Palettes.Vivid(hue + 160));
        return Each(source, (r, g, b) =>
        {
            var t = Pixels.Smooth(0.02, 0.95, 0.3 * r + 0.59 * g + 0.11 * b);
            return (dark.R * 0.28 * (1 - t) + (0.35 + 0.65 * bright.R) * t, dark.G * 0.22 * (1 - t) + (0.35 + 0.65 * bright.G) * t, dark.B * 0.42 * (1 - t) + (0.35 + 0.65 * bright.B) * t);
        });
    }
}
