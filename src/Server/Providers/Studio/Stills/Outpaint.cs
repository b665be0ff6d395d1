using Rpd.Server.Providers.Studio.Film;
using Rpd.Server.Providers.Studio.Looks;

namespace Rpd.Server.Providers.Studio.Stills;

/// <summary>Fills the canvas around a picture from the picture: mirrored at its edges, softer and quieter the farther away. The picture itself stays as it is.</summary>
internal static class Outpaint
{
    public static Raster Around(Raster picture, int width, int height)
    {
        var (left, top) = ((width - picture.Width) / 2, (height - picture.Height) / 2);
        var mirrored = new Raster(width, height);
        Rows.All(height, y =>
        {
            var row = Raster.Fold(y - top, picture.Height) * picture.Width;
            for (var x = 0; x < width; x++) mirrored.Pixels[y * width + x] = picture.Pixels[row + Raster.Fold(x - left, picture.Width)];
        });
        var unit = Math.Min(picture.Width, picture.Height);
        var (soft, softer) = (Pixels.Blur(mirrored, Math.Max(2, unit * 0.012)), Pixels.Blur(mirrored, Math.Max(4, unit * 0.05)));
        var target = new Raster(width, height);
        Rows.All(height, y =>
        {
            for (var x = 0; x < width; x++)
            {
                var at = y * width + x;
                double dx = Math.Max(0, Math.Max(left - x, x - (left + picture.Width - 1))), dy = Math.Max(0, Math.Max(top - y, y - (top + picture.Height - 1)));
                var far = Math.Sqrt(dx * dx + dy * dy) / unit;
                if (far == 0)
                {
                    target.Pixels[at] = mirrored.Pixels[at];
                    continue;
                }
                var (near, beyond) = ((int)(256 * Pixels.Smooth(0, 0.10, far)), (int)(256 * Pixels.Smooth(0.06, 0.34, far)));
                var p = Raster.Mix(Raster.Mix(mirrored.Pixels[at], soft.Pixels[at], near), softer.Pixels[at], beyond);
                // A blur has no grain of its own; a trace of it keeps the sky from showing bands.
                var grain = (Pixels.Noise(x, y, 21) - 0.5) * 0.016;
                target.Pixels[at] = Pixels.Of((p & 255) / 255.0 + grain, ((p >> 8) & 255) / 255.0 + grain, ((p >> 16) & 255) / 255.0 + grain);
            }
        });
        return target;
    }
}
