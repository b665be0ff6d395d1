using System.Globalization;
using System.Text.Json;
using Rpd.Shared.Generations;

namespace Rpd.Web.Ui;

/// <summary>
/// The shape of a picture as one of the classes in <c>works.css</c>: a style attribute is forbidden, and a box that has its ratio
/// before the picture arrives does not move the page. Pictures between two classes lose at most a few per cent of an edge.
/// </summary>
public static class Shape
{
    // Ratios as logarithms: twice as wide is as far away as half as wide.
    private static readonly (string Class, double Log)[] Known =
    [
        .. new[] { "9x21", "1x2", "9x16", "3x5", "2x3", "3x4", "4x5", "9x10", "1x1", "10x9", "5x4", "4x3", "3x2", "8x5", "16x9", "2x1", "21x9", "3x1" }
            .Select(name => ("r-" + name, Math.Log(Parse(name, 'x') ?? 1))),
    ];

    public static string Of(double? width, double? height) =>
        width > 0 && height > 0 ? Nearest(width.Value / height.Value) : "r-1x1";

    /// <summary>Of what will come: from the output when there is one, else from the parameters, else by type.</summary>
    public static string Of(GenerationView generation)
    {
        if (generation.Outputs.FirstOrDefault() is { Width: not null } output)
            return Of(output.Width, output.Height);
        if (Text(generation.Params, "aspectRatio") is { } words && Ratio(words) is { } ratio)
            return Nearest(ratio);
        if (double.TryParse(Text(generation.Params, "width"), CultureInfo.InvariantCulture, out var width)
            && double.TryParse(Text(generation.Params, "height"), CultureInfo.InvariantCulture, out var height))
            return Of(width, height);
        return Kind(generation.Type) == "video" ? "r-16x9" : "r-1x1";
    }

    /// <summary><c>image</c>, <c>video</c> or <c>audio</c>: what a type makes.</summary>
    public static string Kind(string type) => type switch
    {
        "text2image" or "image2image" or "upscale" => "image",
        GenerationTypes.Audio => "audio",
        _ => "video",
    };

    /// <summary>"16:9", "1280:720" or "1024x1024" as a number; null for anything else.</summary>
    public static double? Ratio(string words) => Parse(words, ':') ?? Parse(words, 'x');

    private static string Nearest(double ratio)
    {
        var log = Math.Log(ratio);
        return Known.MinBy(shape => Math.Abs(shape.Log - log)).Class;
    }

    private static double? Parse(string words, char between)
    {
        var parts = words.Split(between);
        return parts.Length == 2
            && double.TryParse(parts[0], CultureInfo.InvariantCulture, out var width) && width > 0
            && double.TryParse(parts[1], CultureInfo.InvariantCulture, out var height) && height > 0
            ? width / height
            : null;
    }

    private static string? Text(IReadOnlyDictionary<string, JsonElement> values, string name) =>
        values.TryGetValue(name, out var value) ? value.ToString() : null;
}
