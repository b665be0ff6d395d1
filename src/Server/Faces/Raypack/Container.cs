using System.Globalization;
using System.Text.Json.Serialization;
using Rpd.Server.Recognition;
using Rpd.Server.Recognition.Tags;

namespace Rpd.Server.Faces.Raypack;

/// <summary>What every answer of <c>/recog</c> is wrapped in.</summary>
/// <param name="Error">508 when the model found nothing; that is no refusal, and free.</param>
internal sealed record Container(string Name, string Version, string License, ContainerResults Results, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] RaypackError? Error)
{
    public static Container Of(ContainerResults results) =>
        new("Raypack_AI_Filecontainer", "1.0", "commercial", results, results.Count > 0 ? null : new(RaypackErrors.Nothing, "The model found nothing in this picture."));
}

/// <summary>What was found, in the one list that belongs to the model.</summary>
internal sealed record ContainerResults
{
    public ContainerStats? Stats { get; private init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public object[]? Tags { get; private init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Totalfaces { get; private init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public object[]? Faces { get; private init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public object[]? Colors { get; private init; }

    [JsonIgnore]
    public int Count => (Tags ?? Faces ?? Colors ?? []).Length;

    public ContainerResults With(ContainerStats stats) => this with { Stats = stats };

    public static ContainerResults Of(IReadOnlyList<FoundTag> tags) =>
        new() { Tags = [.. tags.Select(tag => new { tag.Name, Value = tag.Score.ToString("0.00000000", CultureInfo.InvariantCulture) })] };

    /// <param name="inParts">Fractions of the picture's sides instead of its pixels.</param>
    public static ContainerResults Of(FacesFound found, bool inParts) => new()
    {
        Totalfaces = found.Faces.Count,
        Faces = [.. found.Faces.Select(face => inParts ? Parts(face, found) : (object)RaypackFaceBox.Of(face))],
    };

    public static ContainerResults Of(FoundColour[] colours) =>
        new() { Colors = [.. colours.Select(colour => new { colour.Hex, Names = new { colour.Names.De, colour.Names.En }, colour.Percent })] };

    private static object Parts(FoundFace face, FacesFound found) => new
    {
        Top = (double)face.Y / found.Height,
        Left = (double)face.X / found.Width,
        Right = (double)(face.X + face.Width) / found.Width,
        Bottom = (double)(face.Y + face.Height) / found.Height,
        face.Score,
    };
}

/// <param name="Originalfile">The name or address that was sent.</param>
/// <param name="Starttime">Milliseconds since 1970.</param>
/// <param name="Duration">Seconds.</param>
internal sealed record ContainerStats(string Modelname, string Modelid, string Originalfile, long Starttime, long Endtime, double Duration)
{
    public ContainerStats(RaypackModel model, string file, DateTimeOffset began, DateTimeOffset ended)
        : this(model.Name, model.Id, file, began.ToUnixTimeMilliseconds(), ended.ToUnixTimeMilliseconds(), Math.Round((ended - began).TotalSeconds, 3))
    {
    }
}
