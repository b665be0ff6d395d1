using static Rpd.Server.Prompts.Aspect;

namespace Rpd.Server.Prompts;

/// <summary>
/// The language a prompt is written in. English gets the whole treatment, a few others a few phrases of their own, and the rest is left as it is:
/// English words in a Japanese prompt help nobody.
/// </summary>
/// <param name="Function">Words that nearly every sentence of it has.</param>
public sealed record Tongue(string Name, string Function, IReadOnlyList<Addition> Picture, IReadOnlyList<Addition> Clip, IReadOnlyList<string> Ideas)
{
    public static readonly Tongue English = new("en", "a an the of in on with and at by from to for is are through under over his her its their into near behind beside between", [], [], []);

    public static readonly Tongue Unknown = new("", "", [], [], []);

    private static readonly Tongue[] All =
    [
        English,
        Of("de", "ein eine einen einem einer der die das den dem und mit im auf von vom am bei durch über unter ist sind zwischen hinter vor zum zur",
            "weiches licht|ausgewogene Komposition|feine Details", "ruhige Kamerafahrt|flüssige Bewegung", "goldene Stunde|geringe Schärfentiefe|leichter Nebel"),
        Of("es", "un una unos unas el la los las de del con en y por al sobre bajo entre junto para su que",
            "luz suave|composición equilibrada|detalles finos", "movimiento de cámara lento|movimiento fluido", "hora dorada|poca profundidad de campo|niebla ligera"),
        Of("fr", "un une le la les des du de d l avec dans et sur au aux en sous entre près pour son sa qui par",
            "lumière douce|composition équilibrée|détails fins", "lent mouvement de caméra|mouvement fluide", "heure dorée|faible profondeur de champ|légère brume"),
        Of("it", "un una uno il lo la i gli le di del della dei con in nel nella e su sul sulla tra sotto per che da dal",
            "luce morbida|composizione equilibrata|dettagli fini", "lento movimento di camera|movimento fluido", "ora dorata|poca profondità di campo|leggera nebbia"),
        Of("pt", "um uma o os as de do da dos das com em no na nos nas e sobre sob entre por ao para que",
            "luz suave|composição equilibrada|detalhes finos", "movimento lento de câmera|movimento fluido", "hora dourada|pouca profundidade de campo|névoa leve"),
        new("nl", "een de het en met van op in door onder bij aan is zijn over naar voor tussen", [], [], []),
        new("pl", "w na z i do od pod nad przez ze jest się przy", [], [], []),
        new("sv", "en ett och med på i av under över vid är som till från", [], [], []),
        new("tr", "bir ve ile için bu da de üzerinde altında", [], [], []),
    ];

    /// <param name="words">In lower case, in order.</param>
    public static Tongue Of(string prompt, IReadOnlyList<string> words)
    {
        var letters = prompt.Count(char.IsLetter);
        if (letters == 0 || prompt.Count(letter => char.IsLetter(letter) && letter > '\u024F') * 4 > letters) return Unknown;
        var scores = All.Select(tongue => words.Count(tongue.FunctionWords.Contains)).ToArray();
        var best = scores.Max();
        // Without a sentence there is only the spelling to go by, and the nouns we know.
        if (best == 0) return words.Any(Subject.Knows) || System.Text.Ascii.IsValid(prompt) ? English : Unknown;
        var likely = All[Array.IndexOf(scores, best)];
        return likely == English && words.Count > 3 && prompt.Any(letter => letter is > '\u00BF' and <= '\u024F') && !words.Any(Subject.Knows) ? Unknown : likely;
    }

    public IReadOnlyList<Addition> Additions(bool moving) => moving ? Clip : Picture;

    private IReadOnlySet<string> FunctionWords { get; } = Function.Split(' ').ToHashSet();

    private static Tongue Of(string name, string function, string picture, string clip, string ideas)
    {
        var (still, moving) = (picture.Split('|'), clip.Split('|'));
        Addition[] additions = [new(Said(still[0]), still[0]), new(Said(still[1]), still[1]), new(Said(still[2]), still[2])];
        return new(name, function, additions, [additions[0], .. moving.Select(text => new Addition(Said(text), text))], ideas.Split('|'));
    }

    // A phrase is left out when one of its longer words is there already.
    private static Aspect Said(string phrase) => new(phrase.ToLowerInvariant().Split(' ').Where(word => word.Length > 3).ToArray());
}
