using System.Buffers.Binary;

namespace Rpd.Server.Providers.Sandbox;

/// <summary>A WAV file of soft beeps, one a second: a test tone and no voice or music that a model made.</summary>
internal static class Tone
{
    private const int Rate = 16_000, HeaderBytes = 44;

    public static async Task Write(string path, double seconds, CancellationToken cancel)
    {
        var samples = (int)(seconds * Rate);
        var wav = new byte[HeaderBytes + (samples * 2)];
        "RIFF"u8.CopyTo(wav);
        BinaryPrimitives.WriteInt32LittleEndian(wav.AsSpan(4), wav.Length - 8);
        "WAVEfmt "u8.CopyTo(wav.AsSpan(8));
        BinaryPrimitives.WriteInt32LittleEndian(wav.AsSpan(16), 16);
        BinaryPrimitives.WriteInt16LittleEndian(wav.AsSpan(20), 1); // PCM
        BinaryPrimitives.WriteInt16LittleEndian(wav.AsSpan(22), 1); // mono
        BinaryPrimitives.WriteInt32LittleEndian(wav.AsSpan(24), Rate);
        BinaryPrimitives.WriteInt32LittleEndian(wav.AsSpan(28), Rate * 2);
        BinaryPrimitives.WriteInt16LittleEndian(wav.AsSpan(32), 2);
        BinaryPrimitives.WriteInt16LittleEndian(wav.AsSpan(34), 16);
        "data"u8.CopyTo(wav.AsSpan(36));
        BinaryPrimitives.WriteInt32LittleEndian(wav.AsSpan(40), samples * 2);
        for (var i = 0; i < samples; i++)
        {
            var inBeep = i % Rate < Rate / 4;
            var value = inBeep ? (short)(6000 * Math.Sin(2 * Math.PI * 440 * i / Rate)) : (short)0;
            BinaryPrimitives.WriteInt16LittleEndian(wav.AsSpan(HeaderBytes + (i * 2)), value);
        }
        await File.WriteAllBytesAsync(path, wav, cancel);
    }
}
