using System.Text.Json;
using Rpd.Shared.Catalog;

namespace Rpd.Server.Generations.Inputs;

/// <summary>One of a request's input addresses.</summary>
public sealed record GivenInput(InputKind Kind, string Text)
{
    /// <param name="parameters">Some of them name pictures, too.</param>
    public static IReadOnlyList<GivenInput> Of(string? image, string? video, string? audio, IReadOnlyDictionary<string, JsonElement> parameters) =>
    [
        .. new[] { (InputKind.Image, image), (InputKind.Video, video), (InputKind.Audio, audio) }.Where(one => one.Item2 is not null).Select(one => new GivenInput(one.Item1, one.Item2!)),
        .. parameters.Where(param => ParamSpecs.Pictures.Contains(param.Key) && param.Value.ValueKind == JsonValueKind.String).Select(param => new GivenInput(InputKind.Param(param.Key), param.Value.GetString()!)),
    ];
}
