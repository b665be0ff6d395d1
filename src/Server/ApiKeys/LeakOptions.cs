using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;

namespace Rpd.Server.ApiKeys;

/// <summary>Section <c>LeakedKeys</c>: whose reports of found keys are believed without being limited to one at a time.</summary>
public sealed record LeakOptions : IValidatableObject
{
    /// <summary>The <c>key_identifier</c> of GitHub's secret scanning. Empty: its reports are refused.</summary>
    public string GitHubKeyId { get; init; } = "";

    /// <summary>The public key of that identifier: PEM, or its base64 alone. ECDSA P-256.</summary>
    public string GitHubPublicKey { get; init; } = "";

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (GitHubKeyId.Length == 0 && GitHubPublicKey.Length == 0) yield break;
        if (GitHubKeyId.Length == 0) yield return new("GitHubKeyId is missing: GitHubPublicKey needs it.", [nameof(GitHubKeyId)]);
        string? wrong = null;
        try
        {
            using var key = Key();
            if (key.KeySize != 256) wrong = "GitHubPublicKey is not a P-256 key.";
        }
        catch (Exception fault) when (fault is CryptographicException or FormatException or ArgumentException)
        {
            wrong = "GitHubPublicKey is not a public key.";
        }
        if (wrong is not null) yield return new(wrong, [nameof(GitHubPublicKey)]);
    }

    internal ECDsa Key()
    {
        var body = string.Concat(GitHubPublicKey.Split('\n').Where(line => !line.Contains("-----", StringComparison.Ordinal)).Select(line => line.Trim()));
        var key = ECDsa.Create();
        key.ImportSubjectPublicKeyInfo(Convert.FromBase64String(body), out _);
        return key;
    }
}
