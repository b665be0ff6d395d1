namespace Rpd.Server.Providers.Studio.Film;

/// <summary>
/// A picture in memory, four bytes a pixel: red, green, blue and opacity from low to high, colours already multiplied by the opacity,
/// so that sampling between pixels and laying one picture over another are a few whole-number steps.
/// </summary>
internal sealed class Raster(int width, int height, uint[] pixels)
{
    private const ulong Lanes = 0x00FF00FF00FF00FF;

    public Raster(int width, int height) : this(width, height, new uint[width * height]) { }

    public int Width => width;
    public int Height => height;
    public uint[] Pixels => pixels;

    public static uint Opaque(int r, int g, int b) => 0xFF000000 | ((uint)b << 16) | ((uint)g << 8) | (uint)r;

    /// <param name="rgba">As drawing programs write it: colours not multiplied by the opacity.</param>
    public static Raster FromRgba(byte[] rgba, int width, int height)
    {
        var pixels = new uint[width * height];
        for (var i = 0; i < pixels.Length; i++)
        {
            var a = (uint)rgba[i * 4 + 3];
            if (a != 0) pixels[i] = Part(rgba[i * 4], a) | (Part(rgba[i * 4 + 1], a) << 8) | (Part(rgba[i * 4 + 2], a) << 16) | (a << 24);
        }
        return new(width, height, pixels);
    }

    public static Raster FromRgb(byte[] rgb, int width, int height)
    {
        var pixels = new uint[width * height];
        for (var i = 0; i < pixels.Length; i++) pixels[i] = Opaque(rgb[i * 3], rgb[i * 3 + 1], rgb[i * 3 + 2]);
        return new(width, height, pixels);
    }

    public void CopyRgb(Span<byte> rgb)
    {
        for (int i = 0, at = 0; i < pixels.Length; i++, at += 3)
        {
            var p = pixels[i];
            rgb[at] = (byte)p;
            rgb[at + 1] = (byte)(p >> 8);
            rgb[at + 2] = (byte)(p >> 16);
        }
    }

    /// <summary>Between the four nearest pixels; beyond an edge the picture goes on in its own mirror image.</summary>
    /// <param name="x">16.16 fixed point, the middle of the first pixel at 0.</param>
    public ulong Mirrored(int x, int y)
    {
        int x0 = x >> 16, y0 = y >> 16;
        if ((uint)x0 >= (uint)(width - 1) || (uint)y0 >= (uint)(height - 1))
        {
            int left = Fold(x0, width), right = Fold(x0 + 1, width), top = Fold(y0, height) * width, bottom = Fold(y0 + 1, height) * width;
            return Between(pixels[top + left], pixels[top + right], pixels[bottom + left], pixels[bottom + right], x, y);
        }
        var at = y0 * width + x0;
        return Between(pixels[at], pixels[at + 1], pixels[at + width], pixels[at + width + 1], x, y);
    }

    /// <summary>As <see cref="Mirrored"/>, with nothing beyond the edges.</summary>
    public ulong Bare(int x, int y)
    {
        int x0 = x >> 16, y0 = y >> 16;
        if (x0 < -1 || y0 < -1 || x0 >= width || y0 >= height) return 0;
        if ((uint)x0 >= (uint)(width - 1) || (uint)y0 >= (uint)(height - 1))
            return Between(At(x0, y0), At(x0 + 1, y0), At(x0, y0 + 1), At(x0 + 1, y0 + 1), x, y);
        var at = y0 * width + x0;
        return Between(pixels[at], pixels[at + 1], pixels[at + width], pixels[at + width + 1], x, y);
    }

    /// <param name="over">Spread, as sampling gives it.</param>
    /// <param name="opacity">0–256.</param>
    public static uint Over(uint under, ulong over, int opacity)
    {
        if (opacity < 256) over = ((over * (ulong)opacity) >> 8) & Lanes;
        var alpha = (int)((over >> 48) & 0xFF);
        if (alpha == 0) return under;
        if (alpha == 255) return Pack(over);
        return Pack(over + (((Spread(under) * (ulong)(256 - alpha - (alpha >> 7))) >> 8) & Lanes));
    }

    public static uint Mix(uint a, uint b, int share) => Pack(((Spread(a) * (ulong)(256 - share) + Spread(b) * (ulong)share) >> 8) & Lanes);

    /// <summary>Lanes of 16 bits: red, blue, green, opacity.</summary>
    public static ulong Spread(uint p) => (p & 0x00FF00FFUL) | ((ulong)(p & 0xFF00FF00U) << 24);

    public static uint Pack(ulong lanes) => (uint)(lanes & 0x00FF00FF) | (uint)((lanes >> 24) & 0xFF00FF00);

    public static int Fold(int at, int length)
    {
        if (length == 1) return 0;
        var period = 2 * length - 2;
        at %= period;
        if (at < 0) at += period;
        return at < length ? at : period - at;
    }

    private static ulong Between(uint a, uint b, uint c, uint d, int x, int y)
    {
        ulong fx = (ulong)((x >> 8) & 0xFF), fy = (ulong)((y >> 8) & 0xFF);
        var top = ((Spread(a) * (256 - fx) + Spread(b) * fx) >> 8) & Lanes;
        var bottom = ((Spread(c) * (256 - fx) + Spread(d) * fx) >> 8) & Lanes;
        return ((top * (256 - fy) + bottom * fy) >> 8) & Lanes;
    }

    private uint At(int x, int y) => (uint)x < (uint)width && (uint)y < (uint)height ? pixels[y * width + x] : 0;

    private static uint Part(byte colour, uint alpha) => (colour * alpha + 127) / 255;
}
