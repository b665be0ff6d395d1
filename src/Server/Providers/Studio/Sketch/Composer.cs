using System.Text;
using Rpd.Server.Providers.Studio.Sketch.Scenery;

namespace Rpd.Server.Providers.Studio.Sketch;

/// <param name="Layers">Far to near; together with <see cref="Defs"/> they are the whole picture.</param>
/// <param name="Horizon">Where land meets sky, in units from the top.</param>
/// <param name="Spots">Where its subjects stand, in units.</param>
/// <param name="Coarse">Pixels of the result per drawn pixel: above 1 for pixel art, which is rasterised small and enlarged without smoothing.</param>
internal sealed record Drawing(Scene Scene, double Width, double Height, double Horizon, string Defs, IReadOnlyList<Layer> Layers, IReadOnlyList<Spot> Spots, int Coarse)
{
    /// <param name="width">Of the picture to be made, in pixels.</param>
    public string Svg(int width, int height) => Svg(width, height, Layers, 0);

    /// <param name="layers">Some of its own.</param>
    /// <param name="beside">Units of what lies beyond the sheet's left and right edges to be shown as well.</param>
    public string Svg(int width, int height, IEnumerable<Layer> layers, double beside)
    {
        var svg = new StringBuilder("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"").Append(width).Append("\" height=\"").Append(height).Append("\" viewBox=\"")
            .Append(Shape.Number(-beside)).Append(" 0 ").Append(Shape.Number(Width + 2 * beside)).Append(' ').Append(Shape.Number(Height)).Append("\" preserveAspectRatio=\"none\">");
        if (Defs.Length > 0) svg.Append("<defs>").Append(Defs).Append("</defs>");
        foreach (var layer in layers) svg.Append("<g id=\"").Append(layer.Name).Append("\">").Append(layer.Svg).Append("</g>");
        return svg.Append("</svg>").ToString();
    }
}

/// <summary>The painter's order of work: sky, what closes the view, ground, subjects, what is before them, and the lens.</summary>
internal static class Composer
{
    /// <param name="stride">How far into their gait those are who run, 0–1.</param>
    /// <param name="hour">Paints the same place at another hour than the prompt says.</param>
    public static Drawing Compose(string prompt, string? negative, string? style, int width, int height, long seed, Hour? hour = null, double stride = 0, Expression expression = default)
    {
        var rng = new Rng(Rng.Hash(prompt) ^ (unchecked((ulong)seed) * 0x9E3779B97F4A7C15));
        var scene = ReadPrompt.Read(prompt, negative, style, rng.For("scene"));
        if (hour is { } other) scene = At(other, scene);
        var coarse = scene.Style == Style.PixelArt ? Math.Max(2, Math.Min(width, height) / 144) : 1;
        var canvas = new Canvas(scene, width, height, rng) { Stride = stride, Expression = expression };
        var spots = Stage.Block(canvas);
        Backdrops(canvas);
        Grounds(canvas, spots);
        Perform.All(canvas, spots);
        Air.Paint(canvas);
        Lens.Paint(canvas);
        return new Drawing(scene, canvas.Width, canvas.Height, canvas.Horizon, canvas.Defs.Svg + Lens.Patterns(canvas), canvas.Layers, spots, coarse);
    }

    private static Scene At(Hour hour, Scene scene)
    {
        var starry = hour == Hour.Night && scene.Ground is not (Ground.Room or Ground.Seabed);
        return scene with { Hour = hour, Extras = starry ? scene.Extras.Append(Extra.Stars).ToHashSet() : scene.Extras.Where(extra => extra is not Extra.Stars).ToHashSet() };
    }

    private static void Backdrops(Canvas canvas)
    {
        var scene = canvas.Scene;
        if (scene.Ground is Ground.Space or Ground.Moon) { Cosmos.Paint(canvas); return; }
        if (scene.Ground is Ground.Room or Ground.Seabed or Ground.Abstract or Ground.Portrait) return;
        Sky.Paint(canvas);
        Clouds.Paint(canvas);
        if (scene.Backdrops.Contains(Backdrop.Mountains) || (scene.Backdrops.Contains(Backdrop.Volcano) | scene.Ground is Ground.Lake or Ground.Snow)) Mountains.Paint(canvas);
        if (scene.Backdrops.Contains(Backdrop.Volcano)) Mountains.Volcano(canvas);
        if (scene.Ground is Ground.Meadow or Ground.Flowers or Ground.Snow || scene.Backdrops.Contains(Backdrop.Hills)) Hills.Paint(canvas);
        if (scene.Backdrops.Contains(Backdrop.Skyline) || scene.Ground == Ground.Street) City.Skyline(canvas);
        if (scene.Backdrops.Contains(Backdrop.Trees) || scene.Ground is Ground.Forest or Ground.Lake or Ground.Snow) Woods.Treeline(canvas);
    }

    private static void Grounds(Canvas canvas, IReadOnlyList<Spot> spots)
    {
        switch (canvas.Scene.Ground)
        {
            case Ground.Meadow: Meadow.Paint(canvas, spots); break;
            case Ground.Flowers: FlowerField.Paint(canvas, spots); break;
            case Ground.Forest: Woods.Inside(canvas, spots); break;
            case Ground.Lake or Ground.Sea: Water.Paint(canvas); break;
            case Ground.Beach: Water.Beach(canvas); break;
            case Ground.Desert: Desert.Paint(canvas); break;
            case Ground.Snow: SnowField.Paint(canvas); break;
            case Ground.Street: City.Street(canvas); break;
            case Ground.Moon: Cosmos.Surface(canvas); break;
            case Ground.Room: Room.Paint(canvas); break;
            case Ground.Seabed: Seabed.Paint(canvas); break;
            case Ground.Clouds: Clouds.Sea(canvas); break;
            case Ground.Abstract: Abstract.Paint(canvas); break;
            case Ground.Portrait: Portrait.Paint(canvas); break;
            case Ground.Space: break;
            default: throw new ArgumentOutOfRangeException(nameof(canvas), canvas.Scene.Ground, "A ground without a painter.");
        }
    }
}
