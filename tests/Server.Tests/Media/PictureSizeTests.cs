using Rpd.Server.Media;
using Xunit;

namespace Rpd.Server.Tests.Media;

public sealed class PictureSizeTests : IDisposable
{
    private readonly MediaFiles _files = new();

    [Theory]
    [InlineData("a.png")]
    [InlineData("a.jpg")]
    [InlineData("a.jpg[interlace]")]
    [InlineData("a.gif")]
    [InlineData("a.webp")]
    [InlineData("a.webp[lossless]")]
    public async Task The_header_says_how_large_a_picture_is(string name)
    {
        await _files.Picture(name, 1234, 57);

        Assert.Equal((1234, 57), PictureSize.Of(await File.ReadAllBytesAsync(_files.Path(name.Split('[')[0]), TestContext.Current.CancellationToken)));
    }

    [Fact]
    public async Task A_header_that_ends_early_says_nothing()
    {
        foreach (var name in new[] { "a.png", "a.jpg", "a.gif", "a.webp" })
        {
            var whole = await File.ReadAllBytesAsync(await _files.Picture(name, 90, 60), TestContext.Current.CancellationToken);
            for (var length = 0; length < 9; length++) Assert.Null(PictureSize.Of(whole.AsSpan(0, length)));
            for (var length = 9; length < 400 && length < whole.Length; length++) Assert.True(PictureSize.Of(whole.AsSpan(0, length)) is null or (90, 60));
        }
    }

    public void Dispose() => _files.Dispose();
}
