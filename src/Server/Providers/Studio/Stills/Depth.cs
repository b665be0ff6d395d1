using Rpd.Server.Providers.Studio.Film;
using Rpd.Server.Providers.Studio.Looks;

namespace Rpd.Server.Providers.Studio.Stills;

/// <summary>
/// A guess at how near the parts of a picture are, 0 far to 1 near: what lies low and what stands out from the picture's rim in colour is taken to be near.
/// It is soft everywhere, so that nothing tears when the camera moves.
/// </summary>
internal sealed class Depth
{
    private const int Side = 48;
    private readonly double[] _map = new double[Side * Side];
    private readonly int _width, _height;

    public Depth(Raster picture)
    {
        (_width, _height) = (picture.Width, picture.Height);
        var colours = new (double R, double G, double B)[Side * Side];
        for (var i = 0; i < colours.Length; i++)
        {
            int x = (int)((i % Side + 0.5) * _width / Side), y = (int)((i / Side + 0.5) * _height / Side);
            var p = picture.Pixels[y * _width + x];
            colours[i] = (p & 255, (p >> 8) & 255, (p >> 16) & 255);
        }
        for (var y = 0; y < Side; y++)
        {
            // Compared with the same height's two ends: sky with sky, ground with ground.
            var (left, right) = (Mean(colours, 0, y), Mean(colours, Side - 5, y));
            for (var x = 0; x < Side; x++)
            {
                var stands = Math.Min(1, Math.Min(Far(colours[y * Side + x], left), Far(colours[y * Side + x], right)) / 110);
                var middle = Math.Exp(-Math.Pow((x - Side / 2.0) / Side * 2.2, 2));
                _map[y * Side + x] = 0.12 + 0.58 * Pixels.Smooth(0.25, 1, (double)y / Side) + 0.42 * stands * middle;
            }
        }
        for (var pass = 0; pass < 3; pass++) Soften();
    }

    public double At(double x, double y)
    {
        double fx = Math.Clamp(x / _width * Side - 0.5, 0, Side - 1.001), fy = Math.Clamp(y / _height * Side - 0.5, 0, Side - 1.001);
        int column = (int)fx, row = (int)fy;
        (fx, fy) = (fx - column, fy - row);
        double Of(int dx, int dy) => _map[(row + dy) * Side + column + dx];
        return (Of(0, 0) * (1 - fx) + Of(1, 0) * fx) * (1 - fy) + (Of(0, 1) * (1 - fx) + Of(1, 1) * fx) * fy;
    }

    private static (double R, double G, double B) Mean((double R, double G, double B)[] colours, int from, int y)
    {
        var some = colours.AsSpan(y * Side + from, 5).ToArray();
        return (some.Average(c => c.R), some.Average(c => c.G), some.Average(c => c.B));
    }

    private static double Far((double R, double G, double B) a, (double R, double G, double B) b) => Math.Abs(a.R - b.R) + Math.Abs(a.G - b.G) + Math.Abs(a.B - b.B);

    private void Soften()
    {
        var was = _map.ToArray();
        for (var y = 0; y < Side; y++)
            for (var x = 0; x < Side; x++)
            {
                var sum = 0.0;
                for (var i = 0; i < 25; i++) sum += was[Math.Clamp(y + i / 5 - 2, 0, Side - 1) * Side + Math.Clamp(x + i % 5 - 2, 0, Side - 1)];
                _map[y * Side + x] = sum / 25;
            }
    }
}
