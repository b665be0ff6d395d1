using Rpd.Server.Providers.Studio.Film;

namespace Rpd.Server.Providers.Studio.Motion;

/// <summary>Lays the planes of one set over each other for one moment. Row by row, and within a row in short pieces on which every way back is nearly straight.</summary>
internal sealed class FramePainter(Stageset set)
{
    private const int Piece = 16;

    public void Paint(Raster frame, Direct direct) => Rows.All(frame.Height, y =>
    {
        var row = frame.Pixels.AsSpan(y * frame.Width, frame.Width);
        row.Fill(Raster.Opaque(0, 0, 0));
        var below = (y + (set.Height - frame.Height) / 2.0 - set.Horizon) / (set.Height - set.Horizon);
        foreach (var plane in set.Planes) Lay(frame, row, y, direct.Step(plane), direct.Of(plane, below));
    });

    private void Lay(Raster frame, Span<uint> row, int y, Plane plane, Pass pass)
    {
        if (pass.Opacity <= 0) return;
        for (var from = 0; from < row.Length; from += Piece)
        {
            var to = Math.Min(from + Piece, row.Length);
            var (x1, y1) = Back(frame, from, y, plane, pass);
            var (x2, y2) = Back(frame, to, y, plane, pass);
            if (Misses(plane, y1, y2)) continue;
            int sx = Fixed(x1 - plane.Left), sy = Fixed(y1 - plane.Top), dx = (Fixed(x2 - plane.Left) - sx) / (to - from), dy = (Fixed(y2 - plane.Top) - sy) / (to - from);
            for (var x = from; x < to; x++, sx += dx, sy += dy)
            {
                var sample = Sample(plane, sx, sy);
                if (sample == 0) continue;
                row[x] = Raster.Over(row[x], sample, plane.Movement is Movement.Stars or Movement.Embers ? Twinkle(sx, sy, pass.Swing.Phase, direct: pass.Opacity) : pass.Opacity);
            }
        }
    }

    private (double X, double Y) Back(Raster frame, double x, double y, Plane plane, Pass pass)
    {
        var (middleX, middleY) = (frame.Width / 2.0, set.Horizon - (set.Height - frame.Height) / 2.0);
        var sx = set.Width / 2.0 + (x - middleX) / pass.Zoom + pass.ShiftX;
        var sy = set.Horizon + (y - middleY) / pass.Zoom + pass.ShiftY;
        if (plane.Spot is { } spot && (pass.Turn != 0 || pass.Stretch != 0 || pass.Squeeze != 0))
        {
            var (px, py) = (spot.X * set.Unit, (spot.Y - (pass.Squeeze != 0 || pass.Turn != 0 ? spot.Height * 0.3 : 0)) * set.Unit);
            var (sin, cos) = Math.SinCos(-pass.Turn);
            var (rx, ry) = (sx - px, sy - py);
            (sx, sy) = (px + (rx * cos - ry * sin) / Math.Max(0.3, 1 - pass.Squeeze), py + (rx * sin + ry * cos) / (1 + pass.Stretch));
        }
        return (sx + pass.Swing.At(sx, sy), sy);
    }

    private static bool Misses(Plane plane, double y1, double y2)
    {
        if (Falls(plane)) return false;
        var (above, beneath) = (Math.Min(y1, y2), Math.Max(y1, y2));
        return (plane.Top > 0 && beneath < plane.Top - 1) || (!plane.ToBottom && above > plane.Top + plane.Raster.Height + 1);
    }

    private ulong Sample(Plane plane, int sx, int sy)
    {
        if (Falls(plane))
        {
            // It never ends: what leaves at one edge comes in at the other.
            var (x, y) = (Wrap(sx, set.Width), Wrap(sy + (plane.Top << 16), set.Height) - (plane.Top << 16));
            return plane.Raster.Bare(x, y);
        }
        if (plane.Movement is Movement.Actor or Movement.Clouds or Movement.Flock or Movement.Bolt) return plane.Raster.Bare(sx, sy);
        if (sy < 0 && plane.Top > 0) return sy < -65536 ? 0 : plane.Raster.Bare(sx, sy);
        if (sy >= plane.Raster.Height << 16 && !plane.ToBottom) return 0;
        return plane.Raster.Mirrored(sx, sy);
    }

    private static bool Falls(Plane plane) => plane.Movement is Movement.Rain or Movement.Snow or Movement.Petals or Movement.Bubbles;

    private static int Wrap(int at, int length)
    {
        var period = (long)length << 16;
        var rest = at % period;
        return (int)(rest < 0 ? rest + period : rest);
    }

    private static int Twinkle(int sx, int sy, double phase, int direct)
    {
        var cell = (uint)((sx >> 20) * 73856093 ^ (sy >> 20) * 19349663) % 628;
        return direct * (int)(176 + 80 * Math.Sin(phase + cell / 100.0)) >> 8;
    }

    private static int Fixed(double value) => (int)Math.Clamp(value * 65536, -2.0e9, 2.0e9);
}
