using System.Globalization;

namespace Rpd.Server.Recognition;

/// <param name="De">German, as an adjective is written.</param>
public sealed record ColourName(string En, string De);

/// <summary>What people call a colour: the nearest of some forty, as eyes compare them.</summary>
internal static class ColourNames
{
    private static readonly (Lab Lab, ColourName Name)[] All =
    [
        .. new (string Hex, string En, string De)[]
        {
            ("000000", "black", "schwarz"), ("404040", "dark grey", "dunkelgrau"), ("808080", "grey", "grau"), ("c0c0c0", "light grey", "hellgrau"), ("ffffff", "white", "weiß"),
            ("fffff0", "ivory", "elfenbein"), ("f5f0dc", "beige", "beige"), ("f5deb3", "wheat", "weizen"), ("d2b48c", "tan", "hellbraun"), ("8b5a2b", "brown", "braun"), ("4b2e14", "dark brown", "dunkelbraun"), ("c3b091", "khaki", "khaki"),
            ("ff0000", "red", "rot"), ("8b0000", "dark red", "dunkelrot"), ("b22222", "brick red", "ziegelrot"), ("800020", "burgundy", "weinrot"), ("fa8072", "salmon", "lachs"), ("ff7f50", "coral", "koralle"), ("b7410e", "rust", "rost"),
            ("ffa500", "orange", "orange"), ("ff8c00", "dark orange", "dunkelorange"), ("ffdab9", "peach", "pfirsich"), ("ffd700", "gold", "gold"), ("daa520", "ochre", "ocker"), ("ffff00", "yellow", "gelb"), ("fff59d", "light yellow", "hellgelb"),
            ("808000", "olive", "oliv"), ("32cd32", "lime green", "limettengrün"), ("008000", "green", "grün"), ("006400", "dark green", "dunkelgrün"), ("90ee90", "light green", "hellgrün"), ("98ff98", "mint", "mint"), ("00ff00", "bright green", "leuchtend grün"),
            ("008080", "teal", "petrol"), ("40e0d0", "turquoise", "türkis"), ("00ffff", "cyan", "cyan"), ("87ceeb", "sky blue", "himmelblau"), ("add8e6", "light blue", "hellblau"), ("4682b4", "steel blue", "stahlblau"), ("0000ff", "blue", "blau"), ("4169e1", "royal blue", "königsblau"), ("000080", "navy", "marineblau"), ("708090", "slate grey", "schiefergrau"),
            ("4b0082", "indigo", "indigo"), ("800080", "purple", "lila"), ("8a2be2", "violet", "violett"), ("e6e6fa", "lavender", "lavendel"), ("ff00ff", "magenta", "magenta"), ("ff69b4", "pink", "pink"), ("ffc0cb", "light pink", "rosa"), ("c08081", "dusty rose", "altrosa"),
        }.Select(one => (Of(one.Hex), new ColourName(one.En, one.De))),
    ];

    public static ColourName Nearest(Lab colour) => All.MinBy(one => one.Lab.Distance(colour)).Name;

    private static Lab Of(string hex)
    {
        var rgb = int.Parse(hex, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        return Lab.Of(rgb >> 16, (rgb >> 8) & 255, rgb & 255);
    }
}
