namespace Rpd.Server.Generations.Inputs;

/// <summary>One of a request's input addresses.</summary>
public sealed record GivenInput(InputKind Kind, string Text)
{
    public static IReadOnlyList<GivenInput> Of(string? image, string? video, string? audio) =>
        [.. new[] { (InputKind.Image, image), (InputKind.Video, video), (InputKind.Audio, audio) }.Where(one => one.Item2 is not null).Select(one => new GivenInput(one.Item1, one.Item2!))];
}
