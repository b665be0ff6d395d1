namespace Rpd.Server.Credits;

/// <summary>What an account's test keys have spent on a UTC day. Not in the ledger: these credits are nobody's money.</summary>
public sealed class TestBalance
{
    public Guid AccountId { get; init; }
    public DateOnly Day { get; init; }
    public long Spent { get; init; }
}
