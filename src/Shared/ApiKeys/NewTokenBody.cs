using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace Rpd.Shared.ApiKeys;

/// <summary>Who wants a token. As JSON or as a form.</summary>
public sealed record NewTokenBody
{
    [StringLength(254)]
    public required string Email { get; init; }

    [StringLength(200)]
    public required string Password { get; init; }

    /// <summary>For accounts with two-factor authentication: the six digits that the authenticator app shows, or a recovery code.</summary>
    [StringLength(40)]
    public string? Otp { get; init; }
}

/// <summary>A token of an hour. It may do what people do: generate, read, social, chat, analyze.</summary>
/// <param name="Token">Shown this once. Of the tokens that are made here twenty may live; with one more the oldest ends.</param>
/// <param name="TokenType">Always <c>Bearer</c>.</param>
/// <param name="ExpiresIn">Seconds.</param>
/// <param name="AccountId">Goes into the header <c>ACCOUNT-ID</c>.</param>
public sealed record MintedToken(
    string Token, [property: JsonPropertyName("token_type")] string TokenType, [property: JsonPropertyName("expires_in")] int ExpiresIn,
    [property: JsonPropertyName("expires_at")] DateTimeOffset ExpiresAt, [property: JsonPropertyName("account_id")] Guid AccountId);
