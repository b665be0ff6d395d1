using Rpd.Server.Providers.Studio.Sketch;

namespace Rpd.Server.Providers.Studio.Tune;

/// <summary>How the instruments sound: each writes one note's samples, as loud as 1 at most.</summary>
internal static class Voice
{
    private const double Rate = Recording.Rate;

    /// <summary>Seconds a note still sounds after it was let go.</summary>
    public static double Tail(Instrument instrument) => instrument switch
    {
        Instrument.Piano or Instrument.Keys => 0.5,
        Instrument.Guitar or Instrument.Bells => 1.1,
        Instrument.Strings => 0.7,
        _ => 0.15,
    };

    public static void Play(Note note, float[] into, Rng rng)
    {
        var pitch = 440 * Math.Pow(2, (note.Pitch - 69) / 12.0);
        switch (note.Voice)
        {
            case Instrument.Guitar: Pluck(pitch, into, rng); break;
            case Instrument.Piano: Tones(into, note.Seconds, pitch, [1, 0.55, 0.28, 0.18, 0.1, 0.06], 0.004, 1.1 + pitch / 700, 0.35, stretched: true); break;
            case Instrument.Organ: Tones(into, note.Seconds, pitch, [1, 0.7, 0.05, 0.5, 0, 0.2, 0, 0.25], 0.02, 0, 0.1); break;
            case Instrument.Bass: Tones(into, note.Seconds, pitch, [1, 0.5, 0.22, 0.08], 0.006, 0.9, 0.12); break;
            case Instrument.Strings: Bowed(into, note.Seconds, pitch, rng); break;
            case Instrument.Flute: Blown(into, note.Seconds, pitch, rng); break;
            case Instrument.Bells: Struck(into, pitch, 3.52, 2.2, 1.6); break;
            case Instrument.Keys: Struck(into, pitch, 1, 1.3, 1.1, note.Seconds); break;
            case Instrument.Synth: Lead(into, note.Seconds, pitch); break;
            default: throw new ArgumentOutOfRangeException(nameof(note), note.Voice, "An instrument without a sound.");
        }
    }

    // Attack in seconds, a natural decay per second, and the release after the note's own length.
    private static double Envelope(double t, double length, double attack, double decay, double release) =>
        Math.Min(1, t / attack) * Math.Exp(-t * decay) * (t <= length ? 1 : Math.Exp(-(t - length) / release * 4));

    private static void Tones(float[] into, double length, double pitch, double[] partials, double attack, double decay, double release, bool stretched = false)
    {
        for (var p = 0; p < partials.Length; p++)
        {
            // A real string's overtones are a little too high, and fade the sooner the higher they are.
            var frequency = pitch * (p + 1) * (stretched ? 1 + 0.0004 * p * p : 1);
            if (frequency > 9000 || partials[p] == 0) continue;
            var (step, share) = (Math.Tau * frequency / Rate, partials[p] / 1.9);
            for (var i = 0; i < into.Length; i++)
                into[i] += (float)(share * Math.Sin(step * i) * Envelope(i / Rate, length, attack, decay * (1 + p * 0.6), release));
        }
    }

    private static void Struck(float[] into, double pitch, double ratio, double depth, double decay, double length = 9)
    {
        var (carrier, modulator) = (Math.Tau * pitch / Rate, Math.Tau * pitch * ratio / Rate);
        for (var i = 0; i < into.Length; i++)
        {
            var t = i / Rate;
            into[i] = (float)(0.8 * Math.Sin(carrier * i + depth * Math.Exp(-t * 3.2) * Math.Sin(modulator * i)) * Envelope(t, length, 0.003, decay, 0.4));
        }
    }

    /// <summary>Karplus and Strong's string: a burst of noise that goes round and loses its edge.</summary>
    private static void Pluck(double pitch, float[] into, Rng rng)
    {
        var line = new double[Math.Max(4, (int)Math.Round(Rate / pitch))];
        var soft = 0.0;
        for (var i = 0; i < line.Length; i++) line[i] = soft = soft * 0.45 + rng.Jitter(1) * 0.55;
        for (int i = 0, at = 0; i < into.Length; i++, at = (at + 1) % line.Length)
        {
            into[i] = (float)(line[at] * 1.5);
            line[at] = 0.4985 * (line[at] + line[(at + 1) % line.Length]);
        }
    }

    private static void Bowed(float[] into, double length, double pitch, Rng rng)
    {
        foreach (var detune in new[] { -0.0035, 0, 0.004 })
        {
            var phase = rng.Unit() * 7;
            for (var p = 1; p <= 7 && pitch * p < 8000; p++)
            {
                var (step, share) = (Math.Tau * pitch * (1 + detune) * p / Rate, 0.24 / Math.Pow(p, 1.35));
                for (var i = 0; i < into.Length; i++) into[i] += (float)(share * Math.Sin(step * i + phase * p));
            }
        }
        for (var i = 0; i < into.Length; i++) into[i] *= (float)(Envelope(i / Rate, length, Math.Min(0.28, length * 0.4), 0, 0.7) * (1 + 0.08 * Math.Sin(i / Rate * 30)));
    }

    private static void Blown(float[] into, double length, double pitch, Rng rng)
    {
        var (phase, breath) = (0.0, 0.0);
        for (var i = 0; i < into.Length; i++)
        {
            var t = i / Rate;
            phase += Math.Tau * pitch * (1 + 0.004 * Math.Sin(t * 31) * Math.Min(1, t * 3)) / Rate;
            breath += (rng.Jitter(1) - breath) * 0.2;
            into[i] = (float)((0.72 * Math.Sin(phase) + 0.14 * Math.Sin(2 * phase) + 0.05 * Math.Sin(3 * phase) + 0.06 * breath) * Envelope(t, length, 0.06, 0, 0.12));
        }
    }

    private static void Lead(float[] into, double length, double pitch)
    {
        var phase = 0.0;
        for (var i = 0; i < into.Length; i++)
        {
            var t = i / Rate;
            phase += Math.Tau * pitch * (1 + 0.003 * Math.Sin(t * 34) * Math.Min(1, t * 2)) / Rate;
            var bright = 0.35 + 0.65 * Math.Exp(-t * 5);
            into[i] = (float)(0.55 * (Math.Sin(phase) + bright * (0.5 * Math.Sin(2 * phase) + 0.33 * Math.Sin(3 * phase) + 0.2 * Math.Sin(5 * phase))) * Envelope(t, length, 0.01, 0.4, 0.12));
        }
    }
}
