using Rpd.Server.Media;
using Rpd.Server.Providers;
using Rpd.Server.Providers.Studio;
using Xunit;

namespace Rpd.Server.Tests.Providers.Studio;

public sealed class StudioSketchTests : IDisposable
{
    private static readonly Tools Tools = new();
    private readonly StudioRequest _requests = new();
    private readonly Reports _progress = new();

    [Theory]
    [InlineData("1:1", 1024, 1024)]
    [InlineData("16:9", 1368, 768)]
    [InlineData("9:16", 768, 1368)]
    [InlineData("1:4", 512, 2048)]
    public async Task An_aspect_ratio_gives_a_picture_of_that_shape(string ratio, int width, int height)
    {
        var facts = await Draw("calm lake", new { aspectRatio = ratio });
        Assert.Equal(("image/png", width, height), (facts.ContentType, facts.Width, facts.Height));
    }

    [Theory]
    [InlineData(64, 64)]
    [InlineData(65, 333)]
    [InlineData(300, 64)]
    public async Task Width_and_height_are_kept_to_the_pixel_in_pixel_art_too(int width, int height)
    {
        var facts = await Draw("castle, pixel art", new { width, height });
        Assert.Equal((width, height), (facts.Width, facts.Height));
    }

    [Fact]
    public async Task The_same_prompt_and_seed_give_the_same_bytes_and_another_seed_does_not()
    {
        var first = await Bytes("red fox in the snow", new { seed = 5, width = 256, height = 256 });
        var again = await Bytes("red fox in the snow", new { seed = 5, width = 256, height = 256 });
        var other = await Bytes("red fox in the snow", new { seed = 6, width = 256, height = 256 });
        Assert.Equal(first, again);
        Assert.NotEqual(first, other);
    }

    [Fact]
    public async Task Several_pictures_use_the_seeds_that_follow_and_progress_says_what_is_done()
    {
        var result = await new StudioProvider(Tools).Submit(_requests.For("studio-sketch", "red fox", new { seed = 5, width = 128, height = 128 }, count: 2), _progress, TestContext.Current.CancellationToken);
        var outputs = Assert.IsType<ProviderResult.Finished>(result).Outputs;
        Assert.Equal(2, outputs.Count);
        Assert.Equal([25, 50, 75, 100], _progress.Values);
        var second = await File.ReadAllBytesAsync(outputs[1].Path, TestContext.Current.CancellationToken);
        Assert.Equal(second, await Bytes("red fox", new { seed = 6, width = 128, height = 128 }));
        Assert.DoesNotContain(Directory.GetFiles(_requests.Folder), f => f.EndsWith(".svg", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_a_seed_the_generation_decides_so_a_second_run_repeats_the_first()
    {
        var (one, two) = (Guid.NewGuid(), Guid.NewGuid());
        var size = new { width = 128, height = 128 };
        Assert.Equal(await Bytes("hills", size, one), await Bytes("hills", size, one));
        Assert.NotEqual(await Bytes("hills", size, one), await Bytes("hills", size, two));
    }

    [Theory]
    [InlineData(63, 64)]
    [InlineData(64, 2049)]
    public async Task A_size_out_of_bounds_is_an_input_error(int width, int height)
    {
        var failed = Assert.IsType<ProviderResult.Failed>(await Submit("x", new { width, height }));
        Assert.Equal(ProviderFault.InvalidInput, failed.Fault);
    }

    [Fact]
    public async Task A_missing_program_is_named_with_its_package()
    {
        var studio = new StudioProvider(Tools with { Vips = new Tool("vips-that-is-not-here", "libvips-tools") });
        const string sentence = "vips-that-is-not-here is missing: install the package libvips-tools.";
        Assert.Equal(sentence, studio.Unavailable("studio-sketch"));
        Assert.Null(studio.Unavailable("studio-voice"));
        var result = await studio.Submit(_requests.For("studio-sketch", "x"), _progress, TestContext.Current.CancellationToken);
        Assert.Equal(new ProviderResult.Failed(ProviderFault.Unavailable, sentence), result);
    }

    [Fact]
    public async Task A_program_that_fails_is_a_plain_failure_without_paths()
    {
        var studio = new StudioProvider(Tools with { Vips = new Tool("false", "coreutils") });
        var failed = Assert.IsType<ProviderResult.Failed>(await studio.Submit(_requests.For("studio-sketch", "x"), _progress, TestContext.Current.CancellationToken));
        Assert.Equal(ProviderFault.Internal, failed.Fault);
        Assert.DoesNotContain('/', failed.Message);
    }

    public void Dispose() => _requests.Dispose();

    private Task<ProviderResult> Submit(string prompt, object parameters, Guid? id = null) =>
        new StudioProvider(Tools).Submit(_requests.For("studio-sketch", prompt, parameters, id: id), _progress, TestContext.Current.CancellationToken);

    private async Task<byte[]> Bytes(string prompt, object parameters, Guid? id = null) =>
        await File.ReadAllBytesAsync(Assert.Single(Assert.IsType<ProviderResult.Finished>(await Submit(prompt, parameters, id)).Outputs).Path, TestContext.Current.CancellationToken);

    private async Task<MediaFacts> Draw(string prompt, object parameters) =>
        await new Probe(Tools).Read(Assert.Single(Assert.IsType<ProviderResult.Finished>(await Submit(prompt, parameters)).Outputs).Path, TestContext.Current.CancellationToken);
}
