using Rpd.Server.Catalog;
using Rpd.Server.Providers.Studio;
using Rpd.Server.Providers.Studio.Looks;
using Rpd.Server.Providers.Studio.Motion;
using Rpd.Server.Providers.Studio.Sketch;
using Rpd.Server.Providers.Studio.Stills;
using Rpd.Server.Providers.Studio.Tune;
using Xunit;

namespace Rpd.Server.Tests.Providers.Studio;

/// <summary>Holds docs/studio.md to the code, both ways.</summary>
public sealed class StudioDocsTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(Root(), "docs", "studio.md"));

    private static readonly ModelCatalog Models = new([], new Rpd.Server.Providers.Vendors.VendorList([], []), TimeProvider.System);

    [Fact]
    public void Every_subject_and_voice_is_named()
    {
        Assert.Equal(Cast.All.Select(r => r.Kind), Listed("Subjects").Take(Cast.All.Count));
        Assert.Equal(Voices.Names.Where(n => !n.EndsWith("male", StringComparison.Ordinal)), Page.Split("Languages: ")[1].Split(".\n")[0].Split(", "));
    }

    [Fact]
    public void Every_word_that_is_named_is_understood_and_every_meaning_is_named()
    {
        Covers(Lexicon.Grounds, "Places");
        Covers(Lexicon.Backdrops, "Views");
        Covers(Lexicon.Flowers, "Fields of");
        Covers(Lexicon.Extras, "Also");
        Covers(Lexicon.Hours, "Light");
        Covers(Lexicon.Weathers, "Weather");
        Covers(Lexicon.Seasons, "Season");
        Covers(Lexicon.Styles, "Styles");
        Covers(Lexicon.Colours, "Colours");
    }

    [Fact]
    public void Every_word_of_a_tune_that_is_named_is_understood_and_every_meaning_is_named()
    {
        Covers(TuneWords.Feelings, "Moods");
        Covers(TuneWords.Genres, "Kinds");
        Covers(TuneWords.Instruments, "Instruments");
        Covers(TuneWords.Drums, "Rhythm");
    }

    [Theory]
    [InlineData("studio-motion", "camera")]
    [InlineData("studio-motion", "light")]
    [InlineData("studio-restyle", "style")]
    [InlineData("studio-animate", "camera")]
    [InlineData("studio-animate", "particle")]
    [InlineData("studio-grade", "operation")]
    [InlineData("studio-grade", "look")]
    [InlineData("studio-grade", "style")]
    [InlineData("studio-effects", "effect")]
    [InlineData("studio-avatar", "voice")]
    public void The_choices_of_a_parameter_are_the_same_in_code_catalogue_and_page(string model, string param)
    {
        IReadOnlyList<string> code = (model, param) switch
        {
            ("studio-motion", "camera") => Camera.Moves,
            ("studio-motion", _) => Daylight.Wishes,
            ("studio-animate", "camera") => StillCamera.Moves,
            ("studio-animate", _) => Particles.Names,
            ("studio-grade", "operation") => GradeModel.Operations,
            ("studio-grade", "look") => [.. GradeModel.Looks],
            ("studio-effects", _) => Effects.Names,
            ("studio-avatar", _) => [.. Voices.Names],
            _ => Restyle.Names,
        };
        Assert.Equal(code, Models.Find(model)!.Rules[param]!.Choices);
        if (param != "voice") Assert.Contains(string.Join(", ", code), Page, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_model_has_its_row_with_its_types_and_its_price()
    {
        foreach (var entry in Models.All.Where(entry => entry.Provider == "studio"))
        {
            var price = entry.BaseRate!.Value;
            var words = entry.BillingUnit switch { "image" => $"{price} per picture", "second" => price < 1 ? $"1 per {1 / price:0} seconds" : $"{price} per second", "1k_chars" => $"{price} per 1,000 characters", _ => $"{price}" };
            var row = Assert.Single(Page.Split('\n'), line => line.StartsWith($"| `{entry.Id}` |", StringComparison.Ordinal));
            Assert.Equal([string.Join(", ", entry.SupportedTypes), words], [row.Split('|')[2].Trim(), row.Split('|')[4].Trim()]);
        }
    }

    private static void Covers<T>(Vocabulary<T> vocabulary, string heading)
    {
        var named = Listed(heading).Select(word => Assert.Single(vocabulary.In(Prompt.Words(word))).Meaning).ToHashSet();
        var all = vocabulary.In(vocabulary.Words.SelectMany(w => w.Split(' ').Append("|")).ToList()).Select(m => m.Meaning).ToHashSet();
        Assert.Equal(all, named);
    }

    private static IEnumerable<string> Listed(string heading) =>
        Page.Split($"**{heading}**")[1].Split(": ", 2)[1].Split('\n')[0].Split(". **")[0].TrimEnd('.').Split(", ");

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "RpdDashboard.sln"))) folder = Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("RpdDashboard.sln");
        return folder;
    }
}
