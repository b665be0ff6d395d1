using System.Text;
using System.Xml.Linq;
using Rpd.Server.Media;
using Rpd.Server.Providers;
using Rpd.Server.Providers.Studio;
using Rpd.Server.Providers.Studio.Sketch;
using Xunit;

namespace Rpd.Server.Tests.Providers.Studio;

public sealed class StudioSceneTests
{
    private const string Sunflowers = "A golden retriever running through a sunflower field, cinematic lighting";

    [Fact]
    public void A_golden_retriever_in_a_sunflower_field_is_a_running_dog_among_sunflowers()
    {
        var drawing = Compose(Sunflowers);
        Assert.Equal((Ground.Flowers, Flower.Sunflower, Style.Cinematic, Hour.Golden), (drawing.Scene.Ground, drawing.Scene.Flower, drawing.Scene.Style, drawing.Scene.Hour));
        Assert.Equal(("dog", Pose.Run, 1), Assert.Single(drawing.Scene.Subjects) is var dog ? (dog.Kind, dog.Pose, dog.Count) : default);
        var groups = XDocument.Parse(drawing.Svg(1024, 1024)).Descendants().Select(e => (string?)e.Attribute("id")).ToList();
        Assert.Contains("dog", groups);
        Assert.Contains("sunflowers-far", groups);
        Assert.Contains(groups, g => g?.StartsWith("sunflowers-near", StringComparison.Ordinal) == true);
    }

    [Fact]
    public async Task The_sunflower_field_is_yellow_and_green_where_it_is_rendered()
    {
        using var requests = new StudioRequest();
        var result = await new StudioProvider(new Tools()).Submit(requests.For("studio-sketch", Sunflowers, new { seed = 3, width = 512, height = 512 }), new Reports(), TestContext.Current.CancellationToken);
        var path = Assert.Single(Assert.IsType<ProviderResult.Finished>(result).Outputs).Path;
        var ppm = await new Tools().Vips.Run(["crop", path, Path.Combine(requests.Folder, "field.ppm"), "0", "320", "512", "130"], ToolOptions.Within(20), TestContext.Current.CancellationToken);
        Assert.Equal(0, ppm.ExitCode);
        var (rgb, width, height) = Pixmap.Read(await File.ReadAllBytesAsync(Path.Combine(requests.Folder, "field.ppm"), TestContext.Current.CancellationToken));
        var warm = Enumerable.Range(0, width * height).Count(i => rgb[i * 3 + 1] > rgb[i * 3 + 2] * 1.15 && rgb[i * 3] + rgb[i * 3 + 1] > rgb[i * 3 + 2] * 2.3);
        Assert.True(warm > 0.7 * width * height, $"Only {100.0 * warm / (width * height):0} % of the field is yellow or green.");
    }

    [Theory]
    [InlineData("ein Hund im Wald bei Nacht", "dog", Ground.Forest, Hour.Night)]
    [InlineData("un perro en la playa", "dog", Ground.Beach, null)]
    [InlineData("un chien dans la forêt", "dog", Ground.Forest, null)]
    [InlineData("three CATS on a table!!!", "cat", Ground.Room, null)]
    [InlineData("Château au bord du lac", "castle", Ground.Lake, null)]
    public void Nouns_of_four_languages_are_understood(string prompt, string kind, object ground, object? hour)
    {
        var scene = Compose(prompt).Scene;
        Assert.Equal(kind, Assert.Single(scene.Subjects).Kind);
        Assert.Equal(ground, scene.Ground);
        if (hour is not null) Assert.Equal(hour, scene.Hour);
    }

    [Fact]
    public void Colours_numbers_and_sizes_belong_to_the_noun_after_them()
    {
        var subjects = Compose("three small blue birds and a huge red car").Scene.Subjects;
        Assert.Equal([("bird", 3, 0.68), ("car", 1, 1.35)], subjects.Select(s => (s.Kind, s.Count, s.Scale)));
        Assert.InRange(subjects[0].Tint!.Value.H, 240, 270);
        Assert.InRange(subjects[1].Tint!.Value.H, 20, 35);
    }

    [Fact]
    public void The_negative_prompt_takes_motifs_out()
    {
        var drawing = Composer.Compose("a dog and a cat below mountains, rainbow", "cats, mountains, rainbow", null, 512, 512, 1);
        Assert.Equal("dog", Assert.Single(drawing.Scene.Subjects).Kind);
        Assert.DoesNotContain(drawing.Layers, l => l.Name == "cat" || l.Name.StartsWith("mountain", StringComparison.Ordinal) || l.Name == "rainbow");
    }

    [Fact]
    public void Every_subject_and_every_style_can_be_painted()
    {
        foreach (var role in Cast.All)
            foreach (var pose in new[] { "", " running", " sitting" })
                Assert.Contains(Compose(role.Words.Split(' ')[0] + pose).Layers, l => l.Name == role.Kind && l.Svg.Length > 200);
        foreach (var style in Lexicon.Styles.Words) Well(Composer.Compose("a house by the sea", null, style, 300, 200, 1));
    }

    [Fact]
    public void Layers_come_from_far_to_near()
    {
        var depths = Compose("a house by a lake, mountains").Layers.Select(l => l.Depth).ToList();
        Assert.Equal(depths.OrderDescending(), depths);
    }

    [Theory]
    [MemberData(nameof(Hostile))]
    public void No_prompt_gets_into_the_drawing_or_breaks_it(string prompt)
    {
        var svg = Well(Composer.Compose(prompt, prompt, prompt, 400, 300, 9));
        foreach (var trace in new[] { "script", "onload", "zqxjkv", "&", "evil", "\0", "\u202E", "日", "😀" }) Assert.DoesNotContain(trace, svg, StringComparison.Ordinal);
        Assert.True(svg.All(char.IsAscii));
        Assert.InRange(svg.Length, 1_000, 3_000_000);
    }

    public static TheoryData<string> Hostile()
    {
        var every = new StringBuilder();
        for (var rune = 1; every.Length < 4_000; rune += 277)
            if (Rune.IsValid(rune)) every.Append(new Rune(rune).ToString()).Append(' ');
        return
        [
            "", "   ", "zqxjkv", "<script>alert('evil')</script>", "\"/><image href='http://evil/' onload='x'/>", "]]>&evil;&#0;", "\0\0dog\0evil",
            "\uD800 lone \uDC00 surrogates \uFFFF", new string('a', 4_000), string.Concat(Enumerable.Repeat("dog cat lion ", 400))[..4_000],
            string.Concat(Enumerable.Repeat("👩‍👩‍👧‍👦😀", 200)), string.Concat(Enumerable.Repeat("日本語の風景", 400)), "\u202Eevil\u0301\u0301\u0301", every.ToString(),
        ];
    }

    [Theory]
    [InlineData(64, 2048)]
    [InlineData(2048, 64)]
    public void Extreme_shapes_stay_bounded(int width, int height)
    {
        foreach (var prompt in new[] { "sunflower field", "city at night", "forest", "sea", "desert", "coral reef", "abstract" })
            Assert.InRange(Well(Composer.Compose(prompt + " with a dog", null, null, width, height, 2)).Length, 1_000, 4_000_000);
    }

    private static Drawing Compose(string prompt) => Composer.Compose(prompt, null, null, 512, 512, 7);

    private static string Well(Drawing drawing)
    {
        var svg = drawing.Svg(1024, 1024);
        XDocument.Parse(svg);
        Assert.DoesNotContain("NaN", svg, StringComparison.Ordinal);
        Assert.DoesNotContain("∞", svg, StringComparison.Ordinal);
        return svg;
    }
}
