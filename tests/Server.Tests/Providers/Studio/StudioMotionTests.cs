using Xunit;

namespace Rpd.Server.Tests.Providers.Studio;

public sealed class StudioMotionTests : IDisposable
{
    private readonly Screening _screening = new();

    [Fact]
    public async Task A_sentence_becomes_an_H264_film_that_plays_while_it_loads()
    {
        var film = await Shoot("a boat on the sea at sunset", new { width = 256, height = 144, duration = 2, seed = 4 });
        var facts = await _screening.Facts(film);
        Assert.Equal(("video/mp4", 256, 144), (facts.ContentType, facts.Width, facts.Height));
        Assert.InRange(facts.DurationSeconds!.Value, 1.95, 2.05);
        Assert.Equal(("h264", "yuv420p", "24/1", null), await _screening.Streams(film));
        var bytes = await File.ReadAllBytesAsync(film, TestContext.Current.CancellationToken);
        Assert.True(bytes.AsSpan().IndexOf("moov"u8) < bytes.AsSpan().IndexOf("mdat"u8));
    }

    [Fact]
    public async Task It_begins_with_the_scene_that_the_painter_draws_and_then_everything_moves()
    {
        const string prompt = "a red house in a sunflower field";
        var film = await _screening.Frames(await Shoot(prompt, new { width = 256, height = 160, duration = 2, seed = 4 }));
        var drawn = (await _screening.Frames(await _screening.Make("text2image", "studio-sketch", prompt, new { width = 256, height = 160, seed = 4 })))[0];
        var other = (await _screening.Frames(await _screening.Make("text2image", "studio-sketch", "a city at night", new { width = 256, height = 160, seed = 4 })))[0];
        Assert.True(Screening.Alike(film[0], drawn) > 0.75, $"{Screening.Alike(film[0], drawn)}");
        Assert.True(Screening.Alike(film[0], drawn) > Screening.Alike(film[0], other) + 0.2);
        for (var i = 12; i < film.Count; i += 12) Assert.True(Screening.Difference(film[i - 12], film[i]) > 0.5, $"Frame {i} is as half a second before.");
    }

    [Fact]
    public async Task The_same_seed_gives_the_same_bytes_and_another_does_not()
    {
        Task<byte[]> Bytes(int seed) => Read("a fox in the snow, snowing", new { width = 160, height = 128, duration = 2, seed });
        var first = await Bytes(5);
        Assert.Equal(first, await Bytes(5));
        Assert.NotEqual(first, await Bytes(6));
    }

    [Theory]
    [InlineData("a castle by a lake", "day to night", true)]
    [InlineData("a castle by a lake, from night to day", null, false)]
    public async Task The_hour_passes(string prompt, string? light, bool darkens)
    {
        var film = await _screening.Frames(await Shoot(prompt, light is null ? new { width = 160, height = 128, duration = 2, seed = 1 } : new { width = 160, height = 128, duration = 2, seed = 1, light }));
        var (first, last) = (film[0].Average(v => v), film[^1].Average(v => v));
        Assert.True(darkens ? last < first * 0.6 : first < last * 0.6, $"{first} became {last}");
    }

    [Fact]
    public async Task A_pan_to_the_right_moves_the_land_to_the_left()
    {
        var film = await _screening.Frames(await Shoot("flowers on a meadow", new { width = 320, height = 200, duration = 3, seed = 2, camera = "pan right" }));
        Assert.True(Screening.ShiftX(Lower(film[20]), Lower(film[50]), height: Screening.Height / 2) < 0);

        static byte[] Lower(byte[] frame) => frame[(frame.Length / 2)..];
    }

    [Fact]
    public async Task Who_runs_moves_the_legs()
    {
        var film = await _screening.Frames(await Shoot("a dog running in the snow", new { width = 320, height = 200, duration = 2, seed = 2, camera = "still" }), 160, 100);
        // Half a stride apart the frames differ more than a whole stride apart.
        double Apart(int frames) => Enumerable.Range(12, 8).Average(i => Screening.Difference(film[i], film[i + frames]));
        Assert.True(Apart(6) > Apart(11) * 1.15, $"{Apart(6)} half a stride apart, {Apart(11)} a whole one");
    }

    [Fact]
    public async Task Progress_only_rises_and_ends_with_the_film()
    {
        var reports = new Reports();
        await _screening.Submit("text2video", "studio-motion", "a lake", new { width = 128, height = 128, duration = 2 }, reports: reports);
        Assert.Equal(reports.Values.Order(), reports.Values);
        Assert.Equal(100, reports.Values[^1]);
        Assert.True(reports.Values.Distinct().Count() > 20);
    }

    [Theory]
    [InlineData("{\"duration\":1}")]
    [InlineData("{\"duration\":11}")]
    [InlineData("{\"width\":64}")]
    [InlineData("{\"width\":1920,\"height\":1920}")]
    [InlineData("{\"camera\":\"upside down\"}")]
    [InlineData("{\"light\":\"strobe\"}")]
    public async Task What_the_camera_cannot_do_is_an_input_error(string parameters) =>
        Assert.NotEmpty(await _screening.Invalid("text2video", "studio-motion", "x", System.Text.Json.JsonSerializer.Deserialize<System.Text.Json.JsonElement>(parameters)));

    public void Dispose() => _screening.Dispose();

    private Task<string> Shoot(string prompt, object parameters) => _screening.Make("text2video", "studio-motion", prompt, parameters);

    private async Task<byte[]> Read(string prompt, object parameters) => await File.ReadAllBytesAsync(await Shoot(prompt, parameters), TestContext.Current.CancellationToken);
}
