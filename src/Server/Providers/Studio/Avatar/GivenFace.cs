using Rpd.Server.Providers.Studio.Film;
using Rpd.Server.Providers.Studio.Looks;

namespace Rpd.Server.Providers.Studio.Avatar;

/// <summary>Where the mouth of a portrayed person is likely to be: the largest area in a colour of skin is taken for the face.</summary>
/// <param name="X">Middle of the mouth, in pixels.</param>
/// <param name="HalfWidth">Of the mouth.</param>
/// <param name="Face">The face's height.</param>
internal sealed record MouthPlace(double X, double Y, double HalfWidth, double Face)
{
    private const int Side = 80;

    public static MouthPlace Guess(Raster picture)
    {
        var skin = new bool[Side * Side];
        for (var i = 0; i < skin.Length; i++)
            skin[i] = IsSkin(picture.Pixels[(int)((i / Side + 0.5) * picture.Height / Side) * picture.Width + (int)((i % Side + 0.5) * picture.Width / Side)]);
        var face = Largest(skin);
        // Without any skin to be seen, a portrait has its face in the middle and a little above it.
        if (face.Count < Side * Side / 60) return new(picture.Width / 2.0, picture.Height * 0.6, Math.Min(picture.Width, picture.Height) * 0.09, Math.Min(picture.Width, picture.Height) * 0.5);
        double Part(IEnumerable<int> values, double share) => values.Order().ElementAt((int)(face.Count * share));
        var (left, right, top, bottom) = (Part(face.Select(i => i % Side), 0.04), Part(face.Select(i => i % Side), 0.96), Part(face.Select(i => i / Side), 0.02), Part(face.Select(i => i / Side), 0.98));
        var wide = (right - left + 1) * picture.Width / Side;
        // A neck or a bare shoulder makes the area longer than a face is.
        var high = Math.Min((bottom - top + 1) * picture.Height / Side, wide * 1.4);
        var (x, y) = ((left + right + 1) / 2 * picture.Width / Side, top * picture.Height / Side);
        return Lips(picture, x, y, wide, high) is { } lips
            ? new(lips.X, lips.Y, Math.Min(wide, high * 0.85) * 0.17, high)
            : new(x, y + high * 0.77, Math.Min(wide, high * 0.85) * 0.19, high);
    }

    /// <summary>Lips are redder than the skin around them: the reddest short stroke in the lower half of the face, if any stands out.</summary>
    private static (double X, double Y)? Lips(Raster picture, double middle, double top, double wide, double high)
    {
        double Redness(double x, double y, double halfWidth, double halfHeight)
        {
            var (sum, n) = (0.0, 0);
            for (var py = y - halfHeight; py <= y + halfHeight; py += Math.Max(1, high / 120))
                for (var px = x - halfWidth; px <= x + halfWidth; px += Math.Max(1, wide / 80))
                {
                    var p = picture.Pixels[Math.Clamp((int)py, 0, picture.Height - 1) * picture.Width + Math.Clamp((int)px, 0, picture.Width - 1)];
                    sum += 0.5 * (p & 255) - 0.419 * ((p >> 8) & 255) - 0.081 * ((p >> 16) & 255);
                    n++;
                }
            return sum / n;
        }
        var skin = Redness(middle, top + high * 0.6, wide * 0.25, high * 0.2);
        var (best, place) = (0.0, (X: middle, Y: top));
        for (var row = 0.55; row < 1; row += 0.01)
            for (var column = -0.12; column <= 0.12; column += 0.02)
            {
                var redder = Redness(middle + column * wide, top + row * high, wide * 0.07, high * 0.014) - skin - Math.Abs(column) * 20;
                if (redder > best) (best, place) = (redder, (middle + column * wide, top + row * high));
            }
        return best > 6 ? place : null;
    }

    private static bool IsSkin(uint p)
    {
        int r = (int)(p & 255), g = (int)((p >> 8) & 255), b = (int)((p >> 16) & 255);
        var (cb, cr) = (128 - 0.169 * r - 0.331 * g + 0.5 * b, 128 + 0.5 * r - 0.419 * g - 0.081 * b);
        return r > 60 && r > g && g >= b - 12 && cb is > 77 and < 127 && cr is > 136 and < 173;
    }

    private static List<int> Largest(bool[] skin)
    {
        var seen = new bool[skin.Length];
        List<int> best = [];
        for (var start = 0; start < skin.Length; start++)
        {
            if (!skin[start] || seen[start]) continue;
            var area = new List<int> { start };
            seen[start] = true;
            for (var i = 0; i < area.Count; i++)
                foreach (var (dx, dy) in new[] { (1, 0), (-1, 0), (0, 1), (0, -1) })
                {
                    int x = area[i] % Side + dx, y = area[i] / Side + dy;
                    if (x is < 0 or >= Side || y is < 0 or >= Side || seen[y * Side + x] || !skin[y * Side + x]) continue;
                    seen[y * Side + x] = true;
                    area.Add(y * Side + x);
                }
            if (area.Count > best.Count) best = area;
        }
        return best;
    }
}

/// <summary>A given picture that speaks: the jaw goes down below the mouth's line, and between the lips it is dark.</summary>
internal sealed class GivenFace(Raster picture, int width, int height)
{
    private readonly MouthPlace _mouth = MouthPlace.Guess(picture);
    private readonly double _fit = (double)width / picture.Width;

    public void Paint(Raster frame, Gesture.Pose pose, double time)
    {
        var drop = 0.085 * _mouth.Face * pose.Mouth;
        var unit = Math.Min(picture.Width, picture.Height) / 1000.0;
        var zoom = 1.05 + 0.012 * Math.Sin(time * 0.5);
        Rows.All(height, y =>
        {
            for (var x = 0; x < width; x++)
            {
                double dx = (x + 0.5) / _fit - picture.Width / 2.0, dy = (y + 0.5) / _fit - picture.Height / 2.0;
                // The whole picture leans with the head, its upper part more than its lower.
                var lean = 1 - 0.8 * Pixels.Smooth(0, 0.5, dy / picture.Height);
                double px = picture.Width / 2.0 + dx / zoom - pose.X * unit * 0.5 * lean, py = picture.Height / 2.0 + dy / zoom - pose.Y * unit * 0.5 * lean;
                frame.Pixels[y * width + x] = Speak(px - 0.5, py - 0.5, drop);
            }
        });
    }

    private uint Speak(double x, double y, double drop)
    {
        var across = (x - _mouth.X) / _mouth.HalfWidth;
        var below = y - _mouth.Y;
        if (drop < 0.5 || Math.Abs(across) > 2.6 || below < -0.12 * _mouth.Face || below > 0.5 * _mouth.Face) return Raster.Pack(picture.Mirrored(Fixed(x), Fixed(y)));
        var gap = drop * Math.Sqrt(Math.Max(0, 1 - across * across));
        var jaw = drop * Math.Exp(-across * across * 0.5) * (1 - Pixels.Smooth(0.08 * _mouth.Face, 0.5 * _mouth.Face, below));
        var skin = Raster.Pack(picture.Mirrored(Fixed(x), Fixed(below > 0 ? y - Math.Min(jaw, below) : y)));
        if (gap <= 0.5) return skin;
        var inside = Math.Clamp(Math.Min(below + 1, gap - below), 0, 1.5) / 1.5;
        if (inside <= 0) return skin;
        var depth = Math.Clamp(below / gap, 0, 1);
        var teeth = (1 - Pixels.Smooth(0.16, 0.3, depth)) * (1 - Pixels.Smooth(0.5, 0.85, Math.Abs(across)));
        var tongue = Pixels.Smooth(0.62, 0.95, depth) * 0.5;
        var dark = Pixels.Of(0.19 + 0.62 * teeth + 0.38 * tongue, 0.07 + 0.70 * teeth + 0.12 * tongue, 0.07 + 0.66 * teeth + 0.13 * tongue);
        return Raster.Mix(skin, dark, (int)(256 * inside));
    }

    private static int Fixed(double value) => (int)(value * 65536);
}
