using System.ComponentModel.DataAnnotations;

namespace Rpd.Shared.Promotions;

/// <summary>A code that becomes credits.</summary>
public sealed record RedeemCodeBody
{
    /// <summary>As it was handed out. Case, spaces and hyphens do not matter.</summary>
    [StringLength(40)]
    public required string Code { get; init; }
}

/// <summary>What a code has brought.</summary>
/// <param name="Credits">Added to the balance.</param>
/// <param name="Bucket"><c>promo</c> or <c>purchased</c>: where they went.</param>
/// <param name="Balance">Spendable credits afterwards.</param>
public sealed record RedeemedView(long Credits, string Bucket, long Balance);

/// <summary>Codes that were made together.</summary>
/// <param name="Credits">Of each use.</param>
/// <param name="Bucket"><c>promo</c> or <c>purchased</c>.</param>
/// <param name="UsesPerCode">By different accounts: none uses a code twice.</param>
/// <param name="Redeemed">Uses so far, of all codes together.</param>
public sealed record CodeBatchView(
    Guid Id, string Note, long Credits, string Bucket, int Codes, int UsesPerCode, long Redeemed, DateTimeOffset? ExpiresAt, DateTimeOffset? RevokedAt, DateTimeOffset CreatedAt);

/// <summary>Somebody who came by an account's link.</summary>
/// <param name="Credits">What that has brought to whose link it was; null as long as it may still bring something.</param>
public sealed record ReferralView(string Handle, string DisplayName, DateTimeOffset JoinedAt, long? Credits);

public static class CodeBuckets
{
    public const string Promo = "promo", Purchased = "purchased";

    public static readonly IReadOnlyList<string> All = [Promo, Purchased];
}
