using System.Globalization;
using Rpd.Server.Media;
using Rpd.Server.Providers.Studio.Film;

namespace Rpd.Server.Providers.Studio.Sources;

/// <summary>
/// Reads what a request starts from: checked by its own bytes, bounded, and decoded by programs that are told not to trust it.
/// Everything that is wrong with it is a <see cref="MediaRefused"/> with a sentence for whoever sent it.
/// </summary>
internal sealed class Source(Tools tools)
{
    /// <summary>Of a video that may be worked on.</summary>
    public const int VideoSecondsMax = 30;
    public const int VideoSideMax = 4096;
    public const int SoundSecondsMax = 60;
    private const int DecodeSecondsMax = 60;
    private readonly Probe _probe = new(tools);

    public Task<MediaFacts> Picture(string? path, CancellationToken cancel) => Facts(path, "picture", "inputImageUrl", facts => facts.IsImage, cancel);

    public async Task<MediaFacts> Video(string? path, CancellationToken cancel)
    {
        var facts = await Facts(path, "video", "inputVideoUrl", facts => facts.IsVideo, cancel);
        if (facts.DurationSeconds is null or < 0.1) throw new MediaRefused("The video's length cannot be read.");
        if (facts.DurationSeconds > VideoSecondsMax + 0.5) throw new MediaRefused($"The video may be {VideoSecondsMax} seconds long at most.");
        if (facts.Width > VideoSideMax || facts.Height > VideoSideMax) throw new MediaRefused($"The video may be {VideoSideMax} pixels wide and high at most.");
        return await OnItsSide(path!, cancel) ? facts with { Width = facts.Height, Height = facts.Width } : facts;
    }

    public async Task<MediaFacts> Sound(string? path, CancellationToken cancel)
    {
        var facts = await Facts(path, "sound", "inputAudioUrl", facts => facts.IsAudio, cancel);
        return facts.DurationSeconds <= SoundSecondsMax + 0.5 ? facts : throw new MediaRefused($"The sound may be {SoundSecondsMax} seconds long at most.");
    }

    /// <summary>Upright, in plain colours on white, and no larger than the box; never enlarged.</summary>
    public async Task<Raster> Pixels(string path, int boxWidth, int boxHeight, string folder, CancellationToken cancel)
    {
        var (upright, plain) = (Path.Combine(folder, "source.png"), Path.Combine(folder, "source.ppm"));
        var size = string.Create(CultureInfo.InvariantCulture, $"{boxWidth}x{boxHeight}>");
        var shrunk = await tools.VipsThumbnail.Run([path, "--size", size, "-o", upright + "[compression=0,strip]"], Probe.Guarded(DecodeSecondsMax), cancel);
        if (shrunk.ExitCode != 0) throw new MediaRefused("The picture could not be decoded.");
        // The program that flattens takes the last of any channels for the opacity.
        var bands = (await tools.VipsHeader.Run(["-f", "bands", upright], ToolOptions.Within(DecodeSecondsMax), cancel)).Text.Trim();
        var flat = await tools.Vips.Run(bands is "2" or "4" ? ["flatten", upright, plain, "--background", "255"] : ["copy", upright, plain], ToolOptions.Within(DecodeSecondsMax), cancel);
        if (flat.ExitCode != 0) throw new MediaRefused("The picture could not be decoded.");
        var (rgb, width, height) = Pixmap.Read(await File.ReadAllBytesAsync(plain, cancel));
        File.Delete(upright);
        File.Delete(plain);
        return Raster.FromRgb(rgb, width, height);
    }

    // Telephones film sideways and say so; decoders turn the picture upright.
    private async Task<bool> OnItsSide(string path, CancellationToken cancel)
    {
        var answer = await tools.Ffprobe.Run(
            ["-v", "error", "-protocol_whitelist", "file", "-select_streams", "v:0", "-show_entries", "stream_side_data=rotation", "-of", "csv=p=0", path], Probe.Guarded(DecodeSecondsMax), cancel);
        return int.TryParse(answer.Text.Split('\n', ',')[0].Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var turn) && Math.Abs(turn) % 180 == 90;
    }

    private async Task<MediaFacts> Facts(string? path, string what, string field, Func<MediaFacts, bool> right, CancellationToken cancel)
    {
        if (path is null) throw new MediaRefused($"A {what} is needed: {field}.");
        if (!File.Exists(path)) throw new MediaRefused($"The {what} of {field} could not be read.");
        var facts = await _probe.Read(path, cancel);
        return right(facts) ? facts : throw new MediaRefused($"{field} must be a {what}; this is {facts.ContentType}.");
    }
}
