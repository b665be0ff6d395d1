using Rpd.Server.Providers.Studio.Sketch;

namespace Rpd.Server.Providers.Studio.Tune;

/// <param name="At">Seconds from the start.</param>
/// <param name="Pitch">MIDI number.</param>
/// <param name="Force">0–1.</param>
/// <param name="Pan">−1 left to 1 right.</param>
internal readonly record struct Note(double At, double Seconds, int Pitch, Instrument Voice, double Force, double Pan);

internal enum Drum { Kick, Snare, Hat, Brush, Tom }

internal readonly record struct Hit(double At, Drum Drum, double Force);

/// <summary>
/// A piece of music: chords in four-bar rounds, a bass under them, and a melody made of one motif that is stated, varied and answered.
/// It opens with the chords alone, takes up bass and drums, and comes home to the key's own chord.
/// </summary>
internal sealed class Score
{
    private readonly Mood _mood;
    private readonly double _beat;
    private readonly Rng _rng;

    private Score(Mood mood, double seconds, Rng rng)
    {
        (_mood, _rng) = (mood, rng);
        // The last bar ends with the piece: the tempo gives way a little instead of the form.
        var bars = Math.Max(2, (int)Math.Round(seconds / (mood.BeatsPerBar * 60 / mood.Bpm)));
        _beat = seconds / bars / mood.BeatsPerBar;
        Write(bars);
    }

    public List<Note> Notes { get; } = [];

    public List<Hit> Hits { get; } = [];

    public static Score Compose(Mood mood, double seconds, Rng rng) => new(mood, seconds, rng);

    private void Write(int bars)
    {
        var (verse, chorus) = (_rng.Pick(_mood.Progressions), _rng.Pick(_mood.Progressions));
        var (motif, answer) = (Motif(_rng.For("motif")), Motif(_rng.For("answer")));
        var lead = _rng.For("lead");
        var degree = 7 + lead.Below(3);
        for (var bar = 0; bar < bars; bar++)
        {
            var round = bar / 4;
            var last = bar == bars - 1;
            var lift = round % 4 == 2;
            var chord = last ? 0 : (lift ? chorus : verse) is var way ? way[bar % way.Length] : 0;
            var intro = bars >= 8 && bar < (bars >= 16 ? 4 : 2);
            var full = !intro && !(last && bars > 4);
            Chords(bar, chord, lift ? 0.62 : 0.5, last);
            if (_mood.Bass && !intro) Bass(bar, chord, last);
            if (full) Drums(bar, fill: bar % 8 == 7);
            if (!intro || _mood.Density < 0.3) degree = Melody(bar, chord, (bar % 4) switch { 1 => Shift(motif, 1), 3 => answer, _ => motif }, degree, lift, last, lead);
        }
    }

    private double Start(int bar, double beat)
    {
        var half = beat * 2;
        var late = half % 2 is >= 1 and < 2 ? _mood.Swing / 2 : 0;
        return (bar * _mood.BeatsPerBar + beat + late) * _beat;
    }

    private int Pitch(int degree, int octave)
    {
        var steps = _mood.Scale.Length;
        var at = ((degree % steps) + steps) % steps;
        return _mood.Root + 12 * octave + 12 * (int)Math.Floor((double)degree / steps) + _mood.Scale[at];
    }

    private void Chords(int bar, int chord, double force, bool last)
    {
        var pitches = new[] { 0, 2, 4, _mood.Swing > 0 ? 6 : 7 }.Select(step => Pitch(chord + step, 0)).Select(pitch => pitch > _mood.Root + 17 ? pitch - 12 : pitch).ToArray();
        var whole = _mood.BeatsPerBar * _beat;
        switch (_mood.Chords)
        {
            case Instrument.Guitar or Instrument.Piano when !last:
                // Broken upwards, and back.
                var steps = _mood.BeatsPerBar * 2;
                for (var i = 0; i < steps; i++)
                    Notes.Add(new(Start(bar, i / 2.0), _beat * 1.6, pitches[i % 6 is 4 or 5 ? 6 - i % 6 : i % 6 % 4] + (i % 6 == 3 ? 12 : 0), _mood.Chords, force * (i == 0 ? 1 : 0.72), i % 2 == 0 ? -0.35 : 0.35));
                break;
            case Instrument.Keys or Instrument.Synth when !last:
                foreach (var (beat, share) in _mood.Beat == Beat.Four ? new[] { (0.5, 0.4), (1.5, 0.4), (2.5, 0.4), (3.5, 0.4) } : [(0, 1.4), (1.5, 0.9), (2.5, 1.2)])
                    foreach (var (i, pitch) in pitches.Index())
                        if (beat < _mood.BeatsPerBar) Notes.Add(new(Start(bar, beat), _beat * share, pitch, _mood.Chords, force * 0.7, (i - 1.5) * 0.3));
                break;
            default:
                foreach (var (i, pitch) in pitches.Index()) Notes.Add(new(Start(bar, 0), whole * (last ? 1.6 : 1.08), pitch, _mood.Chords, force * 0.75, (i - 1.5) * 0.4));
                break;
        }
    }

    private void Bass(int bar, int chord, bool last)
    {
        var (root, fifth) = (Low(Pitch(chord, -1)), Low(Pitch(chord + 4, -1)));
        if (last || _mood.Beat == Beat.None) Notes.Add(new(Start(bar, 0), _mood.BeatsPerBar * _beat * (last ? 1.5 : 0.96), root, Instrument.Bass, 0.6, 0));
        else if (_mood.Beat is Beat.Four or Beat.Rock)
            for (var i = 0; i < _mood.BeatsPerBar * 2; i++) Notes.Add(new(Start(bar, i / 2.0), _beat * 0.42, _mood.Beat == Beat.Four && i % 2 == 1 ? root + 12 : root, Instrument.Bass, i % 2 == 0 ? 0.65 : 0.5, 0));
        else if (_mood.Swing > 0.25)
            for (var i = 0; i < _mood.BeatsPerBar; i++) Notes.Add(new(Start(bar, i), _beat * 0.85, i switch { 0 => root, 1 => Low(Pitch(chord + 2, -1)), 2 => fifth, _ => fifth + 1 }, Instrument.Bass, 0.6, 0));
        else
        {
            Notes.Add(new(Start(bar, 0), _beat * 1.4, root, Instrument.Bass, 0.65, 0));
            Notes.Add(new(Start(bar, _mood.BeatsPerBar / 2.0), _beat * 1.2, fifth, Instrument.Bass, 0.55, 0));
        }
    }

    // Below what small loudspeakers still play there is no use.
    private static int Low(int pitch) => pitch < 31 ? pitch + 12 : pitch > 45 ? pitch - 12 : pitch;

    private List<(double Beat, double Length)> Motif(Rng rng)
    {
        var rhythm = new List<(double, double)>();
        for (var beat = 0.0; beat < _mood.BeatsPerBar;)
        {
            var length = rng.Chance(_mood.Density) ? rng.Chance(_mood.Density * 0.8) ? 0.5 : 1 : rng.Pick([1.0, 1.5, 2, 2]);
            length = Math.Min(length, _mood.BeatsPerBar - beat);
            if (beat == 0 || rng.Chance(0.5 + _mood.Density * 0.45)) rhythm.Add((beat, length));
            beat += length;
        }
        return rhythm;
    }

    private List<(double Beat, double Length)> Shift(List<(double Beat, double Length)> motif, int drop) =>
        motif.Count > 2 ? [.. motif.Take(motif.Count - drop)] : motif;

    private int Melody(int bar, int chord, List<(double Beat, double Length)> rhythm, int degree, bool lift, bool last, Rng rng)
    {
        if (last)
        {
            Notes.Add(new(Start(bar, 0), _mood.BeatsPerBar * _beat * 1.4, Pitch(7, 1), _mood.Lead, 0.7, 0.1));
            return 7;
        }
        foreach (var (beat, length) in rhythm)
        {
            degree = beat == 0 || rng.Chance(0.3) ? Nearest(degree + rng.Below(3) - 1, chord) : degree + rng.Pick([-1, 1, 1, -1, 2, -2]);
            degree = Math.Clamp(degree, 3, 13);
            var force = (beat == 0 ? 0.78 : 0.62) + (lift ? 0.1 : 0) + rng.Jitter(0.05);
            Notes.Add(new(Start(bar, beat) + rng.Between(0, 0.008), length * _beat * 1.05, Pitch(degree, _mood.Lead == Instrument.Bells ? 2 : 1), _mood.Lead, force, 0.12));
        }
        return degree;
    }

    /// <summary>The chord's own note next to a step of the scale.</summary>
    private static int Nearest(int degree, int chord) =>
        Enumerable.Range(0, 18).Where(d => ((d - chord) % 7 + 7) % 7 is 0 or 2 or 4).MinBy(d => Math.Abs(d - degree));

    private void Drums(int bar, bool fill)
    {
        void Hit(double beat, Drum drum, double force)
        {
            if (beat < _mood.BeatsPerBar) Hits.Add(new(Start(bar, beat), drum, force));
        }
        var beats = _mood.BeatsPerBar;
        switch (_mood.Beat)
        {
            case Beat.Soft:
                Hit(0, Drum.Kick, 0.5);
                for (var i = 1; i < beats; i++) Hit(i, Drum.Brush, beats == 3 || i % 2 == 1 ? 0.5 : 0.25);
                for (var i = 0; i < beats; i++) Hit(i + 0.5, Drum.Hat, 0.18);
                break;
            case Beat.Lazy:
                foreach (var beat in new[] { 0, 1.5, 2.5 }) Hit(beat, Drum.Kick, 0.6);
                foreach (var beat in new[] { 1.0, 3 }) Hit(beat, Drum.Brush, 0.75);
                for (var i = 0; i < beats * 2; i++) Hit(i / 2.0, Drum.Hat, i % 2 == 0 ? 0.3 : 0.18);
                break;
            case Beat.Four:
                for (var i = 0; i < beats; i++) Hit(i, Drum.Kick, 0.9);
                foreach (var beat in new[] { 1.0, 3 }) Hit(beat, Drum.Snare, 0.55);
                for (var i = 0; i < beats; i++) Hit(i + 0.5, Drum.Hat, 0.45);
                break;
            case Beat.Rock:
                foreach (var beat in new[] { 0, 2, 2.5 }) Hit(beat, Drum.Kick, 0.85);
                foreach (var beat in new[] { 1.0, 3 }) Hit(beat, Drum.Snare, 0.8);
                for (var i = 0; i < beats * 2; i++) Hit(i / 2.0, Drum.Hat, i % 2 == 0 ? 0.4 : 0.28);
                break;
            case Beat.March:
                Hit(0, Drum.Tom, 0.9);
                Hit(2, Drum.Tom, 0.7);
                foreach (var beat in new[] { 1, 1.5, 3, 3.25, 3.5, 3.75 }) Hit(beat, Drum.Snare, 0.3 + (beat == 3 ? 0.2 : 0));
                break;
            case Beat.None:
                return;
            default:
                throw new InvalidOperationException("A beat without drums.");
        }
        if (fill && _mood.Beat is not Beat.Soft)
            for (var i = 0; i < 4; i++) Hit(beats - 1 + i / 4.0, Drum.Tom, 0.45 + i * 0.1);
    }
}
