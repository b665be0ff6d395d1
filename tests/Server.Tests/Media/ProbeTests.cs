using System.Text;
using Rpd.Server.Media;
using Xunit;

namespace Rpd.Server.Tests.Media;

public sealed class ProbeTests : IDisposable
{
    private readonly MediaFiles _files = new();
    private readonly Probe _probe = new(MediaFiles.Tools);

    [Theory]
    [InlineData("a.png", "image/png")]
    [InlineData("a.jpg", "image/jpeg")]
    [InlineData("a.webp", "image/webp")]
    [InlineData("a.gif", "image/gif")]
    public async Task A_picture_is_known_by_its_bytes_whatever_it_is_called(string name, string type)
    {
        var path = await _files.Picture(name, 120, 80);
        File.Move(path, _files.Path("renamed.exe"));
        var facts = await Read(_files.Path("renamed.exe"));
        Assert.Equal(new MediaFacts(type, 120, 80, null, new FileInfo(_files.Path("renamed.exe")).Length), facts);
    }

    [Theory]
    [InlineData("a.mp3", "audio/mpeg")]
    [InlineData("a.wav", "audio/wav")]
    [InlineData("a.ogg", "audio/ogg")]
    [InlineData("a.m4a", "audio/mp4")]
    [InlineData("a.flac", "audio/flac")]
    [InlineData("a.aac", "audio/aac")]
    public async Task Sound_has_a_length_and_no_size(string name, string type)
    {
        var facts = await Read(await _files.Sound(name));
        Assert.Equal((type, null, null), (facts.ContentType, facts.Width, facts.Height));
        Assert.InRange(facts.DurationSeconds!.Value, 1.4, 1.7);
    }

    [Theory]
    [InlineData("a.mp4", "video/mp4")]
    [InlineData("a.webm", "video/webm")]
    public async Task A_film_has_a_length_and_a_size(string name, string type)
    {
        var facts = await Read(await _files.Film(name));
        Assert.Equal((type, 640, 360), (facts.ContentType, facts.Width, facts.Height));
        Assert.InRange(facts.DurationSeconds!.Value, 2.9, 3.2);
    }

    [Fact]
    public async Task A_drawing_named_png_is_refused() =>
        await Refused(_files.Write("x.png", "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"/>"u8.ToArray()), "not supported");

    [Fact]
    public async Task A_png_that_ends_early_is_refused()
    {
        var whole = await File.ReadAllBytesAsync(await _files.Picture("whole.png", 300, 300), TestContext.Current.CancellationToken);
        await Refused(_files.Write("half.png", whole[..(whole.Length / 2)]), "damaged");
    }

    [Theory]
    [InlineData(30_000, 30_000)]
    [InlineData(1, 500_000)]
    [InlineData(16_000, 16_000)]
    public async Task A_header_that_promises_too_many_pixels_is_refused_before_decoding(int width, int height) =>
        await Refused(_files.Write("bomb.png", Png(width, height)), "too large");

    [Theory]
    [InlineData("")]
    [InlineData("plain text")]
    [InlineData("#!/bin/sh\nrm -rf /")]
    [InlineData("%PDF-1.7")]
    public async Task Anything_else_is_refused(string content)
    {
        await Refused(_files.Write("x.jpg", Encoding.ASCII.GetBytes(content)), content.Length == 0 ? "empty" : "not supported");
    }

    [Theory]
    [InlineData(new byte[] { 0xFF, 0xD8, 0xFF, 0xE0, 1, 2, 3, 4 })]
    [InlineData(new byte[] { (byte)'I', (byte)'D', (byte)'3', 4, 0, 0, 0, 0, 0, 0 })]
    [InlineData(new byte[] { 0, 0, 0, 24, (byte)'f', (byte)'t', (byte)'y', (byte)'p', (byte)'i', (byte)'s', (byte)'o', (byte)'m', 0, 0, 0, 0 })]
    public async Task Right_first_bytes_with_nothing_behind_them_are_refused(byte[] bytes) => await Refused(_files.Write("x", bytes), "damaged");

    public void Dispose() => _files.Dispose();

    private Task<MediaFacts> Read(string path) => _probe.Read(path, TestContext.Current.CancellationToken);

    private async Task Refused(string path, string because)
    {
        var refused = await Assert.ThrowsAsync<MediaRefused>(() => Read(path));
        Assert.Contains(because, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(_files.Folder, refused.Message, StringComparison.Ordinal);
    }

    /// <summary>A valid header and an empty body.</summary>
    private static byte[] Png(int width, int height) => PngFile.Of(width, height, grey: true, [0x78, 0x9C, 0x03, 0, 0, 0, 0, 1]);
}
