using System.Globalization;

namespace Rpd.Server.Media;

/// <summary>
/// A picture as some 28 characters that a page can show blurred until the picture is there: the lowest cosine components of its light, in base 83.
/// </summary>
public static class BlurHash
{
    private const string Digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz#$%*+,-.:;=?@[]^_{|}~";
    private const int Across = 4;
    private const int Down = 3;
    private const int SampleWidth = 32;

    /// <summary>Of an image file (a thumbnail will do, and is quicker).</summary>
    public static async Task<string> Of(string path, Tools tools, CancellationToken cancel)
    {
        var (rgb, width, height) = await Sample(path, tools, cancel);
        return Encode(rgb, width, height);
    }

    /// <summary>The mean colour in linear light, <c>#rrggbb</c>.</summary>
    public static async Task<string> AverageColor(string path, Tools tools, CancellationToken cancel)
    {
        var (rgb, width, height) = await Sample(path, tools, cancel);
        var (r, g, b) = Component(rgb, width, height, 0, 0);
        return string.Create(CultureInfo.InvariantCulture, $"#{ToSrgb(r):x2}{ToSrgb(g):x2}{ToSrgb(b):x2}");
    }

    /// <param name="rgb">Rows of red, green, blue; <paramref name="width"/> × <paramref name="height"/> × 3 bytes.</param>
    public static string Encode(ReadOnlySpan<byte> rgb, int width, int height)
    {
        if (rgb.Length != width * height * 3 || width < 1 || height < 1) throw new ArgumentException("The pixels do not fit the size.", nameof(rgb));
        var parts = new List<(double R, double G, double B)>();
        for (var y = 0; y < Down; y++)
            for (var x = 0; x < Across; x++)
                parts.Add(Component(rgb, width, height, x, y));

        var strongest = parts.Skip(1).Max(p => Math.Max(Math.Abs(p.R), Math.Max(Math.Abs(p.G), Math.Abs(p.B))));
        var scale = Math.Clamp((int)Math.Floor(strongest * 166 - 0.5), 0, 82);
        var (r, g, b) = parts[0];
        return Base83(Across - 1 + (Down - 1) * 9, 1) + Base83(scale, 1) + Base83((ToSrgb(r) << 16) + (ToSrgb(g) << 8) + ToSrgb(b), 4)
            + string.Concat(parts.Skip(1).Select(p => Base83(Detail(p, (scale + 1) / 166.0), 2)));
    }

    private static (double R, double G, double B) Component(ReadOnlySpan<byte> rgb, int width, int height, int across, int down)
    {
        var (r, g, b) = (0.0, 0.0, 0.0);
        for (var y = 0; y < height; y++)
            for (var x = 0; x < width; x++)
            {
                var wave = Math.Cos(Math.PI * across * x / width) * Math.Cos(Math.PI * down * y / height);
                var at = (y * width + x) * 3;
                r += wave * Linear[rgb[at]];
                g += wave * Linear[rgb[at + 1]];
                b += wave * Linear[rgb[at + 2]];
            }
        var share = (across == 0 && down == 0 ? 1.0 : 2.0) / (width * height);
        return (r * share, g * share, b * share);
    }

    private static int Detail((double R, double G, double B) part, double scale)
    {
        int Step(double value) => (int)Math.Clamp(Math.Floor(Math.Sign(value) * Math.Sqrt(Math.Abs(value / scale)) * 9 + 9.5), 0, 18);
        return Step(part.R) * 361 + Step(part.G) * 19 + Step(part.B);
    }

    private static string Base83(int value, int length)
    {
        var digits = new char[length];
        for (var i = length - 1; i >= 0; i--, value /= 83) digits[i] = Digits[value % 83];
        return new string(digits);
    }

    private static readonly double[] Linear = [.. Enumerable.Range(0, 256).Select(v => v / 255.0).Select(v => v <= 0.04045 ? v / 12.92 : Math.Pow((v + 0.055) / 1.055, 2.4))];

    private static int ToSrgb(double linear)
    {
        var v = Math.Clamp(linear, 0, 1);
        return (int)Math.Round((v <= 0.0031308 ? v * 12.92 : 1.055 * Math.Pow(v, 1 / 2.4) - 0.055) * 255);
    }

    private static async Task<(byte[] Rgb, int Width, int Height)> Sample(string path, Tools tools, CancellationToken cancel)
    {
        var small = await tools.VipsThumbnail.Run([path, "--size", $"{SampleWidth}x{SampleWidth * 4}>", "-o", ".ppm"], Probe.Guarded(30), cancel);
        if (small.ExitCode != 0) throw new MediaRefused("The picture could not be decoded.");
        return Pixmap.Read(small.Out);
    }
}
