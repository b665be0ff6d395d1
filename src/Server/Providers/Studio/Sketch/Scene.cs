namespace Rpd.Server.Providers.Studio.Sketch;

internal enum Hour { Day, Dawn, Golden, Sunset, Dusk, Night }

internal enum Weather { Fair, Clear, Cloudy, Storm, Rain, Snowing, Fog }

internal enum Season { Summer, Spring, Autumn, Winter }

/// <summary>What one stands on, or hangs in.</summary>
internal enum Ground { Meadow, Flowers, Forest, Lake, Sea, Beach, Desert, Snow, Street, Space, Moon, Room, Seabed, Clouds, Abstract, Portrait }

/// <summary>What closes the view; any number of them.</summary>
internal enum Backdrop { Hills, Mountains, Trees, Skyline, Volcano }

internal enum Flower { Sunflower, Poppy, Lavender, Tulip, Daisy, Rose, Blossom }

/// <summary>Small things that belong to a scene but are nobody's subject.</summary>
internal enum Extra { Moon, Stars, Rainbow, Flock, Aurora, Petals, Fireflies, Balloons, River, Path, Fire, Planet, Lightning }

internal enum Pose { Stand, Run, Sit, Fly, Ride }

/// <param name="Kind">A name of the <see cref="Cast"/>.</param>
/// <param name="Scale">1 is the kind's usual size.</param>
/// <param name="Tint">A colour word that stood before it.</param>
internal sealed record Subject(string Kind, int Count, double Scale, Colour? Tint, Pose Pose);

/// <summary>A prompt understood: everything the painters need and nothing of the words themselves.</summary>
internal sealed record Scene(
    Ground Ground,
    Flower Flower,
    Hour Hour,
    Weather Weather,
    Season Season,
    Style Style,
    Colour? Accent,
    IReadOnlySet<Backdrop> Backdrops,
    IReadOnlySet<Extra> Extras,
    IReadOnlyList<Subject> Subjects);
