namespace Rpd.Server.Credits;

/// <summary>What an account can spend, by bucket. Only the ledger's SQL functions write it.</summary>
public sealed class CreditBalance
{
    public Guid AccountId { get; init; }
    public long Promo { get; init; }
    public long Allowance { get; init; }
    public long Purchased { get; init; }
    public long Owed { get; init; }
    public long Reserved { get; init; }
    public DateTimeOffset? AllowanceSince { get; init; }
    public DateTimeOffset? AllowanceUntil { get; init; }
    public long Seq { get; init; }
    public byte[] Hash { get; init; } = new byte[32];

    /// <summary>The account's own threshold of the low-balance notice; null for the installation's.</summary>
    public long? LowThreshold { get; init; }

    /// <summary>It was told, and the balance has not been well above the threshold since.</summary>
    public bool LowTold { get; init; }

    public long Spendable => Promo + Allowance + Purchased;
}

/// <summary>One transfer between the books; its columns sum to zero. Append-only, chained by hash per account.</summary>
public sealed class CreditEntry
{
    public Guid AccountId { get; init; }
    public long Seq { get; init; }
    public DateTimeOffset At { get; init; }
    public required string Kind { get; init; }
    public required string Key { get; init; }
    public long Promo { get; init; }
    public long Allowance { get; init; }
    public long Purchased { get; init; }
    public long Owed { get; init; }
    public long Reserved { get; init; }
    public long Revenue { get; init; }
    public long Grants { get; init; }
    public long Purchases { get; init; }
    public long BalanceAfter { get; init; }
    public string? CauseType { get; init; }
    public string? CauseId { get; init; }
    public string? Note { get; init; }
    public required byte[] Hash { get; init; }
}

/// <summary>What a node has set aside for short calls, by bucket, and is not booked yet.</summary>
public sealed class CreditLease
{
    public Guid Id { get; init; }
    public Guid AccountId { get; init; }
    public Guid? ApiKeyId { get; init; }
    public string? CapPeriod { get; init; }
    public DateTimeOffset? CapStart { get; init; }
    public long Promo { get; init; }
    public long Allowance { get; init; }
    public long Purchased { get; init; }
    public int Draws { get; init; }
    public int Settled { get; init; }
    public DateTimeOffset Until { get; init; }
}

/// <summary>An hour's totals of one account, key, model and face, in UTC.</summary>
public sealed class UsageHour
{
    public DateTimeOffset Hour { get; init; }
    public Guid AccountId { get; init; }
    public Guid ApiKeyId { get; init; }
    public required string Model { get; init; }
    public required string Face { get; init; }
    public long Requests { get; init; }
    public long Failed { get; init; }
    public long Credits { get; init; }
    public long InputTokens { get; init; }
    public long OutputTokens { get; init; }
}
