using System.ComponentModel.DataAnnotations;
using System.Diagnostics.CodeAnalysis;

namespace Rpd.Server.Billing.Stripe;

/// <summary>Section <c>Stripe</c>. Without a secret key nothing is sold, and everything else works.</summary>
public sealed record StripeOptions : IValidatableObject
{
    /// <summary>Of the account that takes the money: <c>sk_test_…</c>, <c>sk_live_…</c> or a restricted <c>rk_…</c>.</summary>
    public string? SecretKey { get; init; }

    /// <summary>Signing secrets of the webhook endpoint, between commas: two while one is being replaced.</summary>
    public string? WebhookSecret { get; init; }

    /// <summary>Where Stripe's interface is.</summary>
    public string Url { get; init; } = "https://api.stripe.com";

    /// <summary>Three letters, lower case. Prices of packs and plans are in it, whatever their settings are called.</summary>
    [RegularExpression("^[a-z]{3}$", ErrorMessage = "Currency must be three lower-case letters.")]
    public string Currency { get; init; } = "usd";

    /// <summary>Whether Stripe works out taxes: it must be set up there first.</summary>
    public bool AutomaticTax { get; init; }

    /// <summary>How long what Stripe has told is kept after it was handled.</summary>
    [Range(1, 3650)]
    public int KeepEventsDays { get; init; } = 30;

    [MemberNotNullWhen(true, nameof(SecretKey))]
    public bool Ready => !string.IsNullOrWhiteSpace(SecretKey);

    /// <summary>Whether it is real money: events of the other kind are none of ours.</summary>
    public bool Live => Ready && SecretKey.Contains("_live_", StringComparison.Ordinal);

    public IReadOnlyList<string> WebhookSecrets => WebhookSecret?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];

    /// <summary>The settings that are missing before money can be taken and is believed.</summary>
    public IReadOnlyList<string> Missing => [.. Ready ? Array.Empty<string>() : ["Stripe:SecretKey"], .. WebhookSecrets.Count > 0 ? Array.Empty<string>() : ["Stripe:WebhookSecret"]];

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Ready && !SecretKey.StartsWith("sk_", StringComparison.Ordinal) && !SecretKey.StartsWith("rk_", StringComparison.Ordinal))
            yield return new("SecretKey must begin with sk_ or rk_: it is the secret key, not the publishable one.");
        if (WebhookSecrets.Any(secret => !secret.StartsWith("whsec_", StringComparison.Ordinal))) yield return new("WebhookSecret must begin with whsec_.");
        if (!Uri.TryCreate(Url, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https")) yield return new("Url must be an http or https address.");
    }
}
