using Rpd.Server.Providers.Studio.Sketch;

namespace Rpd.Server.Providers.Studio.Motion;

/// <summary>The ways in which a painted layer can come alive.</summary>
internal enum Movement
{
    /// <summary>Part of the land: only the camera moves it, the less the farther away it is.</summary>
    Scenery,

    /// <summary>Lies flat before the camera, so that its near rows pass faster than its far ones.</summary>
    Floor,
    Sky, Sun, Moon, Stars, Aurora, Clouds, Swell, Field, Water, Rain, Snow, Petals, Bubbles, Embers, Flock, Rays, Bolt, Actor, Shadow, Lens,
}

internal static class Movements
{
    private static readonly string[] Flowers = [.. Enum.GetNames<Flower>().Select(name => name.ToLowerInvariant() + "s")];

    public static Movement Of(Layer layer, Scene scene)
    {
        var name = layer.Name;
        if (scene.Subjects.Any(subject => subject.Kind == name)) return Movement.Actor;
        if (name.EndsWith("-shadow", StringComparison.Ordinal)) return Movement.Shadow;
        var first = name.Split('-')[0];
        if (name is "sky" or "space" or "depths" or "wall" or "backdrop" or "ground" or "nebula" or "rainbow" or "planet" or "planets" or "earth") return Movement.Sky;
        if (Flowers.Contains(first) || name.StartsWith("grass", StringComparison.Ordinal) || first is "ferns" or "palm" or "curtain") return Movement.Field;
        return name switch
        {
            "sun" => Movement.Sun,
            "moon" => Movement.Moon,
            "stars" => Movement.Stars,
            "aurora" => Movement.Aurora,
            "clouds" or "cirrus" => Movement.Clouds,
            "water" or "ripples" or "reflection" or "glitter" => Movement.Water,
            "street" or "sand" or "path" or "river" or "reflections" => Movement.Floor,
            "rain" => Movement.Rain,
            "snowfall" => Movement.Snow,
            "petals" => Movement.Petals,
            "bubbles" => Movement.Bubbles,
            "fireflies" or "sparks" or "sparkle" => Movement.Embers,
            "flock" => Movement.Flock,
            "light-rays" or "beams" or "window-light" or "forest-light" or "city-glow" => Movement.Rays,
            "lightning" => Movement.Bolt,
            "lens" => Movement.Lens,
            _ => first switch
            {
                "waves" => Movement.Water,
                "fog" or "cloud" or "haze" or "ribbon" or "discs" => Movement.Swell,
                "seabed" => Movement.Field,
                "moon" => Movement.Floor,
                _ => Movement.Scenery,
            },
        };
    }

    /// <summary>Drawn wider than the sheet, because it travels across it.</summary>
    public static bool Travels(this Movement movement) => movement is Movement.Clouds or Movement.Flock;

    /// <summary>Flat things whose rows pass at their own speeds.</summary>
    public static bool ByRow(this Movement movement) => movement is Movement.Floor or Movement.Water;
}
