using Rpd.Server.Providers.Vendors;

namespace Rpd.Server.Providers.Google;

/// <summary>Where Google's interfaces live, and which of them takes what. An operator's <c>BaseUrl</c> stands for all of them.</summary>
internal static class GoogleAddresses
{
    private const string GeminiHost = "https://generativelanguage.googleapis.com", StorageHost = "https://storage.googleapis.com", CloudDomain = "aiplatform.googleapis.com", UsualLocation = "us-central1";
    private const string Projects = "/projects/", Publishers = "/publishers/", Buckets = "/storage/v1/b/";

    public static string Gemini(VendorAccess access) => access.BaseUrl?.TrimEnd('/') ?? GeminiHost;

    /// <param name="path">May name the operator's project as <c>{p}</c> and his location as <c>{loc}</c>. A place that it names itself decides the host.</param>
    public static string InCloud(VendorAccess access, string path)
    {
        var location = access.Location is { Length: > 0 } own ? own : UsualLocation;
        var whole = path.Replace("{p}", Uri.EscapeDataString(access.Project ?? ""), StringComparison.Ordinal).Replace("{loc}", Uri.EscapeDataString(location), StringComparison.Ordinal);
        var everywhere = location == "global" || path.Contains("/locations/global/", StringComparison.Ordinal);
        return (access.BaseUrl?.TrimEnd('/') ?? (everywhere ? $"https://{CloudDomain}" : $"https://{Uri.EscapeDataString(location)}-{CloudDomain}")) + whole;
    }

    /// <summary>An object of Cloud Storage, as a file.</summary>
    /// <returns>Null when it is no address of one.</returns>
    public static VendorCall? InBucket(VendorAccess access, string? address)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var gs) || gs.Scheme != "gs" || gs.AbsolutePath.Length < 2) return null;
        var name = Uri.UnescapeDataString(gs.AbsolutePath[1..]);
        return VendorCall.Get($"{access.BaseUrl?.TrimEnd('/') ?? StorageHost}{Buckets}{Uri.EscapeDataString(gs.Host)}/o/{Uri.EscapeDataString(name)}?alt=media");
    }

    public static bool TakesToken(VendorAccess access, Uri address) => (At(access, address) || (address.Scheme == Uri.UriSchemeHttps && (address.Host == new Uri(StorageHost).Host || InCloud(address.Host))))
        && (address.AbsolutePath.Contains(Projects, StringComparison.Ordinal) || address.AbsolutePath.Contains(Publishers, StringComparison.Ordinal) || address.AbsolutePath.StartsWith(Buckets, StringComparison.Ordinal));

    public static bool TakesKey(VendorAccess access, Uri address) => At(access, address);

    private static bool At(VendorAccess access, Uri address) => address.GetLeftPart(UriPartial.Authority) == new Uri(Gemini(access)).GetLeftPart(UriPartial.Authority);

    private static bool InCloud(string host) => host == CloudDomain || host.EndsWith($"-{CloudDomain}", StringComparison.Ordinal);
}
