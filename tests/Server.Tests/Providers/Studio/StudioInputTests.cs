using Rpd.Server.Catalog;
using Rpd.Server.Media;
using Rpd.Server.Providers.Studio;
using Rpd.Shared.Generations;
using Xunit;

namespace Rpd.Server.Tests.Providers.Studio;

/// <summary>What a request starts from may be missing, of another kind, damaged, hostile or too long: each is said, none is a fault of ours.</summary>
public sealed class StudioInputTests : IDisposable
{
    private readonly Screening _screening = new();

    public static TheoryData<string, string, string> NeedPicture => new()
    {
        { "image2image", "studio-restyle", "{}" }, { "image2video", "studio-animate", "{}" }, { "upscale", "studio-upscale", "{}" },
        { "extend", "studio-extend", "{}" }, { "effect", "studio-effects", "{\"effect\":\"bloom\"}" }, { "motion_transfer", "studio-transfer", "{}" },
    };

    [Theory]
    [MemberData(nameof(NeedPicture))]
    public async Task A_missing_or_wrong_picture_is_named(string type, string model, string parameters)
    {
        var given = System.Text.Json.JsonSerializer.Deserialize<System.Text.Json.JsonElement>(parameters);
        Assert.Contains("inputImageUrl", await _screening.Invalid(type, model, "", given), StringComparison.Ordinal);
        Assert.Contains("could not be read", await _screening.Invalid(type, model, "", given, image: _screening.Path("gone.png")), StringComparison.Ordinal);
        await File.WriteAllTextAsync(_screening.Path("evil.png"), "<svg xmlns=\"http://www.w3.org/2000/svg\"><image href=\"file:///etc/passwd\"/></svg>", TestContext.Current.CancellationToken);
        Assert.Contains("not supported", await _screening.Invalid(type, model, "", given, image: _screening.Path("evil.png")), StringComparison.Ordinal);
        var half = await File.ReadAllBytesAsync(await _screening.Picture(), TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(_screening.Path("half.png"), half[..(half.Length / 2)], TestContext.Current.CancellationToken);
        Assert.Contains("damaged", await _screening.Invalid(type, model, "", given, image: _screening.Path("half.png")), StringComparison.Ordinal);
        var sound = await _screening.Make("audio", "studio-voice", "hello", new { format = "wav" });
        Assert.Contains("audio/wav", await _screening.Invalid(type, model, "", given, image: sound), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("video2video", "studio-grade")]
    [InlineData("motion_transfer", "studio-transfer")]
    public async Task A_missing_or_wrong_video_is_named(string type, string model)
    {
        var picture = await _screening.Picture();
        Assert.Contains("inputVideoUrl", await _screening.Invalid(type, model, image: picture), StringComparison.Ordinal);
        Assert.Contains("image/png", await _screening.Invalid(type, model, image: picture, video: picture), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_video_that_is_too_long_is_refused()
    {
        await _screening.Ffmpeg(["-f", "lavfi", "-i", "color=red:size=64x64:rate=2:duration=32", "-pix_fmt", "yuv420p", _screening.Path("long.mp4")]);
        foreach (var (type, model) in new[] { ("video2video", "studio-grade"), ("upscale", "studio-upscale"), ("extend", "studio-extend") })
            Assert.Contains("30 seconds", await _screening.Invalid(type, model, video: _screening.Path("long.mp4")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_video_filmed_sideways_stands_upright()
    {
        var video = await _screening.Pan("wide.mp4", await _screening.Picture(), "n", 0.4);
        await _screening.Ffmpeg(["-i", video, "-c", "copy", "-metadata:s:v:0", "rotate=90", _screening.Path("tall.mp4")]);
        var facts = await _screening.Facts(await _screening.Make("effect", "studio-effects", "bloom", video: _screening.Path("tall.mp4")));
        Assert.Equal((150, 240), (facts.Width, facts.Height));
    }

    [Fact]
    public void Every_type_has_a_model_here_and_every_model_of_the_catalogue_can_run()
    {
        var studio = new StudioProvider(new Tools());
        var models = new ModelCatalog([studio], new Rpd.Server.Providers.Vendors.VendorList([], []), TimeProvider.System).All.Where(entry => entry.Provider == "studio").ToList();
        Assert.Equal(GenerationTypes.All.Order(), models.SelectMany(entry => entry.SupportedTypes).Distinct().Order());
        Assert.All(models, entry => Assert.Null(studio.Unavailable(entry.Id)));
    }

    public void Dispose() => _screening.Dispose();
}
