namespace Rpd.Server.Providers.Studio.Sketch;

/// <summary>From words to a scene. What the words leave open is decided by the seed, never by chance.</summary>
internal static class ReadPrompt
{
    private const int SubjectsMax = 3;
    private const int FiguresMax = 7;

    public static Scene Read(string prompt, string? negative, string? style, Rng rng)
    {
        var words = Prompt.Words(prompt);
        var styled = style is null ? words : [.. Prompt.Words(style), .. words];
        var without = Prompt.Words(negative ?? "");

        var unwantedGrounds = All(Lexicon.Grounds, without);
        var grounds = All(Lexicon.Grounds, words).Where(g => !unwantedGrounds.Contains(g)).ToList();
        var flowers = All(Lexicon.Flowers, words).Except(All(Lexicon.Flowers, without)).ToList();
        var backdrops = All(Lexicon.Backdrops, words).Except(All(Lexicon.Backdrops, without)).ToHashSet();
        var extras = All(Lexicon.Extras, words).Except(All(Lexicon.Extras, without)).ToHashSet();
        var subjects = Subjects(words, All(Cast.Vocabulary, without));
        var colours = All(Lexicon.Colours, words);
        var weathers = All(Lexicon.Weathers, words).Except(All(Lexicon.Weathers, without)).ToList();

        var silent = grounds.Count + flowers.Count + backdrops.Count + extras.Count + subjects.Count == 0;
        var ground = GroundOf(grounds, flowers, backdrops, extras, subjects, silent, rng.For("ground"));
        if (silent) AddCompany(backdrops, ground, rng.For("company"));
        var pickedStyle = All(Lexicon.Styles, styled).Cast<Style?>().FirstOrDefault() ?? Style.Natural;
        var hour = HourOf(words, extras, pickedStyle, ground, rng.For("hour"));
        var season = All(Lexicon.Seasons, words).Cast<Season?>().FirstOrDefault() ?? (ground == Ground.Snow ? Season.Winter : Season.Summer);
        if (season == Season.Winter && ground is Ground.Meadow) ground = Ground.Snow;
        if (hour == Hour.Night && ground is not (Ground.Room or Ground.Seabed)) extras.Add(Extra.Stars);
        extras.ExceptWith(All(Lexicon.Extras, without));

        return new Scene(
            ground, flowers.Count > 0 ? flowers[0] : Flower.Daisy, hour, weathers.Count > 0 ? Heaviest(weathers) : Weather.Fair, season, pickedStyle,
            colours.Count > 0 ? colours[0] : null, backdrops, extras, Ridden(subjects));
    }

    private static List<T> All<T>(Vocabulary<T> vocabulary, IReadOnlyList<string> words) => vocabulary.In(words).Select(m => m.Meaning).Distinct().ToList();

    private static List<Subject> Subjects(IReadOnlyList<string> words, List<string> unwanted)
    {
        var tints = Lexicon.Colours.In(words).ToList();
        var numbers = Lexicon.Numbers.In(words).ToList();
        var sizes = Lexicon.Sizes.In(words).ToList();
        var poses = Lexicon.Poses.In(words).ToList();
        var taken = Lexicon.Styles.Swallowed(words).Concat(Lexicon.Grounds.Swallowed(words)).Concat(Lexicon.Flowers.Swallowed(words)).ToHashSet();
        var found = new List<Subject>();
        var room = FiguresMax;
        foreach (var (kind, at) in Cast.Vocabulary.In(words))
        {
            if (taken.Contains(at) || unwanted.Contains(kind) || found.Any(s => s.Kind == kind)) continue;
            if (found.Count == SubjectsMax || room == 0) break;
            var count = Math.Min(room, Near(numbers, at, 4, 1));
            room -= count;
            var pose = poses.Where(p => p.At > at).Select(p => (Pose?)p.Meaning).FirstOrDefault() ?? poses.Select(p => (Pose?)p.Meaning).FirstOrDefault();
            found.Add(new Subject(kind, count, Near(sizes, at, 3, 1.0), Near<Colour?>(tints.Select(t => ((Colour?)t.Meaning, t.At)), at, 3, After(tints, at)), pose ?? Cast.Of(kind).Usual));
        }
        return found;
    }

    /// <summary>What stands closest before the word; adjectives come first in most tongues,</summary>
    private static T Near<T>(IEnumerable<(T Meaning, int At)> meanings, int at, int reach, T otherwise) =>
        meanings.Where(m => m.At <= at && at - m.At <= reach).OrderByDescending(m => m.At).Select(m => m.Meaning).DefaultIfEmpty(otherwise).First();

    /// <summary>and after it in the Romance ones.</summary>
    private static Colour? After(List<(Colour Meaning, int At)> tints, int at) =>
        tints.Where(t => t.At == at + 1).Select(t => (Colour?)t.Meaning).FirstOrDefault();

    private static Ground GroundOf(List<Ground> named, List<Flower> flowers, HashSet<Backdrop> backdrops, HashSet<Extra> extras, List<Subject> subjects, bool silent, Rng rng)
    {
        if (named.Contains(Ground.Portrait) && subjects.All(s => Cast.Of(s.Kind).Person)) return Ground.Portrait;
        named = named.Where(g => g != Ground.Portrait).ToList();
        var strong = named.Where(g => g is not (Ground.Meadow or Ground.Clouds)).ToList();
        if (strong.Count == 0 && subjects.Count > 0 && subjects.All(s => Cast.Of(s.Kind).Medium == Medium.Table)) return Ground.Room;
        if (flowers.Count > 0 && !strong.Exists(g => g is Ground.Room or Ground.Space or Ground.Abstract)) return Ground.Flowers;
        if (strong.Contains(Ground.Street) && strong.Find(g => g is Ground.Sea or Ground.Lake or Ground.Beach or Ground.Desert or Ground.Snow or Ground.Seabed or Ground.Space) is var wet and not default(Ground)) return wet;
        if (strong.Count > 0) return strong.Contains(Ground.Beach) ? Ground.Beach : strong[0];
        if (named.Count > 0) return named.Contains(Ground.Meadow) ? Ground.Meadow : subjects.Count == 0 || Cast.Of(subjects[0].Kind).Medium == Medium.Air ? Ground.Clouds : Ground.Meadow;
        if (subjects.Count > 0) return rng.Pick(Cast.Of(subjects[^1].Kind).Homes.Length > 0 ? Cast.Of(subjects[0].Kind).Homes : Cast.AnyHome);
        if (extras.Contains(Extra.Planet)) return Ground.Space;
        if (backdrops.Contains(Backdrop.Trees) && backdrops.Count == 1) return Ground.Meadow;
        if (backdrops.Count > 0) return rng.Pick([Ground.Lake, Ground.Meadow, Ground.Flowers]);
        if (!silent) return rng.Pick([Ground.Meadow, Ground.Lake, Ground.Sea]);
        return rng.Pick([Ground.Abstract, Ground.Abstract, Ground.Lake, Ground.Sea, Ground.Meadow, Ground.Desert, Ground.Flowers, Ground.Forest, Ground.Space]);
    }

    private static void AddCompany(HashSet<Backdrop> backdrops, Ground ground, Rng rng)
    {
        if (ground is Ground.Lake or Ground.Meadow && rng.Chance(0.7)) backdrops.Add(Backdrop.Mountains);
        if (ground is Ground.Lake or Ground.Meadow && rng.Chance(0.5)) backdrops.Add(Backdrop.Trees);
    }

    private static Hour HourOf(IReadOnlyList<string> words, HashSet<Extra> extras, Style style, Ground ground, Rng rng)
    {
        var named = All(Lexicon.Hours, words);
        if (named.Count > 0) return named.Contains(Hour.Golden) && !named.Contains(Hour.Night) ? Hour.Golden : named[^1];
        if (extras.Overlaps([Extra.Moon, Extra.Stars, Extra.Aurora, Extra.Fireflies])) return Hour.Night;
        if (extras.Contains(Extra.Rainbow)) return Hour.Day;
        return style switch
        {
            Style.Neon => Hour.Night,
            Style.Cinematic => Hour.Golden,
            _ when ground == Ground.Room => rng.Pick([Hour.Day, Hour.Golden]),
            Style.LineArt or Style.Flat => rng.Pick([Hour.Day, Hour.Day, Hour.Golden]),
            _ => rng.Pick([Hour.Day, Hour.Day, Hour.Day, Hour.Golden, Hour.Golden, Hour.Golden, Hour.Sunset, Hour.Sunset, Hour.Dawn, Hour.Dusk]),
        };
    }

    private static Weather Heaviest(List<Weather> weathers) =>
        new[] { Weather.Storm, Weather.Rain, Weather.Snowing, Weather.Fog, Weather.Cloudy, Weather.Clear }.First(weathers.Contains);

    /// <summary>A rider needs someone who sits and something to sit on; without either nobody rides.</summary>
    private static List<Subject> Ridden(List<Subject> subjects)
    {
        var mount = subjects.Find(s => Cast.Of(s.Kind).Saddle > 0);
        var rider = subjects.Find(s => Cast.Of(s.Kind).Person && s.Pose == Pose.Ride);
        var rides = mount is not null && rider is not null;
        return subjects.Select(s => s.Pose != Pose.Ride || (rides && s == rider) ? s : s with { Pose = s == mount ? Pose.Run : Cast.Of(s.Kind).Usual }).ToList();
    }
}
