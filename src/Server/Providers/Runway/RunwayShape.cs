using Rpd.Server.Providers.Vendors;

namespace Rpd.Server.Providers.Runway;

/// <summary>Runway says a shape and a size at once, as pixels: <c>1280:720</c>. One of them must be there.</summary>
internal static class RunwayShape
{
    private const string Landscape = "1280:720", Portrait = "720:1280";

    private static readonly Dictionary<string, string> Videos = new()
    {
        ["16:9"] = Landscape,
        ["9:16"] = Portrait,
        ["4:3"] = "1104:832",
        ["3:4"] = "832:1104",
        ["1:1"] = "960:960",
        ["21:9"] = "1584:672",
    };

    private static readonly Dictionary<string, (string Hd, string FullHd)> Stills = new()
    {
        ["16:9"] = (Landscape, "1920:1080"),
        ["9:16"] = (Portrait, "1080:1920"),
        ["4:3"] = ("960:720", "1440:1080"),
        ["3:4"] = ("720:960", "1080:1440"),
        ["1:1"] = ("720:720", "1080:1080"),
        ["21:9"] = ("1680:720", "2112:912"),
    };

    public static string OfVideo(VendorJob job) => job.Text("ratio") ?? Videos.GetValueOrDefault(job.Text("aspectRatio") ?? "", Landscape);

    /// <summary>Without a picture there are two shapes only; the nearer one is taken.</summary>
    public static string OfText(VendorJob job) => OfVideo(job) is Portrait or "832:1104" ? Portrait : Landscape;

    public static string OfStill(VendorJob job)
    {
        var (hd, fullHd) = Stills.GetValueOrDefault(job.Text("aspectRatio") ?? "", Stills["16:9"]);
        return job.Text("resolution") == "720p" ? hd : fullHd;
    }
}
