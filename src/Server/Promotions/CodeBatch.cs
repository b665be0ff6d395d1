namespace Rpd.Server.Promotions;

/// <summary>Codes that were made together and are worth the same.</summary>
public sealed class CodeBatch
{
    public Guid Id { get; init; }
    public required string Note { get; init; }
    public long Credits { get; init; }

    /// <summary>One of <see cref="Rpd.Shared.Promotions.CodeBuckets"/>.</summary>
    public required string Bucket { get; init; }
    public int Codes { get; init; }
    public int UsesPerCode { get; init; }

    /// <summary>Uses of all its codes; counted here, so that no list has to.</summary>
    public long Redeemed { get; set; }
    public DateTimeOffset? ExpiresAt { get; init; }
    public DateTimeOffset? RevokedAt { get; set; }
    public DateTimeOffset CreatedAt { get; init; }
}

/// <summary>One code: only its keyed hash and its last letters are kept.</summary>
public sealed class RedeemCode
{
    public Guid Id { get; init; }
    public Guid BatchId { get; init; }
    public required byte[] Hash { get; init; }
    public required string Last4 { get; init; }
    public int Uses { get; set; }
}
