using Rpd.Server.Media;
using Rpd.Server.Providers.Studio.Avatar;
using Rpd.Server.Providers.Studio.Film;
using Rpd.Server.Providers.Studio.Sketch;
using Rpd.Server.Providers.Studio.Sources;

namespace Rpd.Server.Providers.Studio;

/// <summary>
/// <c>studio-avatar</c>: a face speaks the prompt, or a given recording. The face is drawn from the seed, or is the given picture.
/// Its mouth follows the loudness of what is heard.
/// </summary>
internal sealed class AvatarModel(Tools tools) : IStudioModel
{
    private const int Side = 720;
    private const double PictureArea = 1280.0 * 720;

    public string Name => "studio-avatar";

    public IReadOnlyList<Tool> Needs => [tools.EspeakNg, tools.Ffmpeg, tools.Ffprobe, tools.Vips, tools.VipsHeader, tools.VipsThumbnail];

    public async Task<ProviderResult> Make(ProviderRequest request, IProgress<int> progress, CancellationToken cancel)
    {
        var size = request.Text("aspectRatio") is not (null or "auto") || request.Whole("width") is not null || request.Whole("height") is not null ? FilmSize.Of(request) : new PictureSize(Side, Side);
        if (size is not { } frame) return Answer.Invalid(FilmSize.Limits);
        var source = new Source(tools);
        if (request.Inputs.Image is { } given) await source.Picture(given, cancel);

        var sound = request.Inputs.Audio;
        if (sound is not null) await source.Sound(sound, cancel);
        else
        {
            sound = Path.Combine(request.WorkFolder, "speech.wav");
            if (await Speech.Say(tools, request, sound, cancel) is { } failed) return failed;
        }
        var mouths = await Loudness.Of(tools, sound, Source.SoundSecondsMax + 1, cancel);
        if (mouths.Count == 0) return Answer.Invalid("There is no voice to be heard in the sound.");
        if (mouths.Count > Source.SoundSecondsMax * Reel.FramesPerSecond) return Answer.Invalid($"The speech may be {Source.SoundSecondsMax} seconds long at most.");
        progress.Report(10);

        var path = Path.Combine(request.WorkFolder, "avatar.mp4");
        var gesture = new Gesture(mouths, new Rng(unchecked((ulong)request.Seed())).For("gesture"));
        var written = request.Inputs.Image is { } picture
            ? await Given(request, picture, sound, mouths.Count, gesture, path, progress, cancel)
            : await Drawn(request, frame, sound, mouths.Count, gesture, path, progress, cancel);
        if (request.Inputs.Audio is null) File.Delete(sound);
        return written ? Answer.Finished(path, progress) : Answer.Broken("The film could not be written.");
    }

    private async Task<bool> Drawn(ProviderRequest request, PictureSize size, string sound, int frames, Gesture gesture, string path, IProgress<int> progress, CancellationToken cancel)
    {
        var seed = request.Seed();
        var voice = request.Text("voice") ?? "";
        var man = voice.EndsWith("-male", StringComparison.Ordinal) || (!voice.EndsWith("-female", StringComparison.Ordinal) && seed % 2 == 0);
        var face = await DrawnFace.Draw(tools, man ? "portrait of a man" : "portrait of a woman", request.Text("style"), size.Width, size.Height, seed, request.WorkFolder, cancel);
        progress.Report(30);
        return await FilmReel.Write(tools, new Reel(path, size.Width, size.Height, frames, sound), (number, frame) => face.Paint(frame, gesture.At(number), (double)number / Reel.FramesPerSecond), progress, 30, cancel);
    }

    private async Task<bool> Given(ProviderRequest request, string image, string sound, int frames, Gesture gesture, string path, IProgress<int> progress, CancellationToken cancel)
    {
        var picture = await new Source(tools).Pixels(image, 1920, 1920, request.WorkFolder, cancel);
        var (width, height) = Frames.Fit(picture.Width, picture.Height, PictureArea);
        var face = new GivenFace(picture, width, height);
        return await FilmReel.Write(tools, new Reel(path, width, height, frames, sound), (number, frame) => face.Paint(frame, gesture.At(number) with { Lids = 0 }, (double)number / Reel.FramesPerSecond), progress, 10, cancel);
    }
}
