using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticAssets;

namespace Rpd.Web.Ui;

/// <summary>
/// The address of a bundled file with its fingerprint, so that browsers may keep it for ever.
/// Pages are served from plain endpoints, where <c>@Assets</c> knows nothing; the static asset endpoints carry all that is needed.
/// Without them (tests) the plain address is right as well.
/// </summary>
public sealed class AssetUrls(EndpointDataSource? endpoints = null)
{
    private IReadOnlyDictionary<string, string>? _byName;
    private string? _font;

    /// <summary>The font that the style sheet names; none without the endpoints. Asked for with the page, it comes one round trip earlier.</summary>
    public string? Font => (_font ??= endpoints?.Endpoints.Select(endpoint => endpoint.Metadata.GetMetadata<StaticAssetDescriptor>())
        .FirstOrDefault(asset => asset is { Selectors.Count: 0 } && asset.Route.EndsWith(".woff2", StringComparison.Ordinal) && asset.Properties.All(p => p.Name != "label"))?.Route) is { } route ? "/" + route : null;

    public string this[string name] => "/" + ((_byName ??= Read()).TryGetValue(name, out var route) ? route : name);

    private Dictionary<string, string> Read()
    {
        var byName = new Dictionary<string, string>();
        foreach (var endpoint in endpoints?.Endpoints ?? [])
        {
            if (endpoint.Metadata.GetMetadata<StaticAssetDescriptor>() is { Selectors.Count: 0 } asset
                && asset.Properties.FirstOrDefault(p => p.Name == "label") is { } label)
                byName[label.Value] = asset.Route;
        }

        return byName;
    }
}
