namespace Rpd.Server.ApiKeys;

/// <param name="Scope">Null: any credential will do.</param>
/// <param name="Optional">None is fine too; a wrong one never is.</param>
public sealed record CredentialRule(string? Scope, bool Optional);

/// <summary>What an endpoint asks of its callers. The rule nearest to the endpoint counts: one on the route replaces its group's.</summary>
public static class CredentialRules
{
    /// <param name="scope">One of <see cref="Rpd.Shared.ApiKeys.Scopes"/>.</param>
    public static T Needs<T>(this T endpoint, string scope) where T : IEndpointConventionBuilder => endpoint.WithMetadata(new CredentialRule(scope, false));

    public static T NeedsCredential<T>(this T endpoint) where T : IEndpointConventionBuilder => endpoint.WithMetadata(new CredentialRule(null, false));

    public static T TakesCredential<T>(this T endpoint) where T : IEndpointConventionBuilder => endpoint.WithMetadata(new CredentialRule(null, true));
}
