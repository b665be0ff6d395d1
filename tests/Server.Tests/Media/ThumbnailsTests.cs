using Rpd.Server.Media;
using Xunit;

namespace Rpd.Server.Tests.Media;

public sealed class ThumbnailsTests : IDisposable
{
    private readonly MediaFiles _files = new();
    private readonly Probe _probe = new(MediaFiles.Tools);

    [Theory]
    [InlineData(2000, 1000, new[] { 320, 640, 1280 }, new[] { 160, 320, 640 })]
    [InlineData(1280, 1280, new[] { 320, 640, 1280 }, new[] { 320, 640, 1280 })]
    [InlineData(1024, 1024, new[] { 320, 640, 1024 }, new[] { 320, 640, 1024 })]
    [InlineData(300, 900, new[] { 300 }, new[] { 900 })]
    [InlineData(320, 50, new[] { 320 }, new[] { 50 })]
    [InlineData(1, 1, new[] { 1 }, new[] { 1 })]
    public async Task A_picture_shrinks_to_the_widths_it_has_and_is_never_enlarged(int width, int height, int[] widths, int[] heights)
    {
        var made = await Make(await _files.Picture("a.jpg", width, height));
        Assert.Equal(widths.Zip(heights), made.Select(t => (t.Width, t.Height)));
        foreach (var thumbnail in made)
        {
            var facts = await _probe.Read(thumbnail.Path, TestContext.Current.CancellationToken);
            Assert.Equal(("image/webp", thumbnail.Width, thumbnail.Height), (facts.ContentType, facts.Width, facts.Height));
        }
    }

    [Fact]
    public async Task A_film_shows_a_frame_that_is_not_black()
    {
        var made = await Make(await _files.Film("a.mp4"));
        Assert.Equal([(320, 180), (640, 360)], made.Select(t => (t.Width, t.Height)));
        Assert.NotEqual("#000000", await BlurHash.AverageColor(made[0].Path, MediaFiles.Tools, TestContext.Current.CancellationToken));
        Assert.False(File.Exists(_files.Path("frame.png")));
    }

    [Fact]
    public async Task Sound_has_none() => Assert.Empty(await Make(await _files.Sound("a.mp3")));

    public void Dispose() => _files.Dispose();

    private async Task<IReadOnlyList<Thumbnail>> Make(string path)
    {
        var cancel = TestContext.Current.CancellationToken;
        return await new Thumbnails(MediaFiles.Tools).Make(path, await _probe.Read(path, cancel), _files.Folder, cancel);
    }
}
