using System.ComponentModel.DataAnnotations;
using Rpd.Server.Providers;
using Rpd.Server.Providers.Chat;

namespace Rpd.Server.Prompts;

/// <summary>Section <c>Prompts:Upstream</c>: a chat model that enhances prompts instead of the built-in rules.</summary>
public sealed record PromptUpstreamOptions : IValidatableObject
{
    public const string Section = "Prompts:Upstream";

    /// <summary>Of an OpenAI-compatible API for this alone, up to and with its version: <c>https://api.openai.com/v1</c>. Empty: <c>Chat:Upstreams</c> are asked.</summary>
    public string BaseUrl { get; init; } = "";

    public Secret? ApiKey { get; init; }

    /// <summary>Empty: the built-in rules alone.</summary>
    public string Model { get; init; } = "";

    [Range(1, 120)]
    public int TimeoutSeconds { get; init; } = 15;

    /// <summary>Whether it is an upstream of its own.</summary>
    public bool Own => BaseUrl.Length > 0;

    public UpstreamAccess Access => new() { BaseUrl = BaseUrl, ApiKey = ApiKey, TimeoutSeconds = TimeoutSeconds };

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Own && !UpstreamAccess.IsAddress(BaseUrl)) yield return new("BaseUrl must be an http or https address.", [nameof(BaseUrl)]);
        if (Own && Model.Length == 0) yield return new("Model is missing: BaseUrl needs it.", [nameof(Model)]);
    }
}
