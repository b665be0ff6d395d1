using System.Buffers.Binary;
using Rpd.Server.Providers.Studio.Sketch;

namespace Rpd.Server.Providers.Studio.Tune;

/// <summary>Two channels at 44.1 kHz: what is played into it, the room around it, and the file it becomes.</summary>
internal sealed class Recording(double seconds)
{
    public const int Rate = 44_100;
    private readonly float[] _left = new float[(int)Math.Round(seconds * Rate)], _right = new float[(int)Math.Round(seconds * Rate)];

    /// <param name="progress">Called with the share that is done, 0–1.</param>
    public void Play(Score score, Rng rng, Action<double> progress, CancellationToken cancel)
    {
        foreach (var (i, note) in score.Notes.Index())
        {
            cancel.ThrowIfCancellationRequested();
            var sound = new float[(int)((note.Seconds + Voice.Tail(note.Voice)) * Rate)];
            Voice.Play(note, sound, rng.For("note" + i));
            Mix(sound, note.At, note.Force * Level(note.Voice), note.Pan);
            progress((i + 1.0) / score.Notes.Count);
        }
        var drums = Enum.GetValues<Drum>().ToDictionary(drum => drum, drum => Percussion.Sound(drum, rng.For(drum.ToString())));
        foreach (var hit in score.Hits) Mix(drums[hit.Drum], hit.At, hit.Force * 0.5, hit.Drum == Drum.Hat ? 0.25 : 0);
    }

    /// <param name="wet">0–1: how much of the room is heard.</param>
    public void Room(double wet)
    {
        var (left, right) = (new Reverb(0), new Reverb(23));
        for (var i = 0; i < _left.Length; i++)
        {
            var dry = (_left[i] + _right[i]) * 0.5f;
            _left[i] += (float)wet * left.Next(dry);
            _right[i] += (float)wet * right.Next(dry);
        }
    }

    /// <summary>Even in loudness, without a click at either end.</summary>
    public async Task Save(string path, CancellationToken cancel)
    {
        var peak = Math.Max(1e-6, Math.Max(_left.Max(Math.Abs), _right.Max(Math.Abs)));
        var gain = 1.5 / peak;
        var file = new byte[44 + _left.Length * 4];
        Header(file);
        var (fadeIn, fadeOut) = (Rate / 100, (int)Math.Min(_left.Length * 0.2, Rate * 2.0));
        for (var i = 0; i < _left.Length; i++)
        {
            var fade = Math.Min(1.0, Math.Min((double)i / fadeIn, (double)(_left.Length - 1 - i) / fadeOut)) * 30_000 / Math.Tanh(1.5);
            BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(44 + i * 4), (short)(Math.Tanh(_left[i] * gain) * fade));
            BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(46 + i * 4), (short)(Math.Tanh(_right[i] * gain) * fade));
        }
        await File.WriteAllBytesAsync(path, file, cancel);
    }

    private static double Level(Instrument voice) => voice switch
    {
        Instrument.Bass => 0.5,
        Instrument.Strings => 0.22,
        Instrument.Organ => 0.2,
        Instrument.Guitar => 0.4,
        Instrument.Keys => 0.3,
        _ => 0.42,
    };

    private void Mix(float[] sound, double at, double level, double pan)
    {
        var from = (int)(at * Rate);
        var (left, right) = ((float)(level * Math.Sqrt(0.5 - pan / 2)), (float)(level * Math.Sqrt(0.5 + pan / 2)));
        for (var i = 0; i < sound.Length && from + i < _left.Length; i++)
        {
            _left[from + i] += sound[i] * left;
            _right[from + i] += sound[i] * right;
        }
    }

    private static void Header(Span<byte> file)
    {
        "RIFF"u8.CopyTo(file);
        BinaryPrimitives.WriteInt32LittleEndian(file[4..], file.Length - 8);
        "WAVEfmt "u8.CopyTo(file[8..]);
        BinaryPrimitives.WriteInt32LittleEndian(file[16..], 16);
        BinaryPrimitives.WriteInt16LittleEndian(file[20..], 1);
        BinaryPrimitives.WriteInt16LittleEndian(file[22..], 2);
        BinaryPrimitives.WriteInt32LittleEndian(file[24..], Rate);
        BinaryPrimitives.WriteInt32LittleEndian(file[28..], Rate * 4);
        BinaryPrimitives.WriteInt16LittleEndian(file[32..], 4);
        BinaryPrimitives.WriteInt16LittleEndian(file[34..], 16);
        "data"u8.CopyTo(file[36..]);
        BinaryPrimitives.WriteInt32LittleEndian(file[40..], file.Length - 44);
    }
}

/// <summary>Schroeder's room: four echoes side by side that lose their highs, then two that blur them.</summary>
internal sealed class Reverb(int spread)
{
    private readonly float[][] _combs = [.. new[] { 1557, 1617, 1491, 1422 }.Select(length => new float[length + spread])], _passes = [.. new[] { 556, 341 }.Select(length => new float[length + spread])];
    private readonly float[] _damped = new float[4];
    private int _at;

    public float Next(float dry)
    {
        var sum = 0f;
        for (var i = 0; i < _combs.Length; i++)
        {
            var line = _combs[i];
            ref var slot = ref line[_at % line.Length];
            _damped[i] = slot * 0.7f + _damped[i] * 0.3f;
            sum += slot;
            slot = dry + _damped[i] * 0.84f;
        }
        sum *= 0.25f;
        foreach (var line in _passes)
        {
            ref var slot = ref line[_at % line.Length];
            var delayed = slot;
            slot = sum + delayed * 0.5f;
            sum = delayed - sum * 0.5f;
        }
        _at = (_at + 1) % int.MaxValue;
        return sum;
    }
}
