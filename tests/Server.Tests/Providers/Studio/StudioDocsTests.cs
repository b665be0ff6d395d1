using Rpd.Server.Providers.Studio;
using Rpd.Server.Providers.Studio.Sketch;
using Xunit;

namespace Rpd.Server.Tests.Providers.Studio;

/// <summary>Holds docs/studio.md to the code, both ways.</summary>
public sealed class StudioDocsTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(Root(), "docs", "studio.md"));

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
