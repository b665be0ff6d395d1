using Rpd.Server.Providers.Studio.Sketch;

namespace Rpd.Server.Providers.Studio.Tune;

/// <summary>The drums: a falling tone for skins, noise for snares and metal.</summary>
internal static class Percussion
{
    public static float[] Sound(Drum drum, Rng rng)
    {
        var (seconds, tone, fall, ring, noise, hiss) = drum switch
        {
            Drum.Kick => (0.35, 52.0, 110.0, 11.0, 0.02, 60.0),
            Drum.Tom => (0.5, 88.0, 60.0, 9.0, 0.08, 25.0),
            Drum.Snare => (0.28, 185.0, 40.0, 24.0, 0.75, 17.0),
            Drum.Brush => (0.22, 0.0, 0.0, 1.0, 0.42, 22.0),
            Drum.Hat => (0.09, 0.0, 0.0, 1.0, 0.5, 62.0),
            _ => throw new ArgumentOutOfRangeException(nameof(drum)),
        };
        var sound = new float[(int)(seconds * Recording.Rate)];
        var (phase, before) = (0.0, 0.0);
        for (var i = 0; i < sound.Length; i++)
        {
            var t = i / (double)Recording.Rate;
            phase += Math.Tau * (tone + fall * Math.Exp(-t * 34)) / Recording.Rate;
            var grain = rng.Jitter(1);
            // Metal has no lows: only what changed since the last sample.
            var rustle = drum is Drum.Hat or Drum.Brush ? (grain - before) * 0.6 : grain;
            before = grain;
            sound[i] = (float)((tone > 0 ? 0.9 * Math.Sin(phase) * Math.Exp(-t * ring) : 0) + noise * rustle * Math.Exp(-t * hiss));
        }
        return sound;
    }
}
