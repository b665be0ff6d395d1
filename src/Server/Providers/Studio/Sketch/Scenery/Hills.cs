namespace Rpd.Server.Providers.Studio.Sketch.Scenery;

/// <summary>Soft green country rising behind the ground, with hedges and lone trees as grain of scale.</summary>
internal static class Hills
{
    public static void Paint(Canvas canvas)
    {
        var rng = canvas.Rng.For("hills");
        for (var row = 0; row < 3; row++)
        {
            var depth = 0.90 - row * 0.04;
            var y = canvas.Horizon + 14 - (2 - row) * 36;
            var edge = Ridge.Rolling(rng, canvas.Width, y, 52 - row * 10, 560 + row * 80);
            var brush = canvas.Layer("hills-" + row, depth);
            var own = Green(canvas.Scene, rng);
            var crest = canvas.Air.At(own.Lighter(0.06), depth);
            brush.Fill(Shape.Ground(edge, canvas.Horizon + 90), canvas.Defs.Down(y - 50, y + 90, crest, canvas.Air.At(own, depth).Mix(canvas.Air.Haze, 0.35)));
            if (canvas.Scene.Ground != Ground.Snow || row > 0) Trees(canvas, brush, edge, depth, rng);
        }
    }

    public static Colour Green(Scene scene, Rng rng) => scene switch
    {
        { Ground: Ground.Snow } or { Season: Season.Winter } => new Colour(0.93, 0.015, 240),
        { Season: Season.Autumn } => new Colour(0.60, 0.11, 80 + rng.Jitter(12)),
        { Season: Season.Spring } => new Colour(0.66, 0.15, 134 + rng.Jitter(8)),
        _ => new Colour(0.57, 0.125, 130 + rng.Jitter(10)),
    };

    private static void Trees(Canvas canvas, Brush brush, List<Point> edge, double depth, Rng rng)
    {
        var size = 3.5 + (0.9 - depth) * 45;
        var dark = canvas.Air.At(new Colour(0.36, 0.07, 145), depth);
        for (var clump = 0; clump < 5; clump++)
        {
            var start = rng.Below(edge.Count - 4) + 1;
            var path = "";
            for (var i = 0; i < 4 + rng.Below(7); i++)
            {
                var at = edge[Math.Min(edge.Count - 1, start + i / 3)];
                var r = size * rng.Between(0.6, 1.3);
                path += Shape.Ellipse(at.X + i * size * 0.9, at.Y - r * 0.35, r, r * rng.Between(0.8, 1.2));
            }
            brush.Fill(path, dark);
        }
    }
}
