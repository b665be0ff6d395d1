using Rpd.Server.Media;

namespace Rpd.Server.Providers.Studio;

/// <summary><c>studio-voice</c>, text to speech: espeak-ng speaks into a WAV file, ffmpeg encodes it as MP3 unless WAV was asked for.</summary>
internal sealed class VoiceModel(Tools tools) : IStudioModel
{
    private const int SecondsMax = 300;

    public string Name => "studio-voice";

    public IReadOnlyList<Tool> Needs => [tools.EspeakNg, tools.Ffmpeg];

    public async Task<ProviderResult> Make(ProviderRequest request, IProgress<int> progress, CancellationToken cancel)
    {
        var wav = Path.Combine(request.WorkFolder, "voice.wav");
        if (await Speech.Say(tools, request, wav, cancel) is { } failed) return failed;
        progress.Report(60);
        if (string.Equals(request.Text("format"), "wav", StringComparison.OrdinalIgnoreCase)) return Answer.Finished(wav, progress);

        var mp3 = Path.Combine(request.WorkFolder, "voice.mp3");
        var encoded = await tools.Ffmpeg.Run(
            ["-v", "error", "-nostdin", "-i", wav, "-codec:a", "libmp3lame", "-q:a", "4", "-map_metadata", "-1", "-y", mp3], ToolOptions.Within(SecondsMax), cancel);
        File.Delete(wav);
        return encoded.ExitCode == 0 ? Answer.Finished(mp3, progress) : Answer.Broken("The speech could not be encoded.");
    }
}
