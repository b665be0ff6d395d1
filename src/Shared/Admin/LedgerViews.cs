using Rpd.Shared.Credits;

namespace Rpd.Shared.Admin;

/// <summary>What the last proof of the ledger has found.</summary>
/// <param name="SumOfAllBooks">0 in a sound ledger.</param>
/// <param name="Faults">In words, 20 of a kind at most; none when every proof holds.</param>
public sealed record LedgerProof(DateTimeOffset At, double Seconds, long Accounts, long Entries, long SumOfAllBooks, IReadOnlyList<string> Faults, BooksView Books);

/// <summary>The sum of each book over all entries. What the house has earned, given away and sold stands as the other side of what accounts hold.</summary>
public sealed record BooksView(long Promo, long Allowance, long Purchased, long Owed, long Reserved, long Revenue, long Grants, long Purchases);

/// <summary>Which entries of one account to list.</summary>
/// <param name="Kind">One of the ledger's kinds.</param>
public sealed record StatementFilter(Guid Account, string? Kind = null, DateTimeOffset? From = null, DateTimeOffset? To = null)
{
    public static readonly IReadOnlyList<string> Kinds = ["grant", "reserve", "settle", "purchase", "reversal", "adjust", "lapse"];
}

/// <summary>A movement with its business key.</summary>
public sealed record StatementLine(EntryView Entry, string Key);
