namespace Rpd.Server.ApiKeys.External;

/// <summary>
/// Section <c>Auth:External:&lt;n&gt;</c>: somebody whose session tokens count here as the bearer's own. <see cref="Audience"/> or
/// <see cref="AuthorizedParties"/> is needed: an issuer signs tokens for other applications too.
/// </summary>
public sealed record ExternalIssuer
{
    /// <summary>Exactly as it stands in the tokens' <c>iss</c>. https, except on loopback.</summary>
    public string Issuer { get; init; } = "";

    /// <summary>Names of this installation, between commas: one of them must stand in <c>aud</c>.</summary>
    public string Audience { get; init; } = "";

    /// <summary>Applications (origins or client ids) that may ask for tokens, between commas: <c>azp</c> must be one of them.</summary>
    public string AuthorizedParties { get; init; } = "";

    /// <summary>Where its keys are; empty: its discovery document tells.</summary>
    public string JwksUrl { get; init; } = "";

    public IReadOnlyList<string> Audiences => Parts(Audience);

    public IReadOnlyList<string> Parties => Parts(AuthorizedParties);

    public static IEnumerable<string> Wrong(IReadOnlyList<ExternalIssuer> all)
    {
        for (var i = 0; i < all.Count; i++)
        {
            if (!IsSafe(all[i].Issuer)) yield return $"Auth:External:{i}:Issuer must be an https address.";
            if (all[i].JwksUrl.Length > 0 && !IsSafe(all[i].JwksUrl)) yield return $"Auth:External:{i}:JwksUrl must be an https address.";
            if (all[i].Audiences.Count + all[i].Parties.Count == 0) yield return $"Auth:External:{i}:Audience or AuthorizedParties is missing.";
            if (all.Take(i).Any(other => other.Issuer == all[i].Issuer)) yield return $"Auth:External:{i}:Issuer stands twice.";
        }
    }

    /// <summary>What comes over the network must not have been changed on its way.</summary>
    public static bool IsSafe(string text) => Uri.TryCreate(text, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback));

    private static string[] Parts(string text) => text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
