namespace Rpd.Server.Chat.Assistant.Knowledge;

/// <param name="Label">What its models do: "make video".</param>
/// <param name="Types">Types of generation that belong to it.</param>
/// <param name="Terms">Words of a question, as <see cref="Knowledge.Terms"/> has them; all of one of the groups must be there.</param>
internal sealed record ModelKind(string Label, string[] Types, string[] Terms);

/// <summary>What people ask models for; the first that fits counts, so the narrower stand first.</summary>
internal static class ModelKinds
{
    public static readonly IReadOnlyList<ModelKind> All =
    [
        new("transfer motion", ["motion_transfer"], ["motion transfer"]),
        new("make talking avatars", ["avatar"], ["avatar", "talk head"]),
        new("upscale", ["upscale"], ["upscale", "upscal", "enlarge", "enlarg"]),
        new("extend pictures and films", ["extend"], ["extend", "outpaint", "expand"]),
        new("make effects", ["effect"], ["effect"]),
        new("make pictures move", ["image2video", "animation"], ["animate", "animat", "animation", "picture video", "image2video"]),
        new("change videos", ["video2video"], ["edit video", "video2video", "restyle video"]),
        new("change pictures", ["image2image"], ["edit picture", "change picture", "restyle", "restyl", "image2image"]),
        new("make video", ["text2video", "image2video"], ["video", "text2video"]),
        new("make sound: speech, music, effects", ["audio"], ["sound", "audio", "speech", "music"]),
        new("make pictures", ["text2image"], ["picture", "text2image", "draw", "paint"]),
    ];

    public static ModelKind? Of(IReadOnlySet<string> asked) => All.FirstOrDefault(kind => kind.Terms.Any(words => words.Split(' ').All(asked.Contains)));
}
