using System.Diagnostics;
using Rpd.Server.Media;
using Rpd.Server.Providers;
using Rpd.Server.Providers.Studio;
using Rpd.Server.Tests.Support;
using Xunit;

namespace Rpd.Server.Tests.Providers.Studio;

public sealed class StudioVoiceTests : IDisposable
{
    private static readonly Tools Tools = new();
    private readonly StudioRequest _requests = new();
    private readonly Reports _progress = new();

    [Theory]
    [InlineData("mp3", "audio/mpeg")]
    [InlineData("wav", "audio/wav")]
    public async Task A_sentence_becomes_sound_of_the_format_asked_for(string format, string type)
    {
        var facts = await Speak("Hello world, this is the studio speaking.", new { format });
        Assert.Equal(type, facts.ContentType);
        Assert.InRange(facts.DurationSeconds!.Value, 0.5, 10);
        Assert.Equal([60, 100], _progress.Values);
    }

    [Fact]
    public async Task Faster_speech_is_shorter()
    {
        const string text = "The quick brown fox jumps over the lazy dog, again and again and again.";
        var slow = await Speak(text, new { speed = 90, format = "wav" });
        var fast = await Speak(text, new { speed = 300, format = "wav" });
        Assert.True(fast.DurationSeconds < slow.DurationSeconds * 0.6, $"{fast.DurationSeconds} s against {slow.DurationSeconds} s");
    }

    [Fact]
    public async Task Every_voice_speaks()
    {
        foreach (var voice in Voices.Names.Where(n => n is "en-us" or "en-gb-female" or "de-male" or "fr" or "ja" or "ko" or "hi" or "ar" or "zh"))
            Assert.True((await Speak("1 2 3 4 5", new { voice, format = "wav" })).DurationSeconds > 0.5, voice);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \n\t\0 ")]
    [InlineData("\u200B\u200B")]
    public async Task A_text_without_a_sound_is_an_input_error(string text)
    {
        var failed = Assert.IsType<ProviderResult.Failed>(await Submit(text, new { }));
        Assert.Equal(new ProviderResult.Failed(ProviderFault.InvalidInput, "There is nothing in the text that can be spoken."), failed);
    }

    [Theory]
    [InlineData("{\"voice\":\"klingon\"}")]
    [InlineData("{\"speed\":79}")]
    [InlineData("{\"pitch\":100}")]
    public async Task What_the_voice_cannot_do_is_an_input_error(string parameters)
    {
        var failed = Assert.IsType<ProviderResult.Failed>(await Submit("hello", System.Text.Json.JsonSerializer.Deserialize<System.Text.Json.JsonElement>(parameters)));
        Assert.Equal(ProviderFault.InvalidInput, failed.Fault);
    }

    [Theory]
    [InlineData("--version -w /tmp/elsewhere")]
    [InlineData("[[h@'loU]] <speak>markup</speak>")]
    public async Task Text_that_looks_like_options_or_markup_is_read_out(string text) =>
        Assert.True((await Speak(text, new { format = "wav" })).DurationSeconds > 0.8);

    [Fact]
    public async Task Cancelling_ends_the_child_at_once()
    {
        using var cancel = new CancellationTokenSource();
        var text = string.Concat(Enumerable.Repeat("A very long text that takes quite some time to speak. ", 60_000));
        var running = new StudioProvider(Tools).Submit(_requests.For("studio-voice", text), _progress, cancel.Token);
        for (var waited = 0; !File.Exists(Path.Combine(_requests.Folder, "voice.wav")); waited++)
        {
            Assert.True(waited < 1500, "It does not begin to speak.");
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
        var since = Stopwatch.GetTimestamp();
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        Assert.True(Stopwatch.GetElapsedTime(since) < TimeSpan.FromSeconds(5));
        Assert.DoesNotContain(Process.GetProcessesByName("espeak-ng"), p => Leftovers.CommandLine(p).Contains(_requests.Folder, StringComparison.Ordinal));
    }

    public void Dispose() => _requests.Dispose();

    private Task<ProviderResult> Submit(string text, object parameters) =>
        new StudioProvider(Tools).Submit(_requests.For("studio-voice", text, parameters), _progress, TestContext.Current.CancellationToken);

    private async Task<MediaFacts> Speak(string text, object parameters) =>
        await new Probe(Tools).Read(Assert.Single(Assert.IsType<ProviderResult.Finished>(await Submit(text, parameters)).Outputs).Path, TestContext.Current.CancellationToken);
}
