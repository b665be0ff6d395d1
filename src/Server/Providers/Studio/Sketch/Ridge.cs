namespace Rpd.Server.Providers.Studio.Sketch;

/// <summary>Edges of land from left to right: soft for hills and dunes, broken for rock.</summary>
internal static class Ridge
{
    /// <summary>Two or three swings added up; never more than <paramref name="height"/> from <paramref name="y"/>.</summary>
    public static List<Point> Rolling(Rng rng, double width, double y, double height, double wavelength)
    {
        var waves = Enumerable.Range(0, 3)
            .Select(i => (Length: wavelength / (1 + i * 1.3) * rng.Between(0.8, 1.2), Phase: rng.Between(0, 7), Share: 0.6 / (1 + i * 1.2)))
            .ToList();
        var steps = Math.Clamp((int)(width / 40), 12, 160);
        var edge = new List<Point>(steps + 1);
        for (var i = 0; i <= steps; i++)
        {
            var x = -20 + (width + 40) * i / steps;
            edge.Add(new Point(x, y - height * waves.Sum(w => w.Share * Math.Sin(x / w.Length * Math.Tau + w.Phase))));
        }
        return edge;
    }

    /// <summary>Peaks between <paramref name="y"/> and <paramref name="y"/> − <paramref name="height"/>, by halving and shifting.</summary>
    public static List<Point> Jagged(Rng rng, double width, double y, double height, double peakEvery, double roughness)
    {
        var peaks = Math.Clamp((int)(width / peakEvery) + 2, 3, 40);
        var edge = new List<Point>();
        for (var i = 0; i <= peaks * 2; i++)
        {
            var x = -60 + (width + 120) * i / (peaks * 2.0) + rng.Jitter(peakEvery * 0.12);
            edge.Add(new Point(x, i % 2 == 1 ? y - height * rng.Between(0.55, 1) : y - height * rng.Between(0.16, 0.42)));
        }
        for (var round = 0; round < 3; round++) edge = Halved(rng, edge, roughness * height / Math.Pow(2, round));
        return edge;
    }

    private static List<Point> Halved(Rng rng, List<Point> edge, double shift)
    {
        var finer = new List<Point>(edge.Count * 2) { edge[0] };
        for (var i = 1; i < edge.Count; i++)
        {
            var (a, b) = (edge[i - 1], edge[i]);
            finer.Add(new Point((a.X + b.X) / 2 + rng.Jitter((b.X - a.X) * 0.15), (a.Y + b.Y) / 2 + rng.Jitter(shift)));
            finer.Add(b);
        }
        return finer;
    }
}
