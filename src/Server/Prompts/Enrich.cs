using System.Text;
using Rpd.Shared.Prompts;
using static Rpd.Server.Prompts.Aspect;

namespace Rpd.Server.Prompts;

/// <summary>
/// The built-in way: the user's words first and untouched, then what suits the subject and what they have not spoken of themselves. The same prompt always
/// becomes the same.
/// </summary>
public static class Enrich
{
    public const int LengthMax = 4000;
    private const int IdeasMax = 4;

    private static readonly Addition[] Moving = [new(Motion, "natural, fluid motion"), new(Camera, "slow dolly-in")];
    private static readonly string[] MovingIdeas = ["handheld camera that follows", "slow orbit around the subject", "locked-off camera, only the subject moves", "slow motion"];
    private static readonly Addition[] Heard = [new(Recording, "clean stereo recording"), new(Tempo, "steady tempo"), new(Mood, "coherent mood from start to end")];
    private static readonly string[] HeardIdeas = ["a quiet intro and a clear ending", "name two or three instruments or sources", "a seamless loop", "the room it sounds in"];
    private static readonly Aspect SoundWords = new(
        "music", "song", "melody", "beat", "beats", "ambient", "ambience", "soundtrack", "sfx", "sound", "sounds", "noise", "drums", "guitar", "piano", "jingle", "instrumental", "techno",
        "jazz", "orchestra", "orchestral", "loop", "synth", "bass", "bpm");

    // What is read aloud must not grow: every added word would be spoken.
    private static readonly string[] SpokenIdeas = ["Write numbers and abbreviations as they are to be spoken.", "End sentences with a full stop: that is where the voice rests.", "Keep sentences under 20 words."];

    private static readonly Dictionary<string, string> Styles = new(StringComparer.OrdinalIgnoreCase)
    {
        ["cinematic"] = "cinematic film still, anamorphic look",
        ["photographic"] = "photograph, natural colours",
        ["photo"] = "photograph, natural colours",
        ["anime"] = "anime style, clean line art",
        ["digital-art"] = "digital painting, crisp brushwork",
        ["comic-book"] = "comic book style, bold ink lines",
        ["fantasy-art"] = "fantasy illustration",
        ["line-art"] = "line art, even strokes",
        ["pixel-art"] = "pixel art, limited palette",
        ["3d-model"] = "3D render, soft global illumination",
        ["analog-film"] = "analogue film photograph, fine grain",
        ["low-poly"] = "low-poly 3D style",
    };

    public static EnhancedPrompt Run(string prompt, string type, string? style)
    {
        var words = Words(prompt);
        var set = words.ToHashSet();
        var tongue = Tongue.Of(prompt, words);
        var speech = type == "avatar" || (type == "audio" && !(tongue == Tongue.English && words.Count <= 40 && SoundWords.IsIn(set)));
        if (speech) return new(prompt, prompt, tongue == Tongue.English ? [.. SpokenIdeas.Where(idea => !Needless(idea, prompt))] : [], "builtin");

        var (additions, ideas) = type == "audio" ? (Heard, HeardIdeas) : tongue == Tongue.English ? OfSubject(words, type) : (tongue.Additions(Moves(type)), tongue.Ideas);
        var said = new List<string>();
        if (!string.IsNullOrWhiteSpace(style) && !prompt.Contains(style.Trim(), StringComparison.OrdinalIgnoreCase)) said.Add(StyleWords(style.Trim(), tongue));
        said.AddRange(additions.Where(addition => !addition.Aspect.IsIn(set)).Select(addition => addition.Text));
        var enhanced = Append(prompt, said);
        return new(prompt, enhanced, [.. ideas.Where(idea => !enhanced.Contains(idea, StringComparison.OrdinalIgnoreCase)).Take(IdeasMax)], "builtin");
    }

    /// <summary>Lower case, hyphens kept inside: <c>close-up</c> is one word.</summary>
    internal static IReadOnlyList<string> Words(string text)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        foreach (var letter in text.ToLowerInvariant().Append(' '))
        {
            if (char.IsLetterOrDigit(letter) || (letter == '-' && word.Length > 0)) word.Append(letter);
            else if (word.Length > 0)
            {
                words.Add(word.ToString().TrimEnd('-'));
                word.Clear();
            }
        }
        return words;
    }

    private static (IReadOnlyList<Addition>, IReadOnlyList<string>) OfSubject(IReadOnlyList<string> words, string type)
    {
        var subject = Subject.Of(words);
        return Moves(type) ? ([.. Moving, .. subject.Additions.Take(2)], [.. MovingIdeas.Take(3), .. subject.Ideas]) : (subject.Additions, subject.Ideas);
    }

    private static bool Moves(string type) => type.EndsWith("video", StringComparison.Ordinal) || type is "animation" or "extend" or "effect" or "motion_transfer";

    // A style's own words are the user's; what we know to say about it is English.
    private static string StyleWords(string style, Tongue tongue) => tongue == Tongue.English ? Styles.GetValueOrDefault(style, $"{style} style") : style;

    private static bool Needless(string idea, string prompt) => idea.Contains("numbers", StringComparison.Ordinal) ? !prompt.Any(char.IsDigit)
        : idea.Contains("full stop", StringComparison.Ordinal) && prompt.TrimEnd() is [.., '.' or '!' or '?'];

    private static string Append(string prompt, IReadOnlyList<string> said)
    {
        var text = prompt.TrimEnd();
        var sentence = text is [.., '.' or '!' or '?' or '…'];
        for (var count = said.Count; count > 0; count--)
        {
            var tail = string.Join(", ", said.Take(count));
            var whole = sentence ? $"{text} {char.ToUpperInvariant(tail[0])}{tail[1..]}." : text is [.., ',' or ';' or ':'] ? $"{text} {tail}" : $"{text}, {tail}";
            if (whole.Length <= LengthMax) return whole;
        }
        return prompt;
    }
}
