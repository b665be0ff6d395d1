using Xunit;

namespace Rpd.Server.Tests.Providers.Studio;

public sealed class StudioAvatarTests : IDisposable
{
    private const string Words = "Hello. I am speaking now. And then, I am silent again.";
    private readonly Screening _screening = new();

    [Fact]
    public async Task A_drawn_face_speaks_with_a_mouth_that_follows_the_voice()
    {
        var film = await _screening.Make("avatar", "studio-avatar", Words, new { width = 200, height = 200, seed = 5 });
        var facts = await _screening.Facts(film);
        Assert.Equal((200, 200), (facts.Width, facts.Height));
        Assert.Equal(("h264", "yuv420p", "24/1", "aac"), await _screening.Streams(film));
        await FollowsTheVoice(film, 200, 200, (0.42, 0.57, 0.16, 0.12));
    }

    [Fact]
    public async Task A_given_picture_speaks_and_stays_itself()
    {
        var face = await _screening.Picture("portrait of a woman", 240, 288);
        var film = await _screening.Make("avatar", "studio-avatar", Words, new { seed = 5 }, image: face);
        var facts = await _screening.Facts(film);
        Assert.Equal((240, 288), (facts.Width, facts.Height));
        var (was, frames) = ((await _screening.Frames(face))[0], await _screening.Frames(film));
        Assert.True(frames.Average(frame => Screening.Alike(was, frame)) > 0.85);
        await FollowsTheVoice(film, 240, 288, (0.38, 0.56, 0.24, 0.16));
    }

    [Fact]
    public async Task A_given_recording_is_spoken_to_its_end()
    {
        var speech = await _screening.Make("audio", "studio-voice", "One two three four five six.", new { format = "wav" });
        var film = await _screening.Make("avatar", "studio-avatar", "", new { width = 128, height = 128, seed = 2 }, audio: speech);
        Assert.InRange((await _screening.Facts(film)).DurationSeconds!.Value - (await _screening.Facts(speech)).DurationSeconds!.Value, -0.15, 0.15);
    }

    [Fact]
    public async Task The_same_seed_gives_the_same_face_and_another_another()
    {
        async Task<byte[]> Bytes(int seed) =>
            await File.ReadAllBytesAsync(await _screening.Make("avatar", "studio-avatar", "Hello.", new { width = 128, height = 128, seed }), TestContext.Current.CancellationToken);
        var first = await Bytes(1);
        Assert.Equal(first, await Bytes(1));
        Assert.NotEqual(first, await Bytes(2));
    }

    [Fact]
    public async Task Silence_has_nobody_to_speak()
    {
        await _screening.Ffmpeg(["-f", "lavfi", "-i", "anullsrc=r=24000:d=2", _screening.Path("silence.wav")]);
        Assert.Contains("voice", await _screening.Invalid("avatar", "studio-avatar", "", audio: _screening.Path("silence.wav")), StringComparison.Ordinal);
        Assert.NotEmpty(await _screening.Invalid("avatar", "studio-avatar", "..."));
    }

    public void Dispose() => _screening.Dispose();

    /// <param name="mouth">Left, top, width and height of where it is, as shares of the frame.</param>
    private async Task FollowsTheVoice(string film, int width, int height, (double X, double Y, double W, double H) mouth)
    {
        var frames = await _screening.Frames(film, width, height);
        var sound = await _screening.Sound(film);
        var loud = frames.Select((_, i) => Math.Sqrt(sound.Skip(i * 1000).Take(1000).Append((short)0).Average(v => (double)v * v))).ToArray();
        Assert.True(loud.Max() > 1000);
        // Open, it shows what is dark inside and what is bright; closed, neither.
        double Contrast(byte[] frame)
        {
            var seen = new List<double>();
            for (var y = (int)(mouth.Y * height); y < (mouth.Y + mouth.H) * height; y++)
                for (var x = (int)(mouth.X * width); x < (mouth.X + mouth.W) * width; x++) seen.Add(frame[(y * width + x) * 3 + 1]);
            var mean = seen.Average();
            return Math.Sqrt(seen.Average(v => (v - mean) * (v - mean)));
        }
        var together = Screening.Together(Smooth(loud), Smooth([.. frames.Select(Contrast)]));
        Assert.True(together > 0.6, $"Mouth and voice go together by {together:0.00}.");
    }

    private static double[] Smooth(double[] values) => [.. values.Select((_, i) => values.Skip(Math.Max(0, i - 1)).Take(3).Average())];
}
