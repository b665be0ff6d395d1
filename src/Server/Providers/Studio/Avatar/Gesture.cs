using Rpd.Server.Providers.Studio.Sketch;

namespace Rpd.Server.Providers.Studio.Avatar;

/// <summary>What a head does while it speaks: it sways a little, nods with the voice, and its eyes blink every few seconds.</summary>
internal sealed class Gesture(IReadOnlyList<double> mouths, Rng rng)
{
    private const double BlinkSeconds = 0.22;
    private readonly double _phase = rng.Between(0, 9);
    private readonly List<double> _blinks = [.. Blinks(rng.For("blinks"), mouths.Count / 24.0)];
    private readonly double[] _nods = Nods(mouths);

    /// <param name="X">Of the head to the right, in thousandths of the shorter side; <paramref name="Y"/> down.</param>
    /// <param name="Turn">Radians.</param>
    public readonly record struct Pose(double X, double Y, double Turn, double Mouth, double Lids);

    public Pose At(int frame)
    {
        var t = frame / 24.0;
        var mouth = mouths[Math.Min(frame, mouths.Count - 1)];
        var since = _blinks.Select(start => t - start).Where(s => s is >= 0 and < BlinkSeconds).DefaultIfEmpty(-1).First();
        var lids = since < 0 ? 0 : Math.Sin(Math.PI * since / BlinkSeconds);
        return new(9 * Math.Sin(t * 0.9 + _phase) + 4 * Math.Sin(t * 2.1 + _phase), 4 * Math.Sin(t * 1.3) + 9 * _nods[Math.Min(frame, _nods.Length - 1)], 0.022 * Math.Sin(t * 0.7 + _phase * 2) + 0.012 * Math.Sin(t * 1.9), mouth, lids);
    }

    private static IEnumerable<double> Blinks(Rng rng, double seconds)
    {
        for (var at = rng.Between(0.8, 2); at < seconds; at += rng.Between(1.8, 4.4)) yield return at;
    }

    // The head follows the voice's swell, slowly.
    private static double[] Nods(IReadOnlyList<double> mouths)
    {
        var nods = new double[mouths.Count];
        for (var i = 1; i < nods.Length; i++) nods[i] = nods[i - 1] + (mouths[i] - nods[i - 1]) * 0.14;
        return nods;
    }
}
