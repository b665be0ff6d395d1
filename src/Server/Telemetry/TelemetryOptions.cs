using System.ComponentModel.DataAnnotations;

namespace Rpd.Server.Telemetry;

/// <summary>Section <c>Telemetry</c>: what operators' own tools are told. Nothing leaves the server until it is set.</summary>
public sealed record TelemetryOptions : IValidatableObject
{
    /// <summary>Where traces, metrics and logs go by OTLP over HTTP: the collector's address, such as <c>http://localhost:4318</c>.</summary>
    public string? OtlpEndpoint { get; init; }

    /// <summary>Headers of every call there: <c>name=value</c>, between commas.</summary>
    public string? OtlpHeaders { get; init; }

    /// <summary>Lets a program read <c>/metrics</c> with <c>Authorization: Bearer</c>; administrators may always.</summary>
    public string? ScrapeToken { get; init; }

    /// <summary>Which part of the requests is traced. Errors of the others are in the logs.</summary>
    [Range(0, 1)]
    public double TraceRatio { get; init; } = 1;

    /// <summary>The name under which this installation reports.</summary>
    [Required(AllowEmptyStrings = false)]
    public string ServiceName { get; init; } = "rpd-create";

    public bool Exports => !string.IsNullOrWhiteSpace(OtlpEndpoint);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Exports && !(Uri.TryCreate(OtlpEndpoint, UriKind.Absolute, out var url) && url.Scheme is "http" or "https")) yield return new("OtlpEndpoint must be an http or https address.");
        if (ScrapeToken is { Length: > 0 and < 16 }) yield return new("ScrapeToken needs 16 characters at least.");
    }
}
