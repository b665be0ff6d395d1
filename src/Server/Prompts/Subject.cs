using static Rpd.Server.Prompts.Aspect;

namespace Rpd.Server.Prompts;

/// <summary>What a picture or clip shows, as far as its words tell, and what suits it.</summary>
/// <param name="Additions">In the order in which they are added.</param>
/// <param name="Ideas">For whoever wants to go on.</param>
public sealed record Subject(string Name, string Words, IReadOnlyList<Addition> Additions, IReadOnlyList<string> Ideas)
{
    private static readonly Subject[] All =
    [
        new("portrait", "man woman girl boy child person people face lady gentleman king queen knight warrior princess prince dancer musician singer soldier sailor astronaut witch wizard "
            + "grandmother grandfather mother father baby couple family chef doctor nurse scientist artist farmer fisherman monk samurai pirate model bride portrait selfie headshot",
            [new(Light, "soft window light"), new(Framing, "head-and-shoulders framing with the eyes in focus"), new(Detail, "natural skin texture"), new(Mood, "calm, genuine expression")],
            ["shallow depth of field", "rim light from behind", "a background that tells of their work", "85 mm portrait lens"]),
        new("animal", "dog cat puppy kitten retriever horse lion tiger bear wolf fox deer rabbit elephant giraffe monkey bird owl eagle parrot penguin fish shark whale dolphin turtle frog snake "
            + "butterfly bee dragonfly cow sheep goat pig chicken duck swan hedgehog squirrel panda koala kangaroo leopard zebra raccoon otter dragon unicorn dinosaur animal pet animals hamster",
            [new(Light, "warm natural light"), new(Framing, "eye-level view, the animal sharp against a soft background"), new(Detail, "fine detail in fur, feathers or scales"), new(Mood, "alert and lively mood")],
            ["caught in mid-motion", "shallow depth of field", "early morning mist", "a hint of its habitat in the foreground"]),
        new("food", "food cake bread pizza burger sushi pasta soup salad coffee tea cocktail wine beer fruit apple strawberry lemon chocolate cookie cookies ice-cream breakfast dinner lunch dish "
            + "dessert croissant pancakes cheese steak noodles ramen taco sandwich meal pie donut",
            [new(Light, "soft side light from a window"), new(Framing, "three-quarter view with a shallow depth of field"), new(Detail, "appetising texture"), new(Colour, "fresh natural colours")],
            ["rising steam", "a rustic wooden table", "a linen napkin and scattered ingredients", "overhead flat lay"]),
        new("product", "product bottle watch shoe shoes sneaker sneakers phone smartphone laptop headphones perfume bag handbag packaging mockup logo lamp chair furniture camera jewelry jewellery ring "
            + "necklace cosmetics toy mug gadget device box can label backpack sunglasses",
            [new(Light, "soft studio lighting with a gentle reflection"), new(Framing, "three-quarter view, centred on a clean seamless background"), new(Detail, "crisp edges and true materials")],
            ["a single accent colour", "the product in use", "a subtle shadow on the surface", "macro shot of a detail"]),
        new("architecture", "house building tower castle church cathedral temple bridge skyscraper skyline city street alley village cottage palace lighthouse library room interior kitchen bedroom "
            + "office cafe restaurant station museum ruins architecture facade staircase cabin market town barn mosque hall",
            [new(Light, "low sun that models the surfaces"), new(Framing, "straight verticals and a clear vanishing point"), new(Detail, "rich materials and fine detail"), new(Mood, "quiet, lived-in mood")],
            ["wet ground with reflections", "a small figure for scale", "blue hour with lit windows", "wide-angle view from below"]),
        new("vehicle", "car truck train ship boat sailboat airplane plane helicopter bicycle motorcycle bus tram rocket spaceship submarine tractor locomotive yacht canoe zeppelin balloon scooter",
            [new(Light, "late afternoon light along the body"), new(Framing, "low three-quarter view"), new(Detail, "crisp reflections and mechanical detail"), new(Mood, "sense of speed and distance")],
            ["motion blur in the background", "dust or spray in its wake", "a winding road or horizon", "panning shot"]),
        new("space", "galaxy planet planets moon star stars nebula universe cosmos asteroid comet milky space orbit saturn mars jupiter supernova black-hole",
            [new(Light, "light from a distant star"), new(Framing, "vast sense of scale"), new(Detail, "intricate cosmic dust"), new(Colour, "deep blues with violet and gold")],
            ["a lone spacecraft for scale", "rings seen edge-on", "lens flare", "aurora over the pole"]),
        new("landscape", "mountain mountains forest woods tree trees lake river sea ocean beach desert field fields meadow valley hill hills waterfall island sky cloud clouds sunset sunrise snow storm "
            + "rain garden flower flowers sunflower sunflowers rose tulip tulips lavender jungle canyon cliff volcano glacier landscape autumn spring winter summer path coast fjord aurora rainbow cherry blossom",
            [new(Light, "golden-hour light"), new(Framing, "wide composition with foreground, middle ground and distance"), new(Detail, "fine natural detail"), new(Mood, "serene atmosphere")],
            ["drifting mist in the valleys", "a winding path that leads the eye", "dramatic clouds", "reflections in still water"]),
        new("abstract", "abstract pattern geometric geometry gradient fractal shapes texture swirl swirls waves spiral mandala kaleidoscope minimal surreal psychedelic lines circles wallpaper background",
            [new(Colour, "a limited palette with one bright accent"), new(Framing, "balanced composition with room to breathe"), new(Detail, "subtle surface texture")],
            ["layers of translucent shapes", "strong contrast between large and small forms", "paper grain", "a slow gradient between two colours"]),
    ];

    private static readonly Subject Scene = new("scene", "",
        [new(Light, "soft directional light"), new(Framing, "clear composition with one focal point"), new(Detail, "fine detail"), new(Mood, "coherent mood")],
        ["a different time of day", "a closer or wider view", "a limited colour palette", "something unexpected in the background"]);

    // The first subject that claims a word keeps it.
    private static readonly Dictionary<string, int> ByWord = All.SelectMany((subject, i) => subject.Words.Split(' ').Select(word => (word, i)))
        .DistinctBy(entry => entry.word).ToDictionary(entry => entry.word, entry => entry.i);

    /// <summary>The subject of most words; of equals the one that is named first.</summary>
    public static Subject Of(IReadOnlyList<string> words)
    {
        var counts = new int[All.Length];
        int best = -1;
        var named = words.Where(ByWord.ContainsKey).Select(word => ByWord[word]).ToArray();
        foreach (var i in named) counts[i]++;
        foreach (var i in named)
            if (best < 0 || counts[i] > counts[best]) best = i;
        return best < 0 ? Scene : All[best];
    }

    public static bool Knows(string word) => ByWord.ContainsKey(word);
}
