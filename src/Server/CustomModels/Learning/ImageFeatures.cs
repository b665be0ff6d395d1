namespace Rpd.Server.CustomModels.Learning;

/// <summary>
/// A picture of <see cref="Side"/>² pixels as edges and colours: histograms of oriented gradients (nine directions in cells of eight pixels, blocks of two by two cells made
/// comparable in strength, after Dalal and Triggs, 2005) and, for each quarter, how often each of 64 colours occurs.
/// </summary>
public static class ImageFeatures
{
    public const int Side = 64;

    private const int Cell = 8, Cells = Side / Cell, Directions = 9, Shades = 4, Colours = Shades * Shades * Shades, Quarters = 2;
    private const int Edges = (Cells - 1) * (Cells - 1) * 4 * Directions;

    public const int Length = Edges + (Quarters * Quarters * Colours);

    /// <param name="rgb">Three bytes a pixel, line by line.</param>
    public static FeatureVector Of(ReadOnlySpan<byte> rgb)
    {
        if (rgb.Length != Side * Side * 3) throw new ArgumentException($"{rgb.Length} bytes are no picture of {Side}² pixels.", nameof(rgb));
        var features = new float[Length];
        Gradients(rgb, features);
        Palette(rgb, features.AsSpan(Edges));
        // Either kind of feature has the same say.
        Scale(features.AsSpan(0, Edges));
        Scale(features.AsSpan(Edges));
        var there = new Dictionary<int, float>();
        for (var i = 0; i < features.Length; i++) if (features[i] > 0) there[i] = features[i];
        return FeatureVector.Of(there);
    }

    private static void Gradients(ReadOnlySpan<byte> rgb, float[] features)
    {
        var cells = new float[Cells, Cells, Directions];
        for (var y = 1; y < Side - 1; y++)
            for (var x = 1; x < Side - 1; x++)
            {
                var (dx, dy) = (Grey(rgb, x + 1, y) - Grey(rgb, x - 1, y), Grey(rgb, x, y + 1) - Grey(rgb, x, y - 1));
                var strength = MathF.Sqrt((dx * dx) + (dy * dy));
                if (strength == 0) continue;
                // An edge from dark to light and one from light to dark are the same edge. It is shared between the two directions next to it.
                var place = (MathF.Atan2(dy, dx) / MathF.PI * Directions) + Directions - 0.5f;
                var lower = (int)MathF.Floor(place);
                var share = place - lower;
                cells[y / Cell, x / Cell, (lower + Directions) % Directions] += strength * (1 - share);
                cells[y / Cell, x / Cell, (lower + 1 + Directions) % Directions] += strength * share;
            }
        var at = 0;
        var block = new float[4 * Directions];
        for (var y = 0; y < Cells - 1; y++)
            for (var x = 0; x < Cells - 1; x++)
            {
                for (var i = 0; i < block.Length; i++) block[i] = cells[y + (i / Directions / 2), x + (i / Directions % 2), i % Directions];
                Scale(block);
                // One strong edge must not silence the others.
                for (var i = 0; i < block.Length; i++) block[i] = MathF.Min(block[i], 0.2f);
                Scale(block);
                block.CopyTo(features, at);
                at += block.Length;
            }
    }

    private static void Palette(ReadOnlySpan<byte> rgb, Span<float> counts)
    {
        for (var i = 0; i < Side * Side; i++)
        {
            var (x, y) = (i % Side, i / Side);
            var quarter = (y * Quarters / Side * Quarters) + (x * Quarters / Side);
            var colour = (((rgb[i * 3] * Shades / 256) * Shades) + (rgb[(i * 3) + 1] * Shades / 256)) * Shades + (rgb[(i * 3) + 2] * Shades / 256);
            counts[(quarter * Colours) + colour]++;
        }
        // Large areas would hide small ones that tell more.
        for (var i = 0; i < counts.Length; i++) counts[i] = MathF.Sqrt(counts[i]);
    }

    private static float Grey(ReadOnlySpan<byte> rgb, int x, int y)
    {
        var at = ((y * Side) + x) * 3;
        return (0.299f * rgb[at]) + (0.587f * rgb[at + 1]) + (0.114f * rgb[at + 2]);
    }

    private static void Scale(Span<float> values)
    {
        double square = 0;
        foreach (var value in values) square += value * (double)value;
        if (square == 0) return;
        var length = (float)Math.Sqrt(square);
        for (var i = 0; i < values.Length; i++) values[i] /= length;
    }
}
