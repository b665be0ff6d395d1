using Rpd.Server.Database;

namespace Rpd.Server.Http;

/// <summary>
/// Where people and programs reach this installation (setting <c>PublicUrl</c>). Links in letters are made from it, never from a Host header,
/// which anybody can forge.
/// </summary>
public sealed class PublicAddress
{
    public PublicAddress(IConfiguration settings)
    {
        var text = DataFolder.Setting(settings, "PublicUrl") ?? $"http://localhost:{DataFolder.Setting(settings, "PORT") ?? "5080"}";
        if (!Uri.TryCreate(text.TrimEnd('/'), UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https") || url.Query.Length > 0)
            throw new CannotStart($"PublicUrl must be an http or https address such as https://create.example.org; it is \"{text}\".");
        Url = url;
    }

    public Uri Url { get; }

    public bool Secure => Url.Scheme == "https";

    /// <summary>Scheme, host and path without a slash at the end.</summary>
    public string Base => Url.ToString().TrimEnd('/');

    /// <param name="path">Begins with a slash.</param>
    public string Link(string path) => Base + path;

    /// <summary>The same for what is not always there.</summary>
    [return: System.Diagnostics.CodeAnalysis.NotNullIfNotNull(nameof(path))]
    public string? LinkOr(string? path) => path is null ? null : Link(path);

    /// <summary>Browsers accept the <c>__Host-</c> prefix over https only; it keeps sibling domains from planting a cookie.</summary>
    public string CookieName(string name) => Secure ? "__Host-" + name : name;
}
