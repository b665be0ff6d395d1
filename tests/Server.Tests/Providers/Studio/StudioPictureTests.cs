using Rpd.Server.Providers.Studio.Looks;
using Xunit;

namespace Rpd.Server.Tests.Providers.Studio;

/// <summary>Restyle, effects, upscale and extend on pictures.</summary>
public sealed class StudioPictureTests : IDisposable
{
    private readonly Screening _screening = new();

    [Fact]
    public async Task Every_style_keeps_the_picture_recognisable_and_its_size()
    {
        var (picture, other) = (await _screening.Picture(), await _screening.Picture("a cat in a room"));
        var (was, stranger) = (await Small(picture), await Small(other));
        foreach (var style in Restyle.Names)
        {
            var made = await _screening.Make("image2image", "studio-restyle", "", new { style, strength = 1, seed = 1 }, image: picture);
            var facts = await _screening.Facts(made);
            Assert.Equal((style, "image/png", 320, 200), (style, facts.ContentType, facts.Width, facts.Height));
            var now = await Small(made);
            // Lines on white paper, and tubes on black, keep the shapes and not the tones.
            var (least, ahead) = style is "sketch" or "neon" ? (0.2, 0.02) : (0.75, 0.1);
            var (alike, strange) = (Screening.AlikeInGrey(was, now), Screening.AlikeInGrey(stranger, now));
            Assert.True(alike > least && alike > strange + ahead, $"{style}: {alike}, to another picture {strange}");
            Assert.True(Screening.Difference(was, now) > 0.7, $"{style} changes nothing.");
        }
    }

    [Fact]
    public async Task Strength_zero_is_the_picture_itself_and_more_strength_is_farther_from_it()
    {
        var picture = await _screening.Picture();
        var was = (await _screening.Frames(picture, 320, 200))[0];
        async Task<double> Away(double strength) =>
            Screening.Difference(was, (await _screening.Frames(await _screening.Make("image2image", "studio-restyle", "noir", new { strength }, image: picture), 320, 200))[0]);
        var (none, some, all) = (await Away(0), await Away(0.5), await Away(1));
        Assert.True(none < 1 && none < some && some < all, $"{none} {some} {all}");
    }

    [Fact]
    public async Task The_prompt_may_name_the_style()
    {
        var picture = await _screening.Picture();
        var made = await Small(await _screening.Make("image2image", "studio-restyle", "make it black and white please", new { strength = 1 }, image: picture));
        Assert.True(made.Chunk(3).All(p => p.Max() - p.Min() < 6));
    }

    [Fact]
    public async Task Every_effect_does_something_to_a_picture_and_keeps_its_size()
    {
        var picture = await _screening.Picture();
        var was = await Small(picture);
        foreach (var effect in Effects.Names)
        {
            var made = await _screening.Make("effect", "studio-effects", "", new { effect, seed = 1 }, image: picture);
            var facts = await _screening.Facts(made);
            Assert.Equal((effect, 320, 200), (effect, facts.Width, facts.Height));
            var now = await Small(made);
            Assert.True(Screening.Difference(was, now) > 0.2, $"{effect} changes nothing.");
            if (effect is not ("kaleidoscope" or "tiny planet" or "mirror")) Assert.True(Screening.AlikeInGrey(was, now) > 0.55, $"{effect}: {Screening.AlikeInGrey(was, now)}");
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public async Task An_upscaled_picture_has_exactly_so_many_times_the_pixels_and_is_the_same(int factor)
    {
        var picture = await _screening.Picture();
        var made = await _screening.Make("upscale", "studio-upscale", "", new { scaleFactor = factor }, image: picture);
        var facts = await _screening.Facts(made);
        Assert.Equal((320 * factor, 200 * factor), (facts.Width, facts.Height));
        var (was, now) = ((await _screening.Frames(picture, 320, 200))[0], (await _screening.Frames(made, 320, 200))[0]);
        Assert.True(Screening.Alike(was, now) > 0.97 && Screening.Difference(was, now) < 6, $"{Screening.Alike(was, now)} {Screening.Difference(was, now)}");
    }

    [Fact]
    public async Task A_picture_that_would_become_too_large_is_refused()
    {
        var large = await _screening.Make("text2image", "studio-sketch", "sea", new { width = 2048, height = 64 });
        var larger = await _screening.Make("upscale", "studio-upscale", "", new { scaleFactor = 2 }, image: large);
        Assert.Contains("8192", await _screening.Invalid("upscale", "studio-upscale", "", new { scaleFactor = 4 }, image: larger), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"aspectRatio\":\"21:9\"}", 467, 200)]
    [InlineData("{\"aspectRatio\":\"9:16\"}", 320, 569)]
    [InlineData("{\"grow\":1.5}", 480, 300)]
    [InlineData("{\"width\":500,\"height\":200}", 500, 200)]
    public async Task A_larger_canvas_keeps_the_picture_untouched_in_its_middle(string parameters, int width, int height)
    {
        var picture = await _screening.Picture();
        var made = await _screening.Make("extend", "studio-extend", "", System.Text.Json.JsonSerializer.Deserialize<System.Text.Json.JsonElement>(parameters), image: picture);
        var facts = await _screening.Facts(made);
        Assert.InRange(facts.Width!.Value, width - 2, width + 2);
        Assert.InRange(facts.Height!.Value, height - 2, height + 2);
        var middle = _screening.Path("middle.png");
        await _screening.Ffmpeg(["-i", made, "-vf", $"crop=320:200:{(facts.Width - 320) / 2}:{(facts.Height - 200) / 2}", middle]);
        Assert.Equal((await _screening.Frames(picture, 320, 200))[0], (await _screening.Frames(middle, 320, 200))[0]);
        // What was added is no plain border.
        var whole = (await _screening.Frames(made))[0];
        Assert.True(whole.Take(Screening.Width * 3).Distinct().Count() > 5);
    }

    [Theory]
    [InlineData("image2image", "studio-restyle", "{\"strength\":1.5}")]
    [InlineData("image2image", "studio-restyle", "{\"style\":\"quantum\"}")]
    [InlineData("effect", "studio-effects", "{\"effect\":\"quantum\"}")]
    [InlineData("effect", "studio-effects", "{}")]
    [InlineData("upscale", "studio-upscale", "{\"scaleFactor\":3}")]
    [InlineData("extend", "studio-extend", "{\"width\":200,\"height\":200}")]
    [InlineData("extend", "studio-extend", "{\"width\":5000,\"height\":5000}")]
    public async Task What_cannot_be_done_is_an_input_error(string type, string model, string parameters) =>
        Assert.NotEmpty(await _screening.Invalid(type, model, "", System.Text.Json.JsonSerializer.Deserialize<System.Text.Json.JsonElement>(parameters), image: await _screening.Picture()));

    public void Dispose() => _screening.Dispose();

    private async Task<byte[]> Small(string picture) => (await _screening.Frames(picture))[0];
}
