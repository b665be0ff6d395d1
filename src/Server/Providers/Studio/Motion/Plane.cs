using Rpd.Server.Providers.Studio.Film;
using Rpd.Server.Providers.Studio.Sketch;

namespace Rpd.Server.Providers.Studio.Motion;

/// <summary>One or more layers that move as one, rasterised; only the rows that hold something are kept.</summary>
/// <param name="Top">The kept rows' first, in pixels of the sheet.</param>
/// <param name="Left">Of the raster in pixels of the sheet; negative where it reaches beyond it.</param>
/// <param name="ToBottom">Whether the picture goes on below its last row.</param>
/// <param name="Depth">0 at the lens, 1 as far as one sees.</param>
/// <param name="Spot">Where it stands, if it is somebody.</param>
/// <param name="Near">A second, larger and faster helping of what falls.</param>
internal sealed record Plane(Movement Movement, Raster Raster, int Left, int Top, bool ToBottom, double Depth, Spot? Spot, bool Near = false)
{
    /// <summary>The steps of a gait, itself the first; empty for all who do not run.</summary>
    public IReadOnlyList<Plane> Gait { get; init; } = [];

    /// <param name="whole">The plane over the whole sheet. Null when there is nothing on it.</param>
    public static Plane? Trim(Raster whole, int left, Movement movement, double depth, Spot? spot)
    {
        int Row(int from, int step)
        {
            for (var y = from; y >= 0 && y < whole.Height; y += step)
                if (whole.Pixels.AsSpan(y * whole.Width, whole.Width).ContainsAnyExcept(0u)) return y;
            return -1;
        }
        var top = Row(0, 1);
        if (top < 0) return null;
        var bottom = Row(whole.Height - 1, -1);
        var kept = new Raster(whole.Width, bottom - top + 1, whole.Pixels.AsSpan(top * whole.Width, (bottom - top + 1) * whole.Width).ToArray());
        return new(movement, kept, left, top, bottom == whole.Height - 1, depth, spot);
    }
}

/// <summary>A scene at one hour, ready to be filmed.</summary>
/// <param name="Width">Of the sheet in pixels, a little larger than the frame so that the camera has room.</param>
/// <param name="Unit">Pixels per unit of the drawing.</param>
/// <param name="Horizon">In pixels from the sheet's top.</param>
internal sealed record Stageset(int Width, int Height, double Unit, double Horizon, Scene Scene, IReadOnlyList<Plane> Planes);
