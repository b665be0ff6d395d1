using Rpd.Server.Providers.Studio.Film;
using Rpd.Server.Providers.Studio.Looks;

namespace Rpd.Server.Providers.Studio.Stills;

/// <summary>Moves a camera over one picture: what is guessed to be near passes faster than what is far.</summary>
internal static class StillCamera
{
    public static readonly IReadOnlyList<string> Moves = ["auto", "zoom in", "zoom out", "pan left", "pan right", "pan up", "pan down", "orbit", "dolly zoom", "sway", "still"];

    private static readonly (string Word, string Move)[] Words =
    [
        ("pull back", "zoom out"), ("closer", "zoom in"), ("push in", "zoom in"), ("circle", "orbit"), ("around", "orbit"), ("rotate", "orbit"), ("vertigo", "dolly zoom"), ("breath", "sway"), ("wind", "sway"), ("float", "sway"),
        ("to the left", "pan left"), ("to the right", "pan right"), ("tilt up", "pan up"), ("tilt down", "pan down"),
    ];

    /// <summary>The move that a text names, or null.</summary>
    public static string? Said(string text) =>
        Moves.Skip(1).FirstOrDefault(move => text.Contains(move, StringComparison.OrdinalIgnoreCase)) ?? Words.FirstOrDefault(pair => text.Contains(pair.Word, StringComparison.OrdinalIgnoreCase)).Move;

    /// <param name="share">Of the whole move, 0–1.</param>
    public static void Paint(Raster picture, Depth depth, string move, double share, double time, Raster target)
    {
        var t = share - Math.Sin(Math.Tau * share) / Math.Tau * 0.6;
        // Zoom of the far and of the near, and the way in picture widths; a little larger than the frame from the start, so that its rim stays outside.
        var (far, near, x, y, swing) = move switch
        {
            "zoom in" => (1.03 + 0.10 * t, 1.03 + 0.30 * t, 0.0, 0.0, 0.0),
            "zoom out" => (1.13 - 0.10 * t, 1.33 - 0.30 * t, 0, 0, 0),
            "pan left" => (1.1, 1.14, 0.08 * (0.5 - t), 0, 0),
            "pan right" => (1.1, 1.14, 0.08 * (t - 0.5), 0, 0),
            "pan up" => (1.1, 1.14, 0, 0.08 * (0.5 - t), 0),
            "pan down" => (1.1, 1.14, 0, 0.08 * (t - 0.5), 0),
            "orbit" => (1.08, 1.12, 0.05 * Math.Sin(Math.Tau * share), 0.018 * Math.Cos(Math.Tau * share), 0),
            "dolly zoom" => (1.22 - 0.18 * t, 1.04 + 0.12 * t, 0, 0, 0),
            "sway" => (1.06, 1.08, 0.008 * Math.Sin(time * 0.8), 0.006 * Math.Sin(time * 1.1), 1),
            _ => (1.0, 1.0, 0.0, 0.0, 0.0),
        };
        var fit = Math.Max((double)target.Width / picture.Width, (double)target.Height / picture.Height);
        Rows.All(target.Height, row =>
        {
            for (var column = 0; column < target.Width; column++)
            {
                double dx = (column + 0.5 - target.Width / 2.0) / fit, dy = (row + 0.5 - target.Height / 2.0) / fit;
                var d = depth.At(picture.Width / 2.0 + dx, picture.Height / 2.0 + dy);
                var zoom = far + (near - far) * d;
                var way = 0.3 + 1.1 * d;
                var bend = swing * Math.Min(picture.Width, picture.Height) * 0.006 * d * Math.Sin(time * 2 + dy / picture.Height * 5 + dx / picture.Width * 7);
                var sx = picture.Width / 2.0 + dx / zoom + x * picture.Width * way + bend - 0.5;
                var sy = picture.Height / 2.0 + dy / zoom + y * picture.Height * way - 0.5;
                target.Pixels[row * target.Width + column] = Raster.Pack(picture.Mirrored((int)(sx * 65536), (int)(sy * 65536)));
            }
        });
    }
}
