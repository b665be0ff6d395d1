using Xunit;

namespace Rpd.Server.Tests.Providers.Studio;

public sealed class StudioTuneTests : IDisposable
{
    private readonly Screening _screening = new();

    [Theory]
    [InlineData("mp3", "audio/mpeg", 0.15)]
    [InlineData("wav", "audio/wav", 0.001)]
    public async Task A_tune_is_as_long_as_was_asked_for(string format, string type, double tolerance)
    {
        var facts = await _screening.Facts(await Play("calm piano", new { duration = 6, format, seed = 1 }));
        Assert.Equal(type, facts.ContentType);
        Assert.InRange(facts.DurationSeconds!.Value, 6 - tolerance, 6 + tolerance);
    }

    [Theory]
    [InlineData("sad strings")]
    [InlineData("epic battle")]
    [InlineData("jazz")]
    [InlineData("techno club")]
    [InlineData("waltz")]
    [InlineData("zen flute")]
    [InlineData("something without a known word")]
    public async Task It_sounds_from_beginning_to_end_and_never_overdrives(string prompt)
    {
        var sound = await _screening.Sound(await Play(prompt, new { duration = 8, format = "wav", seed = 2 }));
        foreach (var second in sound.Chunk(24_000).Take(7)) Assert.True(Loud(second) > 150, $"{prompt}: {Loud(second)}");
        Assert.InRange(sound.Max(v => Math.Abs((int)v)), 8_000, 32_000);
    }

    [Fact]
    public async Task A_mood_is_heard()
    {
        var calm = await _screening.Sound(await Play("calm ambient sleep", new { duration = 10, format = "wav", seed = 3 }));
        var wild = await _screening.Sound(await Play("energetic techno party", new { duration = 10, format = "wav", seed = 3 }));
        Assert.True(Attacks(wild) > Attacks(calm) * 2, $"{Attacks(calm)} attacks against {Attacks(wild)}");
    }

    [Fact]
    public async Task The_same_seed_plays_the_same_and_another_does_not()
    {
        async Task<byte[]> Bytes(int seed) => await File.ReadAllBytesAsync(await Play("happy folk", new { duration = 5, seed }), TestContext.Current.CancellationToken);
        var first = await Bytes(1);
        Assert.Equal(first, await Bytes(1));
        Assert.NotEqual(first, await Bytes(2));
    }

    [Theory]
    [InlineData("{\"duration\":4}")]
    [InlineData("{\"duration\":121}")]
    [InlineData("{\"format\":\"midi\"}")]
    public async Task What_it_cannot_play_is_an_input_error(string parameters) =>
        Assert.NotEmpty(await _screening.Invalid("audio", "studio-tune", "x", System.Text.Json.JsonSerializer.Deserialize<System.Text.Json.JsonElement>(parameters)));

    public void Dispose() => _screening.Dispose();

    private Task<string> Play(string prompt, object parameters) => _screening.Make("audio", "studio-tune", prompt, parameters);

    private static double Loud(IEnumerable<short> samples) => Math.Sqrt(samples.Average(v => (double)v * v));

    // Fiftieths of a second that are clearly louder than the one before.
    private static int Attacks(short[] sound)
    {
        var loud = sound.Chunk(480).Select(Loud).ToList();
        return Enumerable.Range(1, loud.Count - 1).Count(i => loud[i] > loud[i - 1] * 1.4 + 200);
    }
}
