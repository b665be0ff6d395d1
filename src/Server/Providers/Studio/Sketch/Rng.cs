namespace Rpd.Server.Providers.Studio.Sketch;

/// <summary>
/// SplitMix64. Our own, because a picture must stay the same for a seed whatever runtime draws it, which the framework's generator does not promise.
/// </summary>
internal sealed class Rng
{
    private readonly ulong _seed;
    private ulong _state;

    public Rng(ulong seed) => _state = _seed = seed;

    public ulong Next()
    {
        _state += 0x9E3779B97F4A7C15;
        var z = _state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>0 ≤ x &lt; 1.</summary>
    public double Unit() => (Next() >> 11) * (1.0 / (1UL << 53));

    public double Between(double low, double high) => low + (high - low) * Unit();

    /// <summary>Around zero, at most <paramref name="reach"/> away.</summary>
    public double Jitter(double reach) => Between(-reach, reach);

    /// <summary>0 ≤ n &lt; <paramref name="end"/>.</summary>
    public int Below(int end) => (int)(Next() % (ulong)end);

    public bool Chance(double probability) => Unit() < probability;

    public T Pick<T>(IReadOnlyList<T> choices) => choices[Below(choices.Count)];

    /// <summary>A stream of its own for a named part, so that one motif more or less does not redraw all the others.</summary>
    public Rng For(string part) => new(Hash(part) ^ (_seed * 0xD1342543DE82EF95));

    /// <summary>FNV-1a over the UTF-16 units: stable everywhere, unlike string.GetHashCode.</summary>
    public static ulong Hash(string text)
    {
        var hash = 0xCBF29CE484222325UL;
        foreach (var unit in text) hash = (hash ^ unit) * 0x100000001B3;
        return hash;
    }
}
