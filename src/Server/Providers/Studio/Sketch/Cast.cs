using Rpd.Server.Providers.Studio.Sketch.Figures;

namespace Rpd.Server.Providers.Studio.Sketch;

internal enum Medium { Land, Air, Water, Table }

/// <param name="Height">Of the picture's shorter side, when it is alone.</param>
/// <param name="Wide">Its breadth, in heights.</param>
/// <param name="Homes">Where it is painted when the prompt names no place; empty for anywhere.</param>
/// <param name="Saddle">Height of its back in hundredths of its own, when it can carry a rider.</param>
/// <param name="Far">Whether it stands back in the landscape instead of in front.</param>
internal sealed record Role(
    string Kind, string Words, double Height, double Wide, Medium Medium, Ground[] Homes, Action<Figure> Paint,
    bool Person = false, double Saddle = 0, bool Far = false, Pose Usual = Pose.Stand);

/// <summary>Everyone and everything that can be a picture's subject, with the words that call for it.</summary>
internal static class Cast
{
    public static readonly Ground[] AnyHome = [Ground.Meadow, Ground.Meadow, Ground.Forest, Ground.Flowers, Ground.Snow];

    private static readonly Ground[] Open = [Ground.Meadow, Ground.Meadow, Ground.Flowers];
    private static readonly Ground[] Town = [Ground.Street];
    private static readonly Ground[] Woods = [Ground.Forest, Ground.Meadow, Ground.Snow];
    private static readonly Ground[] Table = [Ground.Room];

    public static readonly IReadOnlyList<Role> All =
    [
        new("dog", "dog golden-retriever retriever labrador puppy hound corgi husky poodle terrier beagle german-shepherd hund perro chien welpe cachorro", 0.36, 1.5, Medium.Land, Open, f => Quadruped.Paint(f, Species.Dog)),
        new("cat", "cat kitten kitty tabby katze gato chat kater", 0.40, 1.0, Medium.Land, [Ground.Room, Ground.Meadow], f => Quadruped.Paint(f, Species.Cat), Usual: Pose.Sit),
        new("fox", "fox fuchs zorro renard", 0.34, 1.7, Medium.Land, Woods, f => Quadruped.Paint(f, Species.Fox)),
        new("wolf", "wolf wolves lobo loup coyote", 0.38, 1.5, Medium.Land, [Ground.Snow, Ground.Forest], f => Quadruped.Paint(f, Species.Wolf)),
        new("horse", "horse pony stallion mare mustang unicorn pferd caballo cheval einhorn unicornio licorne", 0.46, 1.75, Medium.Land, Open, f => Quadruped.Paint(f, Species.Horse), Saddle: 80),
        new("deer", "deer stag elk moose reindeer hirsch reh ciervo cerf", 0.44, 1.2, Medium.Land, [Ground.Forest, Ground.Meadow, Ground.Snow], f => Quadruped.Paint(f, Species.Deer), Saddle: 76),
        new("cow", "cow bull cattle kuh vaca vache ox", 0.40, 1.5, Medium.Land, [Ground.Meadow], f => Quadruped.Paint(f, Species.Cow), Saddle: 86),
        new("sheep", "sheep lamb goat schaf oveja mouton ziege", 0.34, 1.3, Medium.Land, [Ground.Meadow], f => Quadruped.Paint(f, Species.Sheep)),
        new("lion", "lion lowe leon tiger tigre leopard panther cheetah", 0.40, 1.6, Medium.Land, [Ground.Meadow], f => Quadruped.Paint(f, Species.Lion), Saddle: 84),
        new("bear", "bear grizzly panda bar oso ours teddy", 0.42, 1.4, Medium.Land, [Ground.Forest, Ground.Snow], f => Quadruped.Paint(f, Species.Bear), Saddle: 92),
        new("elephant", "elephant mammoth elefant elefante", 0.46, 1.9, Medium.Land, [Ground.Meadow, Ground.Desert], f => Quadruped.Paint(f, Species.Elephant), Saddle: 100),
        new("rabbit", "rabbit bunny hare hase kaninchen conejo lapin", 0.34, 0.9, Medium.Land, Open, f => Quadruped.Paint(f, Species.Rabbit), Usual: Pose.Sit),
        new("bird", "bird eagle hawk falcon raven crow parrot hummingbird swan dove gull vogel adler pajaro oiseau aguila aigle phoenix", 0.30, 1.6, Medium.Air, [Ground.Meadow, Ground.Lake, Ground.Sea, Ground.Clouds], Birds.Flying, Usual: Pose.Fly),
        new("owl", "owl eule buho hibou penguin pinguin", 0.42, 0.6, Medium.Land, [Ground.Forest, Ground.Snow], Birds.Perched),
        new("butterfly", "butterfly moth schmetterling mariposa papillon", 0.30, 1.2, Medium.Air, [Ground.Flowers], Butterfly.Paint, Usual: Pose.Fly),
        new("dragon", "dragon drache wyvern", 0.46, 1.7, Medium.Air, [Ground.Lake, Ground.Meadow], Dragon.Paint, Saddle: 56, Usual: Pose.Fly),
        new("fish", "fish goldfish clownfish koi shark fisch pez poisson hai tiburon requin peces", 0.28, 1.7, Medium.Water, [Ground.Seabed], Fish.Paint, Usual: Pose.Fly),
        new("whale", "whale dolphin orca wal delfin ballena baleine dauphin", 0.34, 2.2, Medium.Water, [Ground.Seabed], Fish.Whale, Usual: Pose.Fly),
        new("jellyfish", "jellyfish octopus squid qualle medusa meduse pulpo", 0.46, 0.7, Medium.Water, [Ground.Seabed], Fish.Jelly, Usual: Pose.Fly),
        new("woman", "woman girl lady queen princess dancer ballerina bride she frau madchen mujer chica femme fille konigin witch", 0.46, 0.5, Medium.Land, Open, f => Person.Paint(f, Dress.Gown), Person: true),
        new("man", "man boy guy king prince warrior samurai knight soldier wizard traveler traveller hiker explorer wanderer person people human figure child kid mann junge kind hombre nino homme garcon enfant ritter fisherman farmer monk", 0.46, 0.5, Medium.Land, Open, f => Person.Paint(f, Dress.Coat), Person: true),
        new("astronaut", "astronaut cosmonaut spaceman spacewoman astronauta astronaute raumfahrer", 0.44, 0.6, Medium.Land, [Ground.Moon], f => Person.Paint(f, Dress.Spacesuit), Person: true),
        new("robot", "robot android cyborg mecha droid roboter", 0.46, 0.6, Medium.Land, [Ground.Street, Ground.Desert, Ground.Flowers], Robot.Paint, Person: true),
        new("house", "house cabin cottage hut barn farmhouse home haus hutte casa maison chalet villa cabane", 0.34, 1.5, Medium.Land, [Ground.Meadow, Ground.Forest, Ground.Snow, Ground.Lake], Buildings.House, Far: true),
        new("castle", "castle fortress palace schloss burg castillo chateau kingdom", 0.46, 1.3, Medium.Land, [Ground.Lake, Ground.Meadow], Buildings.Castle, Far: true),
        new("lighthouse", "lighthouse leuchtturm faro phare", 0.47, 0.9, Medium.Land, [Ground.Sea], Buildings.Lighthouse, Far: true),
        new("temple", "temple pagoda shrine torii tempel templo pagode", 0.46, 1.0, Medium.Land, [Ground.Lake, Ground.Forest], Buildings.Pagoda, Far: true),
        new("church", "church cathedral chapel kirche iglesia eglise", 0.46, 0.9, Medium.Land, [Ground.Meadow], Buildings.Church, Far: true),
        new("windmill", "windmill mill muhle windmuhle molino moulin", 0.44, 0.8, Medium.Land, [Ground.Flowers, Ground.Meadow], Buildings.Windmill, Far: true),
        new("pyramid", "pyramid pyramide piramide", 0.34, 1.7, Medium.Land, [Ground.Desert], Buildings.Pyramid, Far: true),
        new("car", "car automobile sportscar taxi convertible porsche ferrari truck van bus auto coche voiture lastwagen wagen", 0.24, 2.5, Medium.Land, Town, Vehicles.Car),
        new("train", "train locomotive railway tram zug tren", 0.26, 3.2, Medium.Land, [Ground.Meadow, Ground.Snow], Vehicles.Train),
        new("boat", "boat ship sailboat sailing yacht canoe galleon schiff boot barco velero bateau voilier vessel", 0.42, 0.9, Medium.Water, [Ground.Sea, Ground.Lake], Vehicles.Sailboat),
        new("rocket", "rocket spaceship starship shuttle rakete cohete fusee raumschiff spacecraft ufo", 0.56, 0.5, Medium.Air, [Ground.Space, Ground.Desert], Vehicles.Rocket, Usual: Pose.Fly),
        new("balloon", "balloon hot-air-balloon ballon heissluftballon globo montgolfiere airship", 0.40, 0.75, Medium.Air, [Ground.Meadow, Ground.Clouds, Ground.Lake], Vehicles.Balloon, Usual: Pose.Fly),
        new("plane", "plane airplane aeroplane aircraft jet flugzeug avion biplane", 0.24, 2.2, Medium.Air, [Ground.Clouds], Vehicles.Plane, Usual: Pose.Fly),
        new("tree", "tree oak lone-tree baum arbol arbre eiche bonsai willow", 0.58, 0.9, Medium.Land, [Ground.Meadow], Plants.Tree),
        new("mushroom", "mushroom toadstool pilz seta champignon fungus", 0.34, 0.9, Medium.Land, [Ground.Forest], Plants.Mushroom),
        new("cactus", "cactus cacti kaktus saguaro", 0.44, 0.6, Medium.Land, [Ground.Desert], Plants.Cactus),
        new("vase", "vase bouquet flower-pot pot plant jarron strauss potted-plant flowers-in-a-vase", 0.54, 0.7, Medium.Table, Table, Still.Vase),
        new("cup", "cup coffee mug tea teapot espresso latte tasse kaffee cafetera taza the-cup", 0.26, 1.3, Medium.Table, Table, Still.Cup),
        new("fruit", "apple fruit orange-fruit pear peach lemon apfel manzana pomme obst fruta strawberry tomato", 0.26, 1.0, Medium.Table, Table, Still.Apple),
        new("book", "book novel tome buch libro livre", 0.2, 1.7, Medium.Table, Table, Still.Book),
        new("lamp", "lamp candle lantern kerze vela bougie lampe", 0.36, 0.4, Medium.Table, Table, Still.Candle),
    ];

    private static readonly Dictionary<string, Role> ByKind = All.ToDictionary(r => r.Kind);

    public static readonly Vocabulary<string> Vocabulary = new([.. All.Select(r => (r.Kind, r.Words))]);

    public static Role Of(string kind) => ByKind[kind];
}
