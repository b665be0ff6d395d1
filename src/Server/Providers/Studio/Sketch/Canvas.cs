namespace Rpd.Server.Providers.Studio.Sketch;

/// <summary>A named part of the picture at one distance; what can later move against the others.</summary>
/// <param name="Depth">0 at the lens, 1 as far as one sees.</param>
internal sealed record Layer(string Name, double Depth, string Svg);

/// <summary>The sheet a scene is painted on. Its shorter side is always 1000 units, so a picture looks the same at every size.</summary>
internal sealed class Canvas
{
    private readonly List<(string Name, double Depth, Brush Brush)> _layers = [];

    public Canvas(Scene scene, int pixelsWide, int pixelsHigh, Rng rng)
    {
        var shorter = Math.Min(pixelsWide, pixelsHigh);
        Width = 1000.0 * pixelsWide / shorter;
        Height = 1000.0 * pixelsHigh / shorter;
        Scene = scene;
        Rng = rng;
        Look = Look.Of(scene.Style);
        Defs = new Defs(Look, 1000.0 / shorter);
        Air = scene.Ground is Ground.Space or Ground.Moon ? Atmosphere.None : Atmosphere.Of(scene.Hour, scene.Weather, rng.For("air"));
        var sky = rng.For("horizon");
        Horizon = Height * (scene.Subjects.Count > 0 ? sky.Between(0.50, 0.58) : sky.Between(0.52, 0.66));
        var side = sky.Chance(0.5) ? sky.Between(0.14, 0.36) : sky.Between(0.64, 0.86);
        Sun = new Point(Width * side, Horizon - Math.Min(Horizon, 900) * Air.SunHeight);
    }

    public Scene Scene { get; }
    public Rng Rng { get; }
    public Look Look { get; }
    public Defs Defs { get; }
    public Atmosphere Air { get; }
    public double Width { get; }
    public double Height { get; }
    public double Horizon { get; }
    public Point Sun { get; }

    /// <summary>−1 when light comes from the left, 1 from the right.</summary>
    public int LightSide => Sun.X < Width / 2 ? -1 : 1;

    /// <summary>How far into their gait those are who run, 0–1.</summary>
    public double Stride { get; init; }

    /// <summary>Of whoever is portrayed.</summary>
    public Expression Expression { get; init; }

    public double Unit => 1000;

    public Brush Layer(string name, double depth)
    {
        var brush = new Brush(Look, Defs);
        _layers.Add((name, depth, brush));
        return brush;
    }

    /// <summary>The land's height on the sheet, t = 0 at the horizon and 1 at the lower edge, as a lens would see it.</summary>
    public double Down(double t) => Horizon + (Height - Horizon) * Math.Pow(t, 1.6);

    /// <summary>Far to near; layers of one distance in the order they were begun.</summary>
    public IReadOnlyList<Layer> Layers => _layers.OrderByDescending(l => l.Depth).Select(l => new Layer(l.Name, l.Depth, l.Brush.Svg)).ToList();
}
