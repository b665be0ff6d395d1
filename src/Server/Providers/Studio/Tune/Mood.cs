using Rpd.Server.Providers.Studio.Sketch;

namespace Rpd.Server.Providers.Studio.Tune;

internal enum Feeling { Calm, Happy, Sad, Dark, Epic, Tense, Dreamy, Energetic }

internal enum Genre { Ambient, Lofi, Jazz, Electronic, Rock, Waltz, March, Folk, Zen }

internal enum Instrument { Piano, Keys, Guitar, Strings, Flute, Bells, Synth, Organ, Bass }

internal enum Beat { None, Soft, Lazy, Four, Rock, March }

/// <summary>Words that a tune understands; everything else reaches it through the seed alone.</summary>
internal static class TuneWords
{
    public static readonly Vocabulary<Feeling> Feelings = new(
        (Feeling.Calm, "calm peaceful relaxing relaxed soft gentle quiet slow sleep meditation lullaby ruhig tranquilo calme"),
        (Feeling.Happy, "happy cheerful joyful bright sunny playful upbeat fun frohlich alegre joyeux summer"),
        (Feeling.Sad, "sad melancholic melancholy lonely sorrow tears rainy traurig triste"),
        (Feeling.Dark, "dark horror scary spooky night gloomy dunkel oscuro sombre"),
        (Feeling.Epic, "epic heroic cinematic triumphant majestic orchestral battle episch epico epique"),
        (Feeling.Tense, "tense suspense thriller mysterious mystery anxious spannend misterio"),
        (Feeling.Dreamy, "dreamy ethereal floating space cosmic magical fairy traumhaft sonador"),
        (Feeling.Energetic, "energetic fast driving powerful workout running party dance action wild energico"));

    public static readonly Vocabulary<Genre> Genres = new(
        (Genre.Ambient, "ambient drone atmosphere atmospheric background"),
        (Genre.Lofi, "lofi lo-fi chill chillhop study hip-hop hiphop"),
        (Genre.Jazz, "jazz swing blues bossa"),
        (Genre.Electronic, "electronic techno house edm trance synthwave retrowave electro club chiptune"),
        (Genre.Rock, "rock metal punk grunge indie"),
        (Genre.Waltz, "waltz walzer vals valse ballroom"),
        (Genre.March, "march parade military marsch marcha"),
        (Genre.Folk, "folk acoustic country campfire celtic medieval"),
        (Genre.Zen, "zen japanese chinese oriental asian bamboo"));

    public static readonly Vocabulary<Instrument> Instruments = new(
        (Instrument.Piano, "piano klavier"),
        (Instrument.Keys, "keys electric-piano rhodes"),
        (Instrument.Guitar, "guitar guitarra gitarre guitare harp lute banjo ukulele"),
        (Instrument.Strings, "strings violin violins cello orchestra streicher cuerdas"),
        (Instrument.Flute, "flute whistle flote flauta pipe"),
        (Instrument.Bells, "bell bells glockenspiel music-box celesta vibraphone marimba"),
        (Instrument.Synth, "synth synthesizer synthesiser lead arpeggio"),
        (Instrument.Organ, "organ orgel organo church"),
        (Instrument.Bass, "bass contrabass"));

    public static readonly Vocabulary<Beat> Drums = new((Beat.Rock, "drums drum percussion beat schlagzeug bateria"));
}

/// <summary>What a prompt asks of the music, made definite.</summary>
/// <param name="Scale">Semitones of its seven (or five, repeated) steps above the root.</param>
/// <param name="Root">MIDI number of the key's note in the octave below middle C.</param>
/// <param name="Swing">0–0.33: how late every second half beat comes.</param>
/// <param name="Density">0–1: how busy the melody is.</param>
internal sealed record Mood(
    double Bpm, int BeatsPerBar, int[] Scale, int Root, Beat Beat, double Swing, double Density, Instrument Lead, Instrument Chords, bool Bass, double Space, int[][] Progressions)
{
    private static readonly int[] Major = [0, 2, 4, 5, 7, 9, 11], Minor = [0, 2, 3, 5, 7, 8, 10], Dorian = [0, 2, 3, 5, 7, 9, 10], Lydian = [0, 2, 4, 6, 7, 9, 11],
        Phrygian = [0, 1, 3, 5, 7, 8, 10], Harmonic = [0, 2, 3, 5, 7, 8, 11], Mixolydian = [0, 2, 4, 5, 7, 9, 10];

    private static readonly int[][] Bright = [[0, 4, 5, 3], [0, 3, 4, 4], [0, 5, 3, 4], [0, 3, 0, 4]], Shaded = [[0, 5, 2, 6], [0, 3, 5, 4], [0, 6, 5, 6], [0, 5, 3, 4]],
        Cool = [[1, 4, 0, 5], [0, 3, 1, 4], [3, 2, 1, 0]], Wide = [[0, 3], [0, 5], [0, 1]];

    public static Mood Read(string prompt, Rng rng)
    {
        var words = Prompt.Words(prompt);
        var genre = TuneWords.Genres.In(words).Select(m => (Genre?)m.Meaning).FirstOrDefault();
        var feeling = TuneWords.Feelings.In(words).Select(m => (Feeling?)m.Meaning).FirstOrDefault()
            ?? (genre is null ? rng.Pick([Feeling.Calm, Feeling.Happy, Feeling.Dreamy]) : Usual(genre.Value));
        var mood = Feel(Of(feeling, rng), genre, rng);
        var named = TuneWords.Instruments.In(words).Select(m => m.Meaning).Distinct().ToList();
        var voices = named.Where(i => i != Instrument.Bass).ToList();
        if (voices.Count > 0) mood = mood with { Lead = voices[0], Chords = voices.Count > 1 ? voices[1] : voices[0] is Instrument.Strings or Instrument.Organ ? voices[0] : mood.Chords };
        if (named.Contains(Instrument.Bass)) mood = mood with { Bass = true };
        if (mood.Beat == Beat.None && TuneWords.Drums.In(words).Any()) mood = mood with { Beat = feeling == Feeling.Calm ? Beat.Soft : Beat.Rock };
        return mood with { Root = 48 + rng.Below(10) - 4 };
    }

    private static Feeling Usual(Genre genre) => genre switch
    {
        Genre.Ambient => Feeling.Dreamy,
        Genre.Lofi or Genre.Jazz or Genre.Zen => Feeling.Calm,
        Genre.Electronic or Genre.Rock => Feeling.Energetic,
        _ => Feeling.Happy,
    };

    private static Mood Of(Feeling feeling, Rng rng) => feeling switch
    {
        Feeling.Calm => new(rng.Between(66, 76), 4, rng.Pick([Major, Lydian]), 0, Beat.None, 0, 0.35, Instrument.Piano, Instrument.Strings, true, 0.35, Bright),
        Feeling.Happy => new(rng.Between(112, 126), 4, rng.Pick([Major, Major, Mixolydian]), 0, Beat.Soft, 0, 0.65, Instrument.Bells, Instrument.Guitar, true, 0.18, Bright),
        Feeling.Sad => new(rng.Between(60, 70), 4, rng.Pick([Minor, Harmonic]), 0, Beat.None, 0, 0.35, Instrument.Piano, Instrument.Strings, true, 0.4, Shaded),
        Feeling.Dark => new(rng.Between(70, 82), 4, rng.Pick([Phrygian, Harmonic]), 0, Beat.None, 0, 0.25, Instrument.Synth, Instrument.Organ, true, 0.45, Shaded),
        Feeling.Epic => new(rng.Between(92, 104), 4, rng.Pick([Minor, Harmonic]), 0, Beat.March, 0, 0.5, Instrument.Strings, Instrument.Strings, true, 0.4, Shaded),
        Feeling.Tense => new(rng.Between(98, 110), 4, rng.Pick([Harmonic, Phrygian]), 0, Beat.None, 0, 0.5, Instrument.Strings, Instrument.Strings, true, 0.3, Shaded),
        Feeling.Dreamy => new(rng.Between(70, 84), 4, rng.Pick([Lydian, Major]), 0, Beat.None, 0, 0.4, Instrument.Bells, Instrument.Strings, true, 0.5, Bright),
        Feeling.Energetic => new(rng.Between(124, 136), 4, rng.Pick([Minor, Dorian]), 0, Beat.Rock, 0, 0.7, Instrument.Synth, Instrument.Keys, true, 0.15, Shaded),
        _ => throw new ArgumentOutOfRangeException(nameof(feeling)),
    };

    private static Mood Feel(Mood mood, Genre? genre, Rng rng) => genre switch
    {
        Genre.Ambient => mood with { Bpm = Math.Min(mood.Bpm, 66), Beat = Beat.None, Density = 0.2, Chords = Instrument.Strings, Space = 0.6, Progressions = Wide },
        Genre.Lofi => mood with { Bpm = rng.Between(74, 84), Beat = Beat.Lazy, Swing = 0.2, Lead = Instrument.Guitar, Chords = Instrument.Keys, Scale = Dorian, Progressions = Cool, Density = 0.4 },
        Genre.Jazz => mood with { Bpm = rng.Between(104, 128), Beat = Beat.Lazy, Swing = 0.3, Lead = Instrument.Piano, Chords = Instrument.Keys, Scale = mood.Scale[2] == 4 ? Mixolydian : Dorian, Progressions = Cool, Density = 0.6 },
        Genre.Electronic => mood with { Bpm = Math.Max(mood.Bpm, 122), Beat = Beat.Four, Lead = Instrument.Synth, Chords = Instrument.Keys, Density = 0.75 },
        Genre.Rock => mood with { Bpm = Math.Max(mood.Bpm, 118), Beat = Beat.Rock, Lead = Instrument.Synth, Chords = Instrument.Guitar },
        Genre.Waltz => mood with { BeatsPerBar = 3, Bpm = Math.Max(mood.Bpm, 138), Beat = Beat.Soft, Lead = Instrument.Strings, Chords = Instrument.Piano },
        Genre.March => mood with { Bpm = 112, Beat = Beat.March, Lead = Instrument.Flute, Chords = Instrument.Organ },
        Genre.Folk => mood with { Lead = Instrument.Flute, Chords = Instrument.Guitar, Scale = mood.Scale[2] == 4 ? Mixolydian : Dorian },
        Genre.Zen => mood with { Bpm = Math.Min(mood.Bpm, 70), Beat = Beat.None, Lead = Instrument.Flute, Chords = Instrument.Guitar, Scale = [0, 2, 4, 7, 9, 12, 14], Space = 0.5, Density = 0.3, Progressions = Wide },
        _ => mood,
    };
}
