namespace Rpd.Server.Providers.Studio.Sketch;

/// <summary>Every word the studio knows, apart from the subjects', which stand with their painters in <see cref="Cast"/>.</summary>
internal static class Lexicon
{
    public static readonly Vocabulary<Ground> Grounds = new(
        (Ground.Meadow, "meadow field grass grassland prairie savanna savannah countryside farm pasture park garden wiese feld campo prado prairie-landscape pre champ jardin garten"),
        (Ground.Forest, "forest woods woodland jungle rainforest wald foret bosque selva dschungel redwoods"),
        (Ground.Lake, "lake pond river riverside lagoon fjord waterfall lac lago fluss rio riviere etang teich"),
        (Ground.Sea, "sea ocean waves wave harbor harbour bay meer ozean mar oceano mer underway"),
        (Ground.Beach, "beach palm palm-tree palm-trees palme palmen shore coast island tropical strand playa plage kuste insel isla ile"),
        (Ground.Desert, "desert dune sahara canyon mars martian wuste desierto dunes oasis savage-land"),
        (Ground.Snow, "snow snowy ice arctic antarctic glacier tundra frozen schnee nieve neige eis winterlandschaft"),
        (Ground.Street, "city street downtown metropolis town cityscape alley avenue urban tokyo york paris london berlin stadt strasse ciudad calle ville rue highway road autobahn cyberpunk-city megacity"),
        (Ground.Space, "space galaxy nebula cosmos universe cosmic starfield orbit milky-way weltraum weltall espacio espace galaxie galaxia interstellar"),
        (Ground.Moon, "moon-surface lunar on-the-moon moonscape alien-planet"),
        (Ground.Room, "room interior kitchen library bedroom cafe restaurant office studio indoors table desk shelf window living-room zimmer kuche tisch cocina mesa cuarto chambre cuisine still-life windowsill"),
        (Ground.Seabed, "underwater seabed reef coral undersea deep-sea aquarium unterwasser submarino sous-marin under-the-sea atlantis"),
        (Ground.Clouds, "above-the-clouds sky heaven heavens floating himmel cielo ciel uber-den-wolken"),
        (Ground.Abstract, "abstract pattern geometric fractal texture shapes abstrakt abstracto abstrait wallpaper gradient swirl"),
        (Ground.Portrait, "portrait headshot face close-up-face selfie portrat retrato gesicht visage"));

    public static readonly Vocabulary<Flower> Flowers = new(
        (Flower.Sunflower, "sunflower sonnenblume sonnenblumenfeld girasol tournesol"),
        (Flower.Poppy, "poppy mohn mohnblume amapola coquelicot"),
        (Flower.Lavender, "lavender lavendel lavanda lavande"),
        (Flower.Tulip, "tulip tulpe tulipan tulipe"),
        (Flower.Daisy, "daisy wildflower flower blume flor fleur ganseblumchen margarita marguerite chamomile"),
        (Flower.Rose, "rose rosa peony"),
        (Flower.Blossom, "cherry-blossom sakura blossom kirschblute cerisier cerezo"));

    public static readonly Vocabulary<Hour> Hours = new(
        (Hour.Day, "day daylight noon midday daytime tag dia jour mittag bright sunny sonnig soleado ensoleille"),
        (Hour.Dawn, "dawn sunrise morning daybreak morgen sonnenaufgang amanecer aube matin manana lever-de-soleil"),
        (Hour.Golden, "golden-hour golden-light cinematic-lighting warm-light magic-hour goldene-stunde hora-dorada heure-doree late-afternoon sunlit sun-rays backlit warm-lighting"),
        (Hour.Sunset, "sunset evening sundown sonnenuntergang abend atardecer coucher-de-soleil soir puesta-de-sol"),
        (Hour.Dusk, "dusk twilight blue-hour gloaming dammerung crepusculo crepuscule"),
        (Hour.Night, "night midnight nighttime moonlit moonlight starry nocturnal nacht noche nuit mitternacht full-moon neon cyberpunk"));

    public static readonly Vocabulary<Weather> Weathers = new(
        (Weather.Clear, "clear cloudless klar despejado"),
        (Weather.Cloudy, "cloud cloudy overcast wolke wolkig nube nublado nuage nuageux"),
        (Weather.Storm, "storm stormy thunder thunderstorm lightning tempest hurricane sturm gewitter tormenta orage tempete"),
        (Weather.Rain, "rain rainy raining drizzle regen lluvia pluie"),
        (Weather.Snowing, "snowing snowfall blizzard snowstorm schneefall nevando snowflakes"),
        (Weather.Fog, "fog foggy mist misty haze hazy nebel neblig niebla brouillard brume"));

    public static readonly Vocabulary<Season> Seasons = new(
        (Season.Summer, "summer sommer verano ete"), (Season.Spring, "spring fruhling primavera printemps"),
        (Season.Autumn, "autumn fall herbst otono automne autumnal"), (Season.Winter, "winter invierno hiver wintry christmas weihnachten"));

    public static readonly Vocabulary<Style> Styles = new(
        (Style.Cinematic, "cinematic film movie dramatic-lighting epic cinematic-lighting filmisch cinematico cinematographique anamorphic"),
        (Style.Watercolour, "watercolour watercolor aquarelle aquarell acuarela gouache watercolour-painting"),
        (Style.Oil, "oil oil-painting impressionist impressionism van-gogh monet painterly olgemalde oleo impasto expressionist"),
        (Style.PixelArt, "pixel pixel-art 8-bit 16-bit pixelart retro-game 8bit 16bit"),
        (Style.LineArt, "sketch line-art line-drawing pencil ink lineart outline drawing coloring-book colouring-book zeichnung dibujo dessin doodle charcoal"),
        (Style.Neon, "neon cyberpunk synthwave vaporwave retrowave glowing-neon tron"),
        (Style.Flat, "flat minimal minimalist minimalistic vector flat-design minimalismus minimalista minimaliste simple paper-cut isometric low-poly poster"),
        (Style.Vintage, "vintage retro old-photo sepia nostalgic antique 1920s 1950s 1970s polaroid"),
        (Style.Noir, "noir black-and-white monochrome grayscale greyscale schwarzweiss schwarz-weiss blanco-y-negro noir-et-blanc film-noir bw"),
        (Style.Pastel, "pastel dreamy kawaii cute ethereal whimsical pastell"),
        (Style.Comic, "comic cartoon anime manga ghibli comic-book picture-book storybook pop-art graphic-novel cel-shaded"),
        (Style.Natural, "photo photorealistic realistic natural photograph photography"));

    public static readonly Vocabulary<Backdrop> Backdrops = new(
        (Backdrop.Hills, "hill rolling-hills hugel colina colline valley tal valle vallee"),
        (Backdrop.Mountains, "mountain peak alps himalaya alpine summit cliff berg gebirge alpen montana montagne sierra matterhorn fuji"),
        (Backdrop.Trees, "tree pine oak baum arbol arbre forest wald bosque foret treeline"),
        (Backdrop.Skyline, "skyline skyscraper city cityscape metropolis wolkenkratzer rascacielos gratte-ciel stadt ciudad ville downtown megacity tokyo manhattan"),
        (Backdrop.Volcano, "volcano vulkan volcan eruption lava"));

    public static readonly Vocabulary<Extra> Extras = new(
        (Extra.Moon, "moon full-moon crescent mond luna lune moonlit moonlight"),
        (Extra.Stars, "star starry stern estrella etoile milky-way constellation"),
        (Extra.Rainbow, "rainbow regenbogen arcoiris arc-en-ciel"),
        (Extra.Flock, "flock seagull birds vogelschwarm geese"),
        (Extra.Aurora, "aurora northern-lights polarlicht nordlicht borealis"),
        (Extra.Petals, "petals falling-leaves cherry-blossom sakura confetti"),
        (Extra.Fireflies, "firefly magic magical sparkle fairy enchanted gluhwurmchen luciernaga luciole lantern"),
        (Extra.Balloons, "hot-air-balloons"),
        (Extra.River, "river stream fluss rio riviere bach brook creek"),
        (Extra.Path, "path road trail way weg camino chemin strasse carretera route highway"),
        (Extra.Planet, "planet saturn jupiter ringed-planet planeta planete alien"),
        (Extra.Lightning, "lightning blitz thunderstorm thunder relampago eclair gewitter"));

    public static readonly Vocabulary<Pose> Poses = new(
        (Pose.Run, "running runs run galloping racing jumping leaping chasing sprinting rennt laufend lauft corriendo corre courant court playing dancing dances"),
        (Pose.Sit, "sitting sits seated resting sleeping lying sitzt sitzend schlafend sentado sentada assis assise durmiendo dort"),
        (Pose.Fly, "flying flies soaring hovering floating fliegt fliegend volando volant vole"),
        (Pose.Ride, "riding rides reitet reitend montando chevauchant astride"),
        (Pose.Stand, "standing stands walking walks stehend parado debout"));

    public static readonly Vocabulary<Colour> Colours = new(
        (new(0.58, 0.21, 27), "red rot rote rojo roja rouge scarlet crimson roter rotes"), (new(0.70, 0.17, 55), "orange naranja ginger"),
        (new(0.86, 0.17, 95), "yellow gelb amarillo amarilla jaune"), (new(0.78, 0.14, 80), "golden gold blonde goldenes dorado dore"),
        (new(0.62, 0.17, 145), "green grun verde vert verte emerald"), (new(0.72, 0.11, 195), "turquoise teal cyan turkis turquesa"),
        (new(0.56, 0.17, 255), "blue blau azul bleu bleue navy"), (new(0.53, 0.19, 300), "purple violet lila violett morado"),
        (new(0.75, 0.15, 355), "pink rosado"), (new(0.46, 0.075, 55), "brown braun marron brun brune chocolate"),
        (new(0.22, 0.012, 270), "black schwarz schwarze negro negra noir-colour noire"), (new(0.95, 0.01, 90), "white weiss weisse blanco blanca blanc blanche"),
        (new(0.62, 0.01, 260), "grey gray grau gris silver silbern"));

    public static readonly Vocabulary<int> Numbers = new(
        (1, "a an one 1 ein eine un una une single lone"), (2, "two 2 pair couple zwei dos deux both"), (3, "three 3 drei tres trois trio several few some einige"),
        (4, "four 4 vier cuatro quatre"), (5, "five 5 funf cinco cinq many herd group pack flock viele muchos herde"), (6, "six 6 sechs seis"), (7, "seven 7 sieben siete sept eight 8 nine ten 10"));

    public static readonly Vocabulary<double> Sizes = new(
        (1.35, "big large huge giant enormous massive gross grosse gigantic riesig grande gran grand gigante towering"),
        (0.68, "small little tiny mini kleine klein kleiner pequeno pequena petit petite baby puppy kitten distant"));
}
