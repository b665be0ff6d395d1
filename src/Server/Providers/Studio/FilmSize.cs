namespace Rpd.Server.Providers.Studio;

/// <summary>The frame of a film that was asked for: even sides, as its encoding wants them, and not more pixels than full HD.</summary>
internal static class FilmSize
{
    public const int SideMin = 128;
    public const int SideMax = 1920;
    private const double UsualArea = 1280.0 * 720;
    private const int AreaMax = 1920 * 1080;

    public static readonly string Limits = $"Width and height must be between {SideMin} and {SideMax} pixels, and together no more than 1920 × 1080.";

    /// <summary>Null when that is no frame of ours. Without any wish it is 1280 × 720.</summary>
    public static PictureSize? Of(ProviderRequest request) =>
        PictureSize.Of(request, UsualArea, 16.0 / 9, SideMax) is { Width: >= SideMin, Height: >= SideMin } size && size.Width * size.Height <= AreaMax
            ? new PictureSize(size.Width & ~1, size.Height & ~1) : null;
}
