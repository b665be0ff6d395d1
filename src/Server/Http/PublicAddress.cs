namespace Rpd.Server.Http;

/// <summary>Where people reach this installation: setting <c>PublicUrl</c>, by default <c>http://localhost:{PORT}</c>.</summary>
public sealed class PublicAddress
{
    public PublicAddress(string? publicUrl, string fallback)
    {
        var text = string.IsNullOrWhiteSpace(publicUrl) ? fallback : publicUrl.TrimEnd('/');
        if (!Uri.TryCreate(text, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https") || address.PathAndQuery != "/")
            throw new ArgumentException($"PublicUrl must be an address such as https://create.example.com, without a path. It is '{publicUrl}'.");
        (Origin, IsHttps) = (text, address.Scheme == "https");
    }

    /// <summary>Scheme, host and port without a slash at the end.</summary>
    public string Origin { get; }

    public bool IsHttps { get; }
}
