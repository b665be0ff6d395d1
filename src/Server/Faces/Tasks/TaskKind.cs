using System.Text.Json;
using Rpd.Server.Catalog;

namespace Rpd.Server.Faces.Tasks;

/// <summary>What a path of the face makes. Which type of generation that is follows from the files that a body brings along and from what the model does.</summary>
/// <param name="Path">As in <c>/images/generations</c>.</param>
/// <param name="FromVideo">With <c>video_urls</c>: the types that may be meant, the likeliest first.</param>
/// <param name="FromImage">With <c>image_urls</c>.</param>
/// <param name="FromWords">With neither.</param>
public sealed record TaskKind(string Path, string Noun, IReadOnlyList<string> FromVideo, IReadOnlyList<string> FromImage, IReadOnlyList<string> FromWords)
{
    public static readonly IReadOnlyList<TaskKind> All =
    [
        new("images", "image", [], ["image2image", "effect", "upscale"], ["text2image", "image2image"]),
        new("videos", "video",
            ["video2video", "motion_transfer", "extend", "effect", "upscale", "animation"],
            ["image2video", "animation", "avatar", "effect", "extend"],
            ["text2video", "avatar", "image2video", "video2video"]),
        new("audio", "audio", ["audio"], [], ["audio"]),
    ];

    /// <returns>Null when the model makes nothing of the kind.</returns>
    public string? TypeFor(CatalogEntry entry, JsonElement body)
    {
        var wanted = Brings("video_urls") ? FromVideo : Brings("image_urls") ? FromImage : FromWords;
        return wanted.FirstOrDefault(entry.SupportedTypes.Contains);

        bool Brings(string list) => body.TryGetProperty(list, out var files) && files.ValueKind == JsonValueKind.Array && files.GetArrayLength() > 0;
    }

    /// <summary>Where a model stands in the list: by the first of its types that a path serves.</summary>
    public static TaskKind? Of(CatalogEntry entry) => All.FirstOrDefault(kind => entry.SupportedTypes.Any(kind.FromWords.Contains))
        ?? All.FirstOrDefault(kind => entry.SupportedTypes.Any(type => kind.FromImage.Contains(type) || kind.FromVideo.Contains(type)));
}
