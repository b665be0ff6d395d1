using Rpd.Server.Media;
using Rpd.Server.Providers.Studio.Film;
using Rpd.Server.Providers.Studio.Sketch;

namespace Rpd.Server.Providers.Studio.Motion;

/// <summary>Turns a drawing's layers into planes: neighbours that move alike are drawn together, each plane once and with its transparency.</summary>
internal static class Rasterise
{
    private const int SecondsMax = 60;

    /// <summary>Share of the frame's width that what travels may show beyond each edge.</summary>
    private const double Beside = 0.22;

    /// <summary>Layers as close as this in depth pass the camera together.</summary>
    private const double Together = 0.07;

    /// <summary>Rows of a field are kept apart more finely: they are what shows the way the camera goes.</summary>
    private const double FieldTogether = 0.021;

    /// <exception cref="InvalidDataException">A layer could not be drawn.</exception>
    /// <param name="gait">The same drawing with its runners further and further into their stride; empty when nobody runs.</param>
    public static async Task<Stageset> Planes(Tools tools, Drawing drawing, IReadOnlyList<Drawing> gait, int width, int height, string folder, CancellationToken cancel)
    {
        var groups = Groups(drawing);
        var planes = new Plane?[groups.Count];
        await Parallel.ForEachAsync(Enumerable.Range(0, groups.Count), new ParallelOptions { MaxDegreeOfParallelism = 2, CancellationToken = cancel }, async (i, stop) =>
        {
            var stem = Path.Combine(folder, $"plane-{drawing.Scene.Hour}-{i}");
            var plane = await Draw(tools, drawing, groups[i], width, height, stem, stop);
            if (plane is { Spot.Subject.Pose: Pose.Run })
            {
                var steps = new List<Plane> { plane };
                foreach (var step in gait)
                    if (await Draw(tools, step, groups[i] with { Layers = Groups(step)[i].Layers }, width, height, stem, stop) is { } next) steps.Add(next);
                plane = plane with { Gait = steps };
            }
            planes[i] = plane;
        });
        var all = planes.OfType<Plane>().SelectMany(plane => plane.Movement is Movement.Snow or Movement.Petals ? [plane, plane with { Near = true }] : new[] { plane });
        return new(width, height, width / drawing.Width, drawing.Horizon * height / drawing.Height, drawing.Scene, [.. all]);
    }

    private static List<Group> Groups(Drawing drawing)
    {
        var groups = new List<Group>();
        foreach (var layer in drawing.Layers.Where(layer => layer.Svg.Length > 0))
        {
            var movement = Movements.Of(layer, drawing.Scene);
            var spot = movement is Movement.Actor or Movement.Shadow ? drawing.Spots.FirstOrDefault(s => s.Depth == layer.Depth) : null;
            if (groups.Count > 0 && groups[^1] is var last && last.Movement == movement && Joins(last, layer, spot)) last.Layers.Add(layer);
            else groups.Add(new(movement, layer.Depth, spot, [layer]));
        }
        return groups;
    }

    // A rider has the depth, and with it the spot, of whatever carries it.
    private static bool Joins(Group group, Layer layer, Spot? spot) =>
        group.Movement is Movement.Actor or Movement.Shadow ? spot is not null && group.Spot == spot : group.Movement.ByRow() || Math.Abs(group.Depth - layer.Depth) < (group.Movement == Movement.Field ? FieldTogether : Together);

    private static async Task<Plane?> Draw(Tools tools, Drawing drawing, Group group, int width, int height, string stem, CancellationToken cancel)
    {
        var beside = group.Movement.Travels() ? (int)(width * Beside) : 0;
        var whole = await Whole(tools, drawing, group.Layers, width, height, beside, stem, cancel);
        return Plane.Trim(whole, -beside, group.Movement, group.Depth, group.Spot);
    }

    /// <param name="beside">Pixels beyond the sheet's left and right edges to be drawn as well.</param>
    /// <exception cref="InvalidDataException">The layers could not be drawn.</exception>
    public static async Task<Raster> Whole(Tools tools, Drawing drawing, IEnumerable<Layer> layers, int width, int height, int beside, string stem, CancellationToken cancel)
    {
        var (svg, raw, wide) = (stem + ".svg", stem + ".raw", width + 2 * beside);
        await File.WriteAllTextAsync(svg, drawing.Svg(wide, height, layers, beside * drawing.Width / width), cancel);
        var drawn = await tools.Vips.Run(["rawsave", svg + "[unlimited]", raw], ToolOptions.Within(SecondsMax), cancel);
        File.Delete(svg);
        if (drawn.ExitCode != 0 || new FileInfo(raw).Length != 4L * wide * height) throw new InvalidDataException("A layer could not be drawn.");
        var pixels = await File.ReadAllBytesAsync(raw, cancel);
        File.Delete(raw);
        return Raster.FromRgba(pixels, wide, height);
    }

    private sealed record Group(Movement Movement, double Depth, Spot? Spot, List<Layer> Layers);
}
