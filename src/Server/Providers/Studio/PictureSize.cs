using System.Globalization;

namespace Rpd.Server.Providers.Studio;

/// <summary>Pixels of the picture that was asked for.</summary>
internal readonly record struct PictureSize(int Width, int Height)
{
    public const int SideMin = 64;
    public const int SideMax = 2048;
    private const double UsualArea = 1024.0 * 1024;

    /// <summary>
    /// Width and height as given; a ratio fills in what is missing, or, alone, gives about a megapixel in steps of 8.
    /// Null when that is no picture of ours.
    /// </summary>
    /// <param name="area">Pixels, where only the shape is known.</param>
    /// <param name="usual">The ratio when none was asked for.</param>
    public static PictureSize? Of(ProviderRequest request, double area = UsualArea, double usual = 1, int sideMax = SideMax)
    {
        var (width, height) = (request.Whole("width"), request.Whole("height"));
        var ratio = usual;
        if (request.Text("aspectRatio") is { } text && text != "auto")
        {
            if (Ratio(text) is not { } known) return null;
            ratio = known;
        }
        if (width is null && height is null)
        {
            var wide = Math.Min(Math.Sqrt(area * ratio), sideMax * Math.Min(1, ratio));
            return Checked(Eighths(wide), Eighths(wide / ratio), sideMax);
        }
        return Checked(width ?? (long)Math.Round(height!.Value * ratio), height ?? (long)Math.Round(width!.Value / ratio), sideMax);
    }

    private static PictureSize? Checked(long width, long height, int sideMax) =>
        width >= SideMin && width <= sideMax && height >= SideMin && height <= sideMax ? new PictureSize((int)width, (int)height) : null;

    private static long Eighths(double side) => (long)Math.Round(side / 8) * 8;

    private static double? Ratio(string text)
    {
        var parts = text.Split(':', 'x', '/');
        return parts.Length == 2 && Side(parts[0]) is { } across && Side(parts[1]) is { } down ? across / down : null;
    }

    private static double? Side(string text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var side) && side is > 0 and <= 10_000 ? side : null;
}
