using System.Globalization;
using System.Text;
using Rpd.Server.Media;

namespace Rpd.Server.Providers.Studio;

/// <summary>Speaks a request's prompt into a WAV file with the voice, speed and pitch it asks for.</summary>
internal static class Speech
{
    private const int SecondsMax = 300;

    /// <summary>Quieter than this in 16-bit samples nobody hears; a text of marks alone gives as much.</summary>
    private const int PeakMin = 64;

    /// <returns>Null when it was spoken.</returns>
    public static async Task<ProviderResult.Failed?> Say(Tools tools, ProviderRequest request, string wav, CancellationToken cancel)
    {
        if (Voices.Find(request.Text("voice") ?? Voices.Usual) is not { } voice) return Answer.Invalid("There is no voice of this name.");
        var (speed, pitch) = (request.Whole("speed") ?? 165, request.Whole("pitch") ?? 50);
        if (speed is < 80 or > 320) return Answer.Invalid("The speed must be between 80 and 320 words a minute.");
        if (pitch is < 0 or > 99) return Answer.Invalid("The pitch must be between 0 and 99.");
        var spoken = await tools.EspeakNg.Run(
            ["--stdin", "-b", "1", "-v", voice, "-s", Number(speed), "-p", Number(pitch), "-w", wav],
            new ToolOptions(TimeSpan.FromSeconds(SecondsMax), Input: Speakable(request.Prompt)), cancel);
        if (spoken.ExitCode != 0) return Answer.Broken("The text could not be spoken.");
        return await Audible(wav, cancel) ? null : Answer.Invalid("There is nothing in the text that can be spoken.");
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

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
