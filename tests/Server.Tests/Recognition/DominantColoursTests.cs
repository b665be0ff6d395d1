using Rpd.Server.Recognition;

namespace Rpd.Server.Tests.Recognition;

public sealed class DominantColoursTests
{
    [Fact]
    public void Areas_are_counted_and_named_in_both_languages()
    {
        byte[] rgb = [.. Area(255, 0, 0, 60), .. Area(0, 0, 128, 30), .. Area(255, 255, 255, 10)];

        var found = DominantColours.Of(rgb);

        Assert.Equal([("#ff0000", "red", "rot", 60.0), ("#000080", "navy", "marineblau", 30.0), ("#ffffff", "white", "weiß", 10.0)], found.Select(one => (one.Hex, one.Names.En, one.Names.De, one.Percent)));
    }

    [Fact]
    public void Shades_that_hardly_differ_are_one_colour()
    {
        byte[] rgb = [.. Enumerable.Range(0, 20).SelectMany(step => Area((byte)(100 + step / 4), 150, 100, 5))];

        Assert.Equal(100, Assert.Single(DominantColours.Of(rgb)).Percent);
    }

    [Fact]
    public void What_is_hardly_there_is_left_out() => Assert.Single(DominantColours.Of([.. Area(0, 0, 0, 995), .. Area(255, 255, 0, 5)]));

    [Theory]
    [InlineData(255, 0, 0, "red")]
    [InlineData(250, 250, 250, "white")]
    [InlineData(10, 10, 10, "black")]
    [InlineData(130, 130, 130, "grey")]
    [InlineData(92, 51, 23, "dark brown")]
    [InlineData(0, 100, 0, "dark green")]
    [InlineData(135, 206, 250, "sky blue")]
    public void A_colour_is_called_what_people_call_it(byte r, byte g, byte b, string name) => Assert.Equal(name, ColourNames.Nearest(Lab.Of(r, g, b)).En);

    [Fact]
    public async Task A_cup_of_coffee_is_brown()
    {
        var options = new RecognitionOptions();
        using var workers = new FaceWorkers(options, Microsoft.Extensions.Logging.Abstractions.NullLogger<FaceWorkers>.Instance);

        var found = (await new FindColours(new(new(new(), options)), workers).Run(TestPictures.Coffee, TestContext.Current.CancellationToken)).Value!;

        Assert.Contains(found, one => one.Names.De.Contains("braun", StringComparison.Ordinal));
        Assert.InRange(found.Sum(one => one.Percent), 90, 100.5);
    }

    private static IEnumerable<byte> Area(byte r, byte g, byte b, int pixels) => Enumerable.Repeat(new[] { r, g, b }, pixels).SelectMany(one => one);
}
