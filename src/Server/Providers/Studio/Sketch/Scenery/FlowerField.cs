namespace Rpd.Server.Providers.Studio.Sketch.Scenery;

/// <summary>A field in bloom: rows that shrink toward the horizon, leaves under them, a clearing where the subject stands.</summary>
internal static class FlowerField
{
    private const int Rows = 17;

    public static void Paint(Canvas canvas, IReadOnlyList<Spot> spots)
    {
        var flower = canvas.Scene.Flower;
        var rng = canvas.Rng.For("flowers");
        var name = flower.ToString().ToLowerInvariant() + "s";
        Floor(canvas, canvas.Layer(name + "-far", 0.75), flower);
        var far = canvas.Layer(name + "-rows", 0.7);
        if (canvas.Scene.Extras.Contains(Extra.Path)) Meadow.Ribbon(canvas, canvas.Layer("path", 0.36), canvas.Air.At(new Colour(0.70, 0.06, 70), 0.3), 0.2);
        var stand = spots.Count == 0 ? 2 : spots.Where(s => s.Depth < 0.5).Select(s => s.Y).DefaultIfEmpty(canvas.Height * 2).Min();
        for (var row = 0; row < Rows; row++)
        {
            var t = (row + 0.6) / Rows;
            var y = canvas.Down(t);
            var size = 9 + 150 * Math.Pow(t, 1.7) * (flower == Flower.Sunflower ? 1 : 0.62);
            var depth = 0.68 - t * 0.36;
            var before = y - size * 0.1 > stand;
            var brush = before ? canvas.Layer(name + "-near-" + row, 0.29 - t * 0.15) : t < 0.5 ? far : canvas.Layer(name + "-" + row, 0.45 - t * 0.1);
            Row(canvas, brush, flower, rng, y, size, depth, t, before ? spots : []);
        }
    }

    private static void Floor(Canvas canvas, Brush brush, Flower flower)
    {
        var bloom = Blossoms.Own(flower, canvas.Scene.Accent, canvas.Rng.For("bloom"));
        var leaf = new Colour(0.48, 0.11, 132);
        brush.Fill(Shape.Ground(Ridge.Rolling(canvas.Rng.For("field-edge"), canvas.Width, canvas.Horizon + 6, 10, 640), canvas.Height + 30),
            canvas.Defs.Down(canvas.Horizon, canvas.Height, canvas.Air.At(bloom.Mix(leaf, 0.25), 0.72), canvas.Air.At(leaf.Mix(bloom, 0.35), 0.5), canvas.Air.At(leaf, 0.35), canvas.Air.At(leaf.Darker(0.12), 0.2)));
    }

    private static void Row(Canvas canvas, Brush brush, Flower flower, Rng rng, double y, double size, double depth, double t, IReadOnlyList<Spot> avoid)
    {
        var fine = size > 42;
        var stamps = Enumerable.Range(0, fine ? 3 : 2).Select(_ => Blossoms.Stamp(canvas, flower, rng, depth, fine)).ToList();
        var spacing = size * (flower == Flower.Lavender ? 0.36 : flower == Flower.Sunflower ? 0.92 : 1.05);
        var count = (int)Math.Clamp(canvas.Width / spacing + 2, 3, 150);
        var shift = rng.Unit();
        Leaves(canvas, brush, flower, rng, y, size, depth, t, avoid);
        for (var i = 0; i < count; i++)
        {
            var x = (i - 0.5 + shift) * (canvas.Width + spacing) / count + rng.Jitter(spacing * 0.34);
            var rise = rng.Between(-0.42, 0.32) * size;
            if (avoid.Any(s => Math.Abs(s.X - x) < s.HalfWidth * 0.92 + size * 0.2 && y + rise - size * 0.4 < s.Y + 6)) continue;
            var scale = size / 100 * rng.Between(0.82, 1.18);
            if (fine && flower is not (Flower.Lavender or Flower.Tulip)) Stem(canvas, brush, x, y + rise, size, depth, rng);
            brush.Stamp(rng.Pick(stamps), x, y + rise, scale, flower is Flower.Lavender or Flower.Tulip ? rng.Jitter(8) : rng.Jitter(24), flower is Flower.Sunflower ? rng.Between(0.84, 0.98) : fine ? 0.92 : 0.75);
        }
    }

    private static void Leaves(Canvas canvas, Brush brush, Flower flower, Rng rng, double y, double size, double depth, double t, IReadOnlyList<Spot> avoid)
    {
        var leaf = new Colour(0.50 - t * 0.1, 0.12, 134);
        var count = (int)Math.Clamp(canvas.Width / (size * 0.85), 3, 120);
        for (var i = 0; i < count; i++)
        {
            var x = canvas.Width * (i + rng.Unit()) / count;
            if (avoid.Any(s => Math.Abs(s.X - x) < s.HalfWidth * 0.85)) continue;
            var tone = canvas.Air.At(leaf.Lighter(rng.Jitter(0.07)).Turn(rng.Jitter(12)), depth);
            if (size < 24 || flower == Flower.Lavender) { brush.Fill(Meadow.Blades(rng, x, y + size * 0.7, size * 1.1, size * 0.7, 5), tone); continue; }
            var (w, h) = (size * rng.Between(0.4, 0.62), size * rng.Between(0.24, 0.4));
            var side = rng.Chance(0.5) ? 1 : -1;
            var low = y + size * rng.Between(0.35, 1.0);
            brush.Fill(Shape.Smooth((x, low), (x + side * w * 0.4, low - h), (x + side * w * 1.2, low - h * 0.2), (x + side * w * 0.55, low + h * 0.5)), tone);
        }
    }

    private static void Stem(Canvas canvas, Brush brush, double x, double y, double size, double depth, Rng rng) =>
        brush.Line(Shape.Curve((x, y), (x + rng.Jitter(size * 0.1), y + size * 0.9), (x + rng.Jitter(size * 0.2), y + size * 1.9)), canvas.Air.At(new Colour(0.46, 0.11, 134), depth), size * 0.075);
}
