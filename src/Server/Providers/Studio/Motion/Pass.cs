using Rpd.Server.Providers.Studio.Film;
using Rpd.Server.Providers.Studio.Sketch;

namespace Rpd.Server.Providers.Studio.Motion;

/// <summary>How one plane lies in one frame. Everything is said as the way back, from the frame's pixels to the sheet's.</summary>
/// <param name="Zoom">1 or more.</param>
/// <param name="ShiftX">In pixels of the sheet, to be added after the zoom.</param>
/// <param name="Swing">The plane's own waves.</param>
/// <param name="Opacity">0–256.</param>
internal readonly record struct Pass(double Zoom, double ShiftX, double ShiftY, Swing Swing, int Opacity)
{
    public double Turn { get; init; }
    public double Stretch { get; init; }
    public double Squeeze { get; init; }
}

/// <summary>Two waves that run over a plane and push it to the side.</summary>
/// <param name="Reach">Pixels.</param>
/// <param name="Across">Waves' phase per pixel to the right.</param>
/// <param name="Down">Waves' phase per pixel down.</param>
internal readonly record struct Swing(double Reach, double Phase, double Across, double Down)
{
    public double At(double x, double y) => Reach == 0 ? 0
        : Reach * (0.66 * Math.Sin(Phase + x * Across + y * Down) + 0.34 * Math.Sin(1.73 * Phase + 2.7 * x * Across - 1.6 * y * Down));
}
