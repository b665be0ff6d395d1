using System.ComponentModel.DataAnnotations;

namespace Rpd.Server.Storage.S3;

/// <summary>Section <c>Storage:S3</c>. Without a bucket, files are on disk.</summary>
public sealed record S3Options : IValidatableObject
{
    /// <summary>An existing bucket, private.</summary>
    public string? Bucket { get; init; }

    /// <summary>Where the server reaches the storage; null: Amazon's own address of the region.</summary>
    public string? ServiceUrl { get; init; }

    /// <summary>Where browsers and programs reach it, when that is another address than the server's.</summary>
    public string? PublicServiceUrl { get; init; }

    [Required]
    public string Region { get; init; } = "us-east-1";

    /// <summary>With <see cref="SecretKey"/>; null: what the machine itself is given (environment, instance role).</summary>
    public string? AccessKey { get; init; }

    public string? SecretKey { get; init; }

    /// <summary>The bucket as the first part of the path instead of the host name; most servers other than Amazon's want it.</summary>
    public bool PathStyle { get; init; } = true;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Bucket is null) yield break;
        if (string.IsNullOrWhiteSpace(Bucket)) yield return new("Bucket is empty.");
        if (string.IsNullOrEmpty(AccessKey) != string.IsNullOrEmpty(SecretKey)) yield return new("AccessKey and SecretKey belong together.");
        foreach (var (name, url) in new[] { (nameof(ServiceUrl), ServiceUrl), (nameof(PublicServiceUrl), PublicServiceUrl) })
            if (url is not null && !(Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"))
                yield return new($"{name} must be an http or https address; it is \"{url}\".");
    }
}
