using System.ComponentModel.DataAnnotations;
using Rpd.Server.Providers;
using Rpd.Server.Providers.Chat;

namespace Rpd.Server.Prompts;

/// <summary>Section <c>ContentPolicy</c>.</summary>
public sealed record ContentPolicyOptions
{
    /// <summary>False: nothing is checked here; providers may still refuse.</summary>
    public bool Enabled { get; init; } = true;
}

/// <summary>Section <c>ContentPolicy:Categories:&lt;name&gt;</c>: a built-in category, or one of the operator's own.</summary>
public sealed record PolicyCategoryOptions
{
    public bool Enabled { get; init; } = true;

    /// <summary>Terms that break the policy as well, between commas. A term is one word or several in a row.</summary>
    public string Extra { get; init; } = "";

    /// <summary>Phrases of which nothing in this category is to be found, between commas.</summary>
    public string Allowed { get; init; } = "";

    public static IReadOnlyList<string> Terms(string text) => text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}

/// <summary>Section <c>ContentPolicy:Upstream</c>: a moderation model that is asked besides the built-in lists.</summary>
public sealed record ModerationOptions : IValidatableObject
{
    /// <summary>Of an API with OpenAI's <c>/moderations</c>, up to and with its version. Empty: the built-in lists alone.</summary>
    public string BaseUrl { get; init; } = "";

    public Secret? ApiKey { get; init; }

    public string Model { get; init; } = "omni-moderation-latest";

    [Range(1, 60)]
    public int TimeoutSeconds { get; init; } = 5;

    /// <summary>Whether generations are refused with 503 while it does not answer; otherwise the built-in lists decide alone.</summary>
    public bool Required { get; init; }

    public bool Configured => BaseUrl.Length > 0;

    public UpstreamAccess Access => new() { BaseUrl = BaseUrl, ApiKey = ApiKey };

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Configured && !UpstreamAccess.IsAddress(BaseUrl)) yield return new("BaseUrl must be an http or https address.", [nameof(BaseUrl)]);
    }
}
