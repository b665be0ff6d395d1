using Rpd.Server.Media;
using Xunit;

namespace Rpd.Server.Tests.Media;

public sealed class BlurHashTests : IDisposable
{
    private const string Digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz#$%*+,-.:;=?@[]^_{|}~";
    private readonly MediaFiles _files = new();

    [Theory]
    [InlineData(255, 0, 0)]
    [InlineData(18, 52, 86)]
    [InlineData(0, 0, 0)]
    [InlineData(255, 255, 255)]
    public void One_colour_alone_is_the_mean_of_its_hash(byte r, byte g, byte b)
    {
        var hash = BlurHash.Encode([.. Enumerable.Repeat(new[] { r, g, b }, 32 * 20).SelectMany(p => p)], 32, 20);
        Assert.Equal((r << 16) + (g << 8) + b, Number(hash[2..6]));
    }

    [Fact]
    public void A_hash_of_four_by_three_has_twenty_eight_digits_and_says_so_first()
    {
        var rng = new Random(1);
        var pixels = new byte[32 * 32 * 3];
        rng.NextBytes(pixels);
        var hash = BlurHash.Encode(pixels, 32, 32);
        Assert.Equal(28, hash.Length);
        Assert.Equal(3 + 2 * 9, Number(hash[..1]));
        Assert.All(hash, c => Assert.Contains(c, Digits));
    }

    [Fact]
    public void Light_on_the_left_is_a_positive_first_wave()
    {
        var pixels = new byte[32 * 32 * 3];
        for (var i = 0; i < pixels.Length; i++) pixels[i] = (byte)(i / 3 % 32 < 16 ? 255 : 0);
        var wave = Number(BlurHash.Encode(pixels, 32, 32)[6..8]);
        Assert.Equal([18, 18, 18], new[] { wave / 361, wave / 19 % 19, wave % 19 });
    }

    [Fact]
    public async Task A_file_has_a_hash_and_a_mean_colour()
    {
        var path = await _files.Picture("grey.png", 500, 200);
        Assert.Equal(28, (await BlurHash.Of(path, MediaFiles.Tools, TestContext.Current.CancellationToken)).Length);
        var colour = await BlurHash.AverageColor(path, MediaFiles.Tools, TestContext.Current.CancellationToken);
        Assert.Matches("^#([0-9a-f]{2})\\1\\1$", colour);
    }

    public void Dispose() => _files.Dispose();

    private static int Number(string digits) => digits.Aggregate(0, (sum, digit) => sum * 83 + Digits.IndexOf(digit, StringComparison.Ordinal));
}
