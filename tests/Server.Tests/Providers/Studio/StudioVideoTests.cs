using Xunit;

namespace Rpd.Server.Tests.Providers.Studio;

/// <summary>Grade, effects, upscale, extend and motion transfer on videos, and pictures that begin to move.</summary>
public sealed class StudioVideoTests : IDisposable
{
    private readonly Screening _screening = new();

    [Theory]
    [InlineData("image2video", "zoom in, snow")]
    [InlineData("animation", "")]
    public async Task A_picture_begins_to_move_and_stays_itself(string type, string prompt)
    {
        var picture = await _screening.Picture();
        var film = await _screening.Make(type, "studio-animate", prompt, new { duration = 2, seed = 1 }, image: picture);
        var facts = await _screening.Facts(film);
        Assert.Equal((320, 200), (facts.Width, facts.Height));
        Assert.InRange(facts.DurationSeconds!.Value, 1.95, 2.05);
        Assert.Equal(("h264", "yuv420p", "24/1", null), await _screening.Streams(film));
        var (was, stranger, frames) = ((await _screening.Frames(picture))[0], (await _screening.Frames(await _screening.Picture("a cat in a room")))[0], await _screening.Frames(film));
        Assert.True(Screening.Alike(was, frames[0]) > 0.85 && Screening.Alike(was, frames[0]) > Screening.Alike(stranger, frames[0]) + 0.2, $"{Screening.Alike(was, frames[0])}");
        Assert.True(Screening.Difference(frames[0], frames[^1]) > 0.4);
        Assert.True(Screening.Difference(frames[10], frames[20]) > 0.1);
    }

    [Fact]
    public async Task Played_backwards_the_last_picture_comes_first()
    {
        var video = await Pan("n*2");
        var (was, now) = (await _screening.Frames(video), await _screening.Frames(await Grade(video, new { operation = "reverse" })));
        Assert.True(Screening.Difference(was[^1], now[0]) < 4 && Screening.Difference(was[0], now[^1]) < 4);
        Assert.True(Screening.Difference(was[0], now[0]) > Screening.Difference(was[^1], now[0]) * 2);
    }

    [Theory]
    [InlineData(2, 0.75)]
    [InlineData(0.5, 3.0)]
    public async Task Speed_changes_the_length_of_picture_and_sound(double speed, double seconds)
    {
        var film = await Grade(await Pan("n*2", sound: true), new { operation = "speed", speed });
        Assert.InRange((await _screening.Facts(film)).DurationSeconds!.Value, seconds - 0.15, seconds + 0.15);
        Assert.InRange((await _screening.Sound(film)).Length / 24_000.0, seconds - 0.2, seconds + 0.2);
    }

    [Fact]
    public async Task A_shaking_hand_becomes_steadier()
    {
        var picture = await _screening.Picture();
        var shaking = await _screening.Pan("shaking.mp4", picture, "40+14*sin(n*1.9)+6*sin(n*0.7)", 2);
        var steady = await _screening.Make("video2video", "studio-grade", "steady please", null, video: shaking);
        async Task<double> Jitter(string video)
        {
            var frames = await _screening.Frames(video, 240, 150);
            return Enumerable.Range(8, 30).Average(i => Math.Abs((double)Screening.ShiftX(frames[i], frames[i + 1], 24, 240, 150)));
        }
        var (before, after) = (await Jitter(shaking), await Jitter(steady));
        Assert.True(after < before * 0.5, $"{before} became {after}");
    }

    [Fact]
    public async Task A_grade_changes_the_colours_and_keeps_picture_and_sound()
    {
        var video = await Pan("n*2", sound: true);
        var film = await Grade(video, new { operation = "grade", look = "noir", strength = 1 });
        Assert.Equal(("h264", "yuv420p", "24/1", "aac"), await _screening.Streams(film));
        var (was, now) = ((await _screening.Frames(video))[9], (await _screening.Frames(film))[9]);
        Assert.True(Screening.AlikeInGrey(was, now) > 0.7, $"{Screening.AlikeInGrey(was, now)}");
        Assert.True(now.Chunk(3).Average(p => p.Max() - p.Min()) < 6);
    }

    [Fact]
    public async Task Every_grade_can_be_made()
    {
        var video = await Pan("n*2", 0.3);
        foreach (var look in Rpd.Server.Providers.Studio.GradeModel.Looks)
            Assert.True(Screening.Difference((await _screening.Frames(video))[3], (await _screening.Frames(await Grade(video, new { operation = "grade", look, strength = 1 })))[3]) > 1, look);
    }

    [Theory]
    [InlineData("video2video", "studio-grade", "{\"operation\":\"stylise\",\"style\":\"comic\"}")]
    [InlineData("effect", "studio-effects", "{\"effect\":\"old film\"}")]
    public async Task A_style_or_an_effect_goes_over_every_frame_and_the_sound_stays(string type, string model, string parameters)
    {
        var video = await Pan("n*2", sound: true);
        var film = await _screening.Make(type, model, "", System.Text.Json.JsonSerializer.Deserialize<System.Text.Json.JsonElement>(parameters), video: video);
        Assert.Equal(("h264", "yuv420p", "24/1", "aac"), await _screening.Streams(film));
        var (was, now) = (await _screening.Frames(video), await _screening.Frames(film));
        Assert.InRange(now.Count, was.Count - 1, was.Count + 1);
        foreach (var i in new[] { 0, was.Count / 2, was.Count - 2 })
        {
            Assert.True(Screening.AlikeInGrey(was[i], now[i]) > 0.6, $"Frame {i}: {Screening.AlikeInGrey(was[i], now[i])}");
            Assert.True(Screening.Difference(was[i], now[i]) > 1);
        }
    }

    [Fact]
    public async Task An_upscaled_video_has_exactly_twice_the_side_and_is_the_same()
    {
        var video = await Pan("n*2", sound: true);
        var film = await _screening.Make("upscale", "studio-upscale", "", null, video: video);
        var facts = await _screening.Facts(film);
        Assert.Equal((480, 300), (facts.Width, facts.Height));
        Assert.Equal("aac", (await _screening.Streams(film)).Audio);
        var (was, now) = (await _screening.Frames(video), await _screening.Frames(film));
        Assert.Equal(was.Count, now.Count);
        Assert.True(Screening.Alike(was[5], now[5]) > 0.97, $"{Screening.Alike(was[5], now[5])}");
    }

    [Fact]
    public async Task A_longer_video_begins_as_it_was_and_goes_on_the_way_it_went()
    {
        var video = await Pan("n*1.2");
        var film = await _screening.Make("extend", "studio-extend", "", new { duration = 2 }, video: video);
        Assert.InRange((await _screening.Facts(film)).DurationSeconds!.Value, 3.4, 3.6);
        var (was, now) = (await _screening.Frames(video), await _screening.Frames(film));
        Assert.True(Screening.Alike(was[10], now[10]) > 0.98);
        Assert.True(Screening.ShiftX(was[5], was[25]) < 0);
        Assert.True(Screening.ShiftX(now[37], now[60]) < 0, $"{Screening.ShiftX(now[37], now[60])}");
        Assert.True(Screening.Difference(now[^2], now[^1]) < 1.5);
    }

    [Theory]
    [InlineData("n*1.5", -1)]
    [InlineData("70-n*1.5", 1)]
    public async Task A_picture_goes_the_way_the_camera_went(string x, int sign)
    {
        var video = await Pan(x);
        var picture = await _screening.Picture("a castle by the sea at sunset");
        var film = await _screening.Make("motion_transfer", "studio-transfer", "", null, image: picture, video: video);
        var frames = await _screening.Frames(film);
        Assert.InRange(frames.Count, 34, 37);
        Assert.True(Screening.Alike((await _screening.Frames(picture))[0], frames[0]) > 0.55);
        Assert.Equal(sign, Math.Sign(Screening.ShiftX(frames[2], frames[17])));
    }

    public void Dispose() => _screening.Dispose();

    private async Task<string> Pan(string x, double seconds = 1.5, bool sound = false) => await _screening.Pan("pan.mp4", await _screening.Picture(), x, seconds, sound: sound);

    private Task<string> Grade(string video, object parameters) => _screening.Make("video2video", "studio-grade", "", parameters, video: video);
}
