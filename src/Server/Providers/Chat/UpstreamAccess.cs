using System.ComponentModel.DataAnnotations;

namespace Rpd.Server.Providers.Chat;

/// <summary>Section <c>Chat:Upstreams:{name}</c>: an API that speaks OpenAI's language, and what it is used for.</summary>
public sealed record UpstreamAccess
{
    /// <summary>Up to and with its version: <c>https://api.openai.com/v1</c>.</summary>
    public string BaseUrl { get; init; } = "";

    public Secret? ApiKey { get; init; }

    /// <summary>Our name of a model and the upstream's. Empty: it is asked for every model, by the name that we were asked for.</summary>
    public Dictionary<string, string> Models { get; init; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Its share among those of the same priority; 0: asked only after all others.</summary>
    [Range(0, 1_000_000)]
    public int Weight { get; init; } = 1;

    /// <summary>The lowest first, as with DNS records of kind SRV.</summary>
    public int Priority { get; init; }

    /// <summary>For an answer from beginning to end.</summary>
    [Range(1, 7200)]
    public int TimeoutSeconds { get; init; } = 600;

    /// <summary>For the beginning of a streamed answer, and for each silence in it.</summary>
    [Range(1, 7200)]
    public int FirstTokenSeconds { get; init; } = 60;

    /// <summary>Answers at once from one node.</summary>
    [Range(1, 100_000)]
    public int MaxConcurrent { get; init; } = 100;

    /// <summary>Sent with every call. They may be credentials too.</summary>
    public Dictionary<string, Secret> Headers { get; init; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The upstream's name of a model; null when it does not serve it.</summary>
    public string? Model(string ours) => Models.Count == 0 ? ours : Models.GetValueOrDefault(ours);

    /// <summary>What an upstream says, without our credentials in it.</summary>
    public string Strike(string text) => Headers.Values.Prepend(ApiKey).OfType<Secret>().Aggregate(text, (clean, secret) => secret.Strike(clean));

    /// <summary>Whether it can be called, without a user and password: addresses are not kept secret.</summary>
    public static bool IsAddress(string text) => Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" && address is { UserInfo: "", Fragment: "" };

    internal IEnumerable<string> Wrong()
    {
        var annotated = new List<ValidationResult>();
        Validator.TryValidateObject(this, new(this), annotated, validateAllProperties: true);
        foreach (var one in annotated) yield return one.ErrorMessage!;
        if (!IsAddress(BaseUrl)) yield return "BaseUrl must be an http or https address without a user name.";
        if (ApiKey is { } key && !Sendable(key)) yield return "ApiKey has characters that no header can hold.";
        foreach (var (ours, theirs) in Models)
            if (string.IsNullOrWhiteSpace(theirs)) yield return $"Models:{ours} names no model of the upstream.";
        foreach (var (header, value) in Headers)
        {
            if (!MaySet(header)) yield return $"Headers:{header} is no header that can be set.";
            else if (!Sendable(value)) yield return $"Headers:{header} has characters that no header can hold.";
        }
    }

    private static bool Sendable(Secret value) => !value.Reveal().AsSpan().ContainsAnyExceptInRange(' ', '~');

    private static bool MaySet(string header)
    {
        using var request = new HttpRequestMessage();
        return !header.Equals("Host", StringComparison.OrdinalIgnoreCase) && !header.Equals("Transfer-Encoding", StringComparison.OrdinalIgnoreCase)
            && request.Headers.TryAddWithoutValidation(header, "");
    }
}

/// <summary>Section <c>Chat:Upstreams</c>.</summary>
public sealed class UpstreamsOptions : Dictionary<string, UpstreamAccess>, IValidatableObject
{
    public const string Section = "Chat:Upstreams";

    public UpstreamsOptions() : base(StringComparer.OrdinalIgnoreCase)
    {
    }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        from upstream in this from wrong in upstream.Value.Wrong() select new ValidationResult($"{upstream.Key}: {wrong}");
}
