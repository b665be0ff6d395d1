using System.Text.RegularExpressions;
using Rpd.Shared.Generations;

namespace Rpd.Server.Generations;

/// <summary>What the words of a prompt say about the work it needs. Words only: no model reads it.</summary>
/// <param name="Seconds">A length that is named: "10 seconds", "8s".</param>
public sealed partial record PromptTraits(string Type, string TypeReason, bool Lettering, bool Speech, bool Photo, bool Drawing, decimal? Seconds)
{
    public static PromptTraits Of(string prompt, string? type)
    {
        var speech = Speaking().IsMatch(prompt);
        var (guessed, why) = type is not null ? (type, $"You asked for {type}.")
            : Avatar().IsMatch(prompt) ? ("avatar", "The prompt speaks of a presenter or avatar.")
            : Sound().IsMatch(prompt) ? ("audio", "The prompt asks for sound.")
            : Moving().IsMatch(prompt) ? ("text2video", "The prompt describes something that moves.")
            : (GenerationTypes.TextToImage, "Nothing in the prompt moves or sounds, so it is read as a picture.");
        return new(guessed, why, Letters().IsMatch(prompt), speech, Photographic().IsMatch(prompt), Drawn().IsMatch(prompt), Length(prompt));
    }

    private static decimal? Length(string prompt) =>
        Duration().Match(prompt) is { Success: true } match && decimal.TryParse(match.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture, out var number) && number is > 0 and <= 3600
            ? match.Groups[2].Value.StartsWith("m", StringComparison.OrdinalIgnoreCase) ? number * 60 : number : null;

    [GeneratedRegex(@"\b(avatar|presenter|spokes(person|man|woman)|talking head|lip[- ]?sync)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Avatar();

    [GeneratedRegex(@"\b(voice[- ]?over|narrat\w+|read aloud|text to speech|podcast|music|song|melody|sound effects?|jingle|audio|speech)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Sound();

    [GeneratedRegex(@"\b(videos?|clips?|movies?|films?|footage|animat\w+|running|flying|dancing|walking|driving|swimming|camera (pans?|moves?|zooms?)|time[- ]?lapse|slow motion|drone shot|\d+\s?(s|secs?|seconds?))\b", RegexOptions.IgnoreCase)]
    private static partial Regex Moving();

    [GeneratedRegex(@"\b(says?|saying|speaks?|speaking|talks?|talking|dialogue|sings?|singing|narrat\w+|voice)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Speaking();

    [GeneratedRegex(@"\b(logo|poster|sign|headline|typography|lettering|caption|label|banner|infographic|text (that )?(says|reads)|with the words?)\b|[""“][^""”]{2,60}[""”]", RegexOptions.IgnoreCase)]
    private static partial Regex Letters();

    [GeneratedRegex(@"\b(photo\w*|realistic|portrait of|cinematic|35mm|bokeh|studio lighting|product shot)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Photographic();

    [GeneratedRegex(@"\b(cartoon|anime|vector|illustration|sketch|watercolou?r|drawing|flat design|icon|comic|pixel art)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Drawn();

    [GeneratedRegex(@"\b(\d{1,4}(?:\.\d)?)[\s-]?(s|secs?|seconds?|mins?|minutes?)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Duration();
}
