using Rpd.Server.Media;
using Rpd.Server.Providers.Studio.Sketch;
using Rpd.Server.Providers.Studio.Tune;

namespace Rpd.Server.Providers.Studio;

/// <summary><c>studio-tune</c>, words to music: the prompt's mood decides tempo, key, instruments and drums, the seed writes the notes, and a synthesiser plays them.</summary>
internal sealed class TuneModel(Tools tools) : IStudioModel
{
    public const double SecondsMin = 5;
    public const double SecondsMax = 120;
    private const double SecondsUsual = 30;
    private const int EncodeSecondsMax = 60;

    public string Name => "studio-tune";

    public IReadOnlyList<Tool> Needs => [tools.Ffmpeg];

    public async Task<ProviderResult> Make(ProviderRequest request, IProgress<int> progress, CancellationToken cancel)
    {
        var seconds = request.Number("duration") ?? SecondsUsual;
        if (seconds is < SecondsMin or > SecondsMax) return Answer.Invalid($"The duration must be between {SecondsMin} and {SecondsMax} seconds.");
        var format = request.Text("format") ?? "mp3";
        if (format is not ("mp3" or "wav")) return Answer.Invalid("The format must be mp3 or wav.");
        var count = Math.Clamp(request.Count, 1, 4);
        var outputs = new List<ProviderOutput>();
        for (var i = 0; i < count; i++)
        {
            var stem = Path.Combine(request.WorkFolder, $"tune-{i + 1}");
            var part = new Share(progress, i, count);
            await Record(request.Prompt, unchecked(request.Seed() + i), seconds, stem + ".wav", part, cancel);
            if (format == "mp3" && !await Encode(stem, cancel)) return Answer.Broken("The music could not be encoded.");
            outputs.Add(new($"{stem}.{format}"));
            part.Report(100);
        }
        return new ProviderResult.Finished(outputs);
    }

    private static async Task Record(string prompt, long seed, double seconds, string path, IProgress<int> progress, CancellationToken cancel)
    {
        var rng = new Rng(Rng.Hash(prompt) ^ (unchecked((ulong)seed) * 0x9E3779B97F4A7C15));
        var mood = Mood.Read(prompt, rng.For("mood"));
        var recording = new Recording(seconds);
        await Task.Run(() =>
        {
            recording.Play(Score.Compose(mood, seconds, rng.For("score")), rng.For("hands"), share => progress.Report((int)(80 * share)), cancel);
            recording.Room(mood.Space);
        }, cancel);
        await recording.Save(path, cancel);
        progress.Report(90);
    }

    private async Task<bool> Encode(string stem, CancellationToken cancel)
    {
        var encoded = await tools.Ffmpeg.Run(
            ["-v", "error", "-nostdin", "-i", stem + ".wav", "-codec:a", "libmp3lame", "-b:a", "192k", "-map_metadata", "-1", "-fflags", "+bitexact", "-flags:a", "+bitexact", "-y", stem + ".mp3"],
            ToolOptions.Within(EncodeSecondsMax), cancel);
        File.Delete(stem + ".wav");
        return encoded.ExitCode == 0;
    }
}
