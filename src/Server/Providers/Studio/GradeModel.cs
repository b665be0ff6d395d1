using System.Globalization;
using Rpd.Server.Media;
using Rpd.Server.Providers.Studio.Film;
using Rpd.Server.Providers.Studio.Looks;
using Rpd.Server.Providers.Studio.Sources;

namespace Rpd.Server.Providers.Studio;

/// <summary><c>studio-grade</c>, video to video: another colour, another style, another pace, backwards, or with a steady hand. The sound goes along.</summary>
internal sealed class GradeModel(Tools tools) : IStudioModel
{
    public static readonly IReadOnlyList<string> Operations = ["grade", "stylise", "speed", "reverse", "stabilise"];

    private const double Area = 1280.0 * 720;
    private const double StyledArea = 960.0 * 540;
    private const int SecondsMax = 600;

    private static readonly Dictionary<string, string> Grades = new()
    {
        ["cinematic"] = "colorbalance=rs=-0.08:bs=0.14:gm=-0.01:rh=0.12:bh=-0.14,eq=contrast=1.12:saturation=1.06",
        ["warm"] = "colortemperature=temperature=4600:mix=0.8,eq=saturation=1.1",
        ["cool"] = "colortemperature=temperature=9000:mix=0.8",
        ["vivid"] = "eq=contrast=1.1:saturation=1.55,unsharp=5:5:0.4",
        ["noir"] = "hue=s=0,curves=preset=strong_contrast,vignette=PI/4.5",
        ["vintage"] = "curves=preset=vintage,eq=saturation=0.85,vignette=PI/5",
        ["bleach"] = "eq=saturation=0.35:contrast=1.35:gamma=0.95",
        ["dream"] = "split[a][b];[b]gblur=sigma=14[c];[a][c]blend=all_mode=screen:all_opacity=0.45,eq=gamma=0.92:saturation=1.12",
        ["night"] = "curves=all='0/0 0.5/0.30 1/0.75',colorbalance=bs=0.2:bm=0.14:rm=-0.08,eq=saturation=0.7",
    };

    public static IEnumerable<string> Looks => Grades.Keys;

    public string Name => "studio-grade";

    public IReadOnlyList<Tool> Needs => [tools.Ffmpeg, tools.Ffprobe];

    public async Task<ProviderResult> Make(ProviderRequest request, IProgress<int> progress, CancellationToken cancel)
    {
        var prompt = request.Prompt;
        var operation = request.Text("operation") ?? Said(prompt) ?? (request.Text("style") is not null || Restyle.Said(prompt) is not null ? "stylise" : "grade");
        if (!Operations.Contains(operation)) return Answer.Invalid($"The operation must be one of: {string.Join(", ", Operations)}.");
        var factor = request.Number("speed") ?? (prompt.Contains("slow", StringComparison.OrdinalIgnoreCase) ? 0.5 : 2);
        if (factor is < 0.25 or > 4) return Answer.Invalid("The speed must be between 0.25 and 4.");
        var look = request.Text("look") ?? Grades.Keys.FirstOrDefault(name => prompt.Contains(name, StringComparison.OrdinalIgnoreCase)) ?? "cinematic";
        if (!Grades.TryGetValue(look, out var grade)) return Answer.Invalid($"The look must be one of: {string.Join(", ", Grades.Keys)}.");
        var strength = request.Number("strength") ?? 0.9;
        if (strength is < 0 or > 1) return Answer.Invalid("The strength must be between 0 and 1.");

        var facts = await new Source(tools).Video(request.Inputs.Video, cancel);
        progress.Report(5);
        var path = Path.Combine(request.WorkFolder, "grade.mp4");
        var made = operation switch
        {
            "stylise" => await Stylise(request, facts, path, strength, progress, cancel),
            "stabilise" => await Stabilise(request, facts, path, progress, cancel),
            "reverse" => await Filter(request, facts, path, "reverse", "areverse", cancel),
            "speed" => await Filter(request, facts, path, string.Create(CultureInfo.InvariantCulture, $"setpts=PTS/{factor},fps=24"), Tempo(factor), cancel),
            _ => await Filter(request, facts, path, Blend(grade, strength), "anull", cancel),
        };
        return made ? Answer.Finished(path, progress) : Answer.Broken("The video could not be written.");
    }

    private static string? Said(string prompt) => prompt.ToLowerInvariant() switch
    {
        var text when text.Contains("reverse", StringComparison.Ordinal) || text.Contains("backward", StringComparison.Ordinal) => "reverse",
        var text when text.Contains("stabil", StringComparison.Ordinal) || text.Contains("steady", StringComparison.Ordinal) => "stabilise",
        var text when text.Contains("slow", StringComparison.Ordinal) || text.Contains("faster", StringComparison.Ordinal) || text.Contains("speed", StringComparison.Ordinal) => "speed",
        _ => null,
    };

    private static string Blend(string grade, double strength) =>
        string.Create(CultureInfo.InvariantCulture, $"format=gbrp,split[was][now];[now]{grade},format=gbrp[graded];[was][graded]blend=all_expr='A*{1 - strength:0.###}+B*{strength:0.###}'");

    // One filter halves or doubles at most.
    private static string Tempo(double factor) => factor switch
    {
        < 0.5 => string.Create(CultureInfo.InvariantCulture, $"atempo=0.5,atempo={factor / 0.5}"),
        > 2 => string.Create(CultureInfo.InvariantCulture, $"atempo=2,atempo={factor / 2}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"atempo={factor}"),
    };

    private async Task<bool> Filter(ProviderRequest request, MediaFacts facts, string path, string picture, string sound, CancellationToken cancel, string first = "")
    {
        var (width, height) = Frames.Fit(facts.Width!.Value, facts.Height!.Value, Area);
        // Going backwards keeps all pictures in memory, so there may not be too many of them.
        var scale = string.Create(CultureInfo.InvariantCulture, $"scale={width}:{height}:flags=bicubic,{(picture == "reverse" ? "fps=24," : "")}{first}");
        var result = await tools.Ffmpeg.Run(
            [
                "-v", "error", "-nostdin", "-protocol_whitelist", "file", "-t", $"{Source.VideoSecondsMax}", "-i", request.Inputs.Video!, "-map", "0:v:0", "-map", "0:a:0?",
                "-vf", $"{scale}{picture},format=yuv420p", "-af", sound, .. FilmReel.Encoding, .. FilmReel.SoundEncoding, "-y", path,
            ],
            Probe.Guarded(SecondsMax) with { Folder = request.WorkFolder }, cancel);
        return result.ExitCode == 0 && File.Exists(path);
    }

    private async Task<bool> Stylise(ProviderRequest request, MediaFacts facts, string path, double strength, IProgress<int> progress, CancellationToken cancel)
    {
        var style = Restyle.Said(request.Text("style")) ?? Restyle.Said(request.Prompt) ?? "comic";
        var (width, height) = Frames.Fit(facts.Width!.Value, facts.Height!.Value, StyledArea);
        var hue = unchecked((ulong)request.Seed()) % 24 * 15;
        return await Reprint.Run(tools, request.Inputs.Video!, facts, new Reel(path, width, height, 0, request.Inputs.Video), (_, from, to) => Restyle.Paint(style, from, to, strength, hue), progress, cancel);
    }

    /// <summary>First the camera's shaking is measured, then taken away; the picture comes a little closer so that its rim stays outside.</summary>
    private async Task<bool> Stabilise(ProviderRequest request, MediaFacts facts, string path, IProgress<int> progress, CancellationToken cancel)
    {
        var (width, height) = Frames.Fit(facts.Width!.Value, facts.Height!.Value, Area);
        var measured = await tools.Ffmpeg.Run(
            [
                "-v", "error", "-nostdin", "-protocol_whitelist", "file", "-t", $"{Source.VideoSecondsMax}", "-i", request.Inputs.Video!, "-map", "0:v:0",
                "-vf", string.Create(CultureInfo.InvariantCulture, $"scale={width}:{height}:flags=bicubic,format=yuv420p,vidstabdetect=shakiness=8:accuracy=12:result=shake.trf"), "-f", "null", "-",
            ],
            Probe.Guarded(SecondsMax) with { Folder = request.WorkFolder }, cancel);
        if (measured.ExitCode != 0) throw new MediaRefused("The video could not be decoded.");
        progress.Report(50);
        var made = await Filter(request, facts, path, "vidstabtransform=input=shake.trf:smoothing=20:optzoom=1:interpol=bilinear,unsharp=5:5:0.4", "anull", cancel, "format=yuv420p,");
        File.Delete(Path.Combine(request.WorkFolder, "shake.trf"));
        return made;
    }
}
