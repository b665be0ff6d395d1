using System.ComponentModel.DataAnnotations;
using Rpd.Server.Providers;
using Rpd.Server.Providers.Chat;
using Rpd.Server.Providers.Vendors;

namespace Rpd.Server.Analysis;

/// <summary>Section <c>Analysis:{provider}</c>: how one provider of text and vision analysis is reached. Each needs only some of these.</summary>
public sealed record AnalysisAccess
{
    /// <summary>Of azure, gcp, or of llm's own upstream.</summary>
    public Secret? ApiKey { get; init; }

    /// <summary>Of aws: the id of an access key that may call Comprehend and Rekognition.</summary>
    public string? AccessKey { get; init; }

    /// <summary>Of aws: its secret.</summary>
    public Secret? SecretKey { get; init; }

    /// <summary>Of aws: the region.</summary>
    public string Location { get; init; } = "us-east-1";

    /// <summary>Of azure: the resource's endpoint. Of the others: another address of the same interface.</summary>
    [Url]
    public string? BaseUrl { get; init; }

    /// <summary>Of llm: the model, as the upstreams for chat know it, or as its own upstream does when there is a <see cref="BaseUrl"/>.</summary>
    public string? Model { get; init; }

    /// <summary>For an answer, repeats included: somebody waits.</summary>
    [Range(1, 120)]
    public int TimeoutSeconds { get; init; } = 20;

    internal VendorAccess Vendor => new() { ApiKey = ApiKey, AccessKey = AccessKey, SecretKey = SecretKey, Location = Location, BaseUrl = BaseUrl, CallSeconds = TimeoutSeconds };

    internal UpstreamAccess Upstream => new() { BaseUrl = BaseUrl ?? "", ApiKey = ApiKey, TimeoutSeconds = TimeoutSeconds };
}

/// <summary>Section <c>Analysis</c>, by the provider's name.</summary>
public sealed class AnalysisOptions : Dictionary<string, AnalysisAccess>, IValidatableObject
{
    private static readonly string[] Names = ["aws", "azure", "gcp", "llm"];
    private static readonly AnalysisAccess Nothing = new();

    public AnalysisOptions() : base(StringComparer.OrdinalIgnoreCase)
    {
    }

    public AnalysisAccess Access(string name) => this.GetValueOrDefault(name) ?? Nothing;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var (name, access) in this)
        {
            if (!Names.Contains(name, StringComparer.OrdinalIgnoreCase)) yield return new($"{name} is no provider. These are: {string.Join(", ", Names)}.");
            var wrong = new List<ValidationResult>();
            Validator.TryValidateObject(access, new(access), wrong, validateAllProperties: true);
            foreach (var one in wrong) yield return new($"{name}: {one.ErrorMessage}");
        }
    }
}
