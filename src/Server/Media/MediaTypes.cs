namespace Rpd.Server.Media;

/// <summary>The content types that <see cref="Probe"/> can prove: nothing else is stored.</summary>
public static class MediaTypes
{
    private static readonly Dictionary<string, string> Extensions = new(StringComparer.Ordinal)
    {
        ["image/png"] = ".png",
        ["image/jpeg"] = ".jpg",
        ["image/webp"] = ".webp",
        ["image/gif"] = ".gif",
        ["video/mp4"] = ".mp4",
        ["video/webm"] = ".webm",
        ["video/quicktime"] = ".mov",
        ["audio/mpeg"] = ".mp3",
        ["audio/wav"] = ".wav",
        ["audio/ogg"] = ".ogg",
        ["audio/mp4"] = ".m4a",
        ["audio/flac"] = ".flac",
        ["audio/aac"] = ".aac",
        ["audio/webm"] = ".webm",
    };

    // What browsers and systems also call them.
    private static readonly Dictionary<string, string> Aliases = new(StringComparer.Ordinal)
    {
        ["image/jpg"] = "image/jpeg",
        ["audio/mp3"] = "audio/mpeg",
        ["audio/wave"] = "audio/wav",
        ["audio/x-wav"] = "audio/wav",
        ["audio/vnd.wave"] = "audio/wav",
        ["audio/m4a"] = "audio/mp4",
        ["audio/x-m4a"] = "audio/mp4",
        ["audio/x-flac"] = "audio/flac",
        ["audio/x-aac"] = "audio/aac",
        ["audio/aacp"] = "audio/aac",
    };

    public static IReadOnlyCollection<string> All => Extensions.Keys;

    /// <returns>The one name that we use for it; null for what is not taken.</returns>
    public static string? Canonical(string contentType)
    {
        var name = contentType.Trim().ToLowerInvariant();
        return Extensions.ContainsKey(name) ? name : Aliases.GetValueOrDefault(name);
    }

    /// <summary>With its dot.</summary>
    public static string Extension(string contentType) =>
        Extensions.TryGetValue(contentType, out var extension) ? extension : throw new InvalidDataException($"No file extension is known for {contentType}.");

    /// <summary><c>image</c>, <c>video</c> or <c>audio</c>.</summary>
    public static string Kind(string contentType) => contentType[..contentType.IndexOf('/', StringComparison.Ordinal)];
}
