using System.ComponentModel.DataAnnotations;

namespace Rpd.Server.Prompts;

/// <summary>Section <c>Prompts:Upstream</c>: a chat model that enhances prompts instead of the built-in rules.</summary>
public sealed record PromptUpstreamOptions : IValidatableObject
{
    /// <summary>Of an OpenAI-compatible API, up to and with its version: <c>https://api.openai.com/v1</c>. Empty: the built-in rules alone.</summary>
    public string BaseUrl { get; init; } = "";

    public string ApiKey { get; init; } = "";

    public string Model { get; init; } = "";

    [Range(1, 120)]
    public int TimeoutSeconds { get; init; } = 15;

    public bool Configured => BaseUrl.Length > 0;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Configured && !Upstream.IsAddress(BaseUrl)) yield return new("BaseUrl must be an http or https address.", [nameof(BaseUrl)]);
        if (Configured && Model.Length == 0) yield return new("Model is missing: BaseUrl needs it.", [nameof(Model)]);
    }
}
