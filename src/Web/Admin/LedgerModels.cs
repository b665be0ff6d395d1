using Rpd.Shared;
using Rpd.Shared.Admin;
using Rpd.Shared.Audit;

namespace Rpd.Web.Admin;

/// <param name="Proof">The last one; null when there has been none.</param>
/// <param name="Running">Another is being made.</param>
/// <param name="Filter">Whose statement is shown; null for nobody's.</param>
/// <param name="Cursor">Of this page; null for the newest.</param>
public sealed record LedgerModel(LedgerProof? Proof, bool Running, StatementFilter? Filter, string? Handle, Page<StatementLine>? Lines, string? Cursor);

/// <param name="Cursor">Of this page; null for the newest.</param>
public sealed record AuditModel(Page<AuditView> Entries, string? Cursor)
{
    public AuditFilter Filter { get; init; } = new();
}
