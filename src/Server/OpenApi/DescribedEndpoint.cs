using Microsoft.AspNetCore.Routing.Patterns;
using Rpd.Server.ApiKeys;
using Rpd.Server.Http;
using static Rpd.Server.OpenApi.Description;

namespace Rpd.Server.OpenApi;

/// <summary>One endpoint, read for its description: its own words and the policies of the groups that it hangs on.</summary>
public sealed class DescribedEndpoint(RouteEndpoint route)
{
    public string Path { get; } = "/" + string.Join('/', route.RoutePattern.PathSegments.Select(segment => string.Concat(segment.Parts.Select(part => part switch
    {
        RoutePatternLiteralPart literal => literal.Content,
        RoutePatternParameterPart parameter => $"{{{parameter.Name}}}",
        _ => throw new InvalidOperationException($"{route.RoutePattern.RawText} cannot be described."),
    }))));

    /// <summary>HEAD comes with GET and is no operation of its own.</summary>
    public string Method { get; } = route.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods[0] ?? "GET";

    internal Summary? Summary => One<Summary>();

    internal Taken? Takes => One<Taken>();

    internal IEnumerable<string> TakesAlso => route.Metadata.GetOrderedMetadata<TakenAlso>().Select(also => also.ContentType);

    internal Type? Filter => One<Filter>()?.Query;

    /// <summary>The first is what one hopes for.</summary>
    internal IReadOnlyList<Given> Gives { get; } = route.Metadata.GetOrderedMetadata<Given>();

    internal GivenText? GivesAlso => One<GivenText>();

    internal IEnumerable<PathPart> PathParts => route.Metadata.GetOrderedMetadata<PathPart>();

    public CredentialRule? Credentials => One<CredentialRule>();

    /// <summary>Below <c>/v1</c>, with the limits and errors that hold there.</summary>
    public bool OfApi => Path.StartsWith(Api.Prefix + "/", StringComparison.Ordinal);

    /// <summary>Takes an <c>Idempotency-Key</c>.</summary>
    public bool Repeatable => One<IdempotentPosts.Honoured>() is not null && Method == "POST" && Credentials is not null;

    public IReadOnlyList<(string Name, bool Id)> Parameters { get; } =
        [.. route.RoutePattern.Parameters.Select(parameter => (parameter.Name, parameter.ParameterPolicies.Any(policy => policy.Content == "guid")))];

    /// <summary>Null for the native ones.</summary>
    public ErrorWords? Words => One<ErrorWords>();

    /// <summary>Everything that it may refuse with.</summary>
    public IReadOnlyList<ErrorCode> Refusals
    {
        get
        {
            List<string> codes = [.. route.Metadata.GetOrderedMetadata<Refused>().SelectMany(refused => refused.Codes)];
            if (OfApi) codes.AddRange(["VALIDATION_ERROR", "RATE_LIMITED", "INTERNAL_ERROR", "PROVIDER_UNAVAILABLE"]);
            if (Credentials is not null) codes.AddRange(["UNAUTHORIZED", "FORBIDDEN", "KEY_FROZEN"]);
            if (Parameters.Count > 0) codes.Add("NOT_FOUND");
            if (Takes is not null) codes.AddRange(["PAYLOAD_TOO_LARGE", "UNSUPPORTED_MEDIA_TYPE"]);
            if (Repeatable) codes.AddRange(["IDEMPOTENCY_IN_PROGRESS", "IDEMPOTENCY_MISMATCH"]);
            return [.. ErrorCodes.All.Where(code => codes.Contains(code.Code))];
        }
    }

    private T? One<T>() where T : class => route.Metadata.GetMetadata<T>();
}
