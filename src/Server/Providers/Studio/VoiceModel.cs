using System.Globalization;
using System.Text;
using Rpd.Server.Media;

namespace Rpd.Server.Providers.Studio;

/// <summary><c>studio-voice</c>, text to speech: espeak-ng speaks into a WAV file, ffmpeg encodes it as MP3 unless WAV was asked for.</summary>
internal sealed class VoiceModel(Tools tools) : IStudioModel
{
    private const int SecondsMax = 300;

    /// <summary>Quieter than this in 16-bit samples nobody hears; a text of marks alone gives as much.</summary>
    private const int PeakMin = 64;

    public string Name => "studio-voice";

    public IReadOnlyList<Tool> Needs => [tools.EspeakNg, tools.Ffmpeg];

    public async Task<ProviderResult> Make(ProviderRequest request, IProgress<int> progress, CancellationToken cancel)
    {
        if (Voices.Find(request.Text("voice") ?? Voices.Usual) is not { } voice) return Invalid("There is no voice of this name.");
        var (speed, pitch) = (request.Whole("speed") ?? 165, request.Whole("pitch") ?? 50);
        if (speed is < 80 or > 320) return Invalid("The speed must be between 80 and 320 words a minute.");
        if (pitch is < 0 or > 99) return Invalid("The pitch must be between 0 and 99.");

        var wav = Path.Combine(request.WorkFolder, "voice.wav");
        var spoken = await tools.EspeakNg.Run(
            ["--stdin", "-b", "1", "-v", voice, "-s", Number(speed), "-p", Number(pitch), "-w", wav],
            new ToolOptions(TimeSpan.FromSeconds(SecondsMax), Input: Speakable(request.Prompt)), cancel);
        if (spoken.ExitCode != 0) return new ProviderResult.Failed(ProviderFault.Internal, "The text could not be spoken.");
        if (!await Audible(wav, cancel)) return Invalid("There is nothing in the text that can be spoken.");
        progress.Report(60);
        if (string.Equals(request.Text("format"), "wav", StringComparison.OrdinalIgnoreCase)) return Finished(wav, progress);

        var mp3 = Path.Combine(request.WorkFolder, "voice.mp3");
        var encoded = await tools.Ffmpeg.Run(
            ["-v", "error", "-nostdin", "-i", wav, "-codec:a", "libmp3lame", "-q:a", "4", "-map_metadata", "-1", "-y", mp3], ToolOptions.Within(SecondsMax), cancel);
        File.Delete(wav);
        return encoded.ExitCode == 0 ? Finished(mp3, progress) : new ProviderResult.Failed(ProviderFault.Internal, "The speech could not be encoded.");
    }

    /// <summary>Plain text only: no control characters, and no double brackets, in which the program would read phonemes.</summary>
    private static string Speakable(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes()) plain.Append(Rune.IsControl(rune) ? " " : rune.ToString());
        return plain.Replace("[[", "[ [").Append('\n').ToString();
    }

    private static async Task<bool> Audible(string wav, CancellationToken cancel)
    {
        if (!File.Exists(wav)) return false;
        await using var file = File.OpenRead(wav);
        var buffer = new byte[64 * 1024];
        file.Seek(Math.Min(44, file.Length), SeekOrigin.Begin);
        int read;
        while ((read = await file.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancel)) > 0)
            for (var i = 0; i + 1 < read; i += 2)
                if (Math.Abs((int)BitConverter.ToInt16(buffer, i)) > PeakMin) return true;
        return false;
    }

    private static ProviderResult.Finished Finished(string path, IProgress<int> progress)
    {
        progress.Report(100);
        return new ProviderResult.Finished([new ProviderOutput(path)]);
    }

    private static ProviderResult.Failed Invalid(string message) => new(ProviderFault.InvalidInput, message);

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
