using Rpd.Shared;
using Rpd.Shared.Admin;
using Rpd.Shared.Audit;
using Rpd.Shared.Credits;

namespace Rpd.Web.Admin;

/// <param name="Cursor">Of this page; null for the newest.</param>
public sealed record UsersModel(UserFilter Filter, IReadOnlyList<string> Plans, Page<AdminUserSummary> Users, string? Cursor);

/// <param name="Entries">The ledger's latest of this account.</param>
/// <param name="Done">What administrators have done to it lately, notes among it.</param>
/// <param name="Key">Of the form that adjusts credits: sent twice, it is booked once.</param>
/// <param name="Said">What the last form has done.</param>
public sealed record UserModel(AdminUserView Account, IReadOnlyList<EntryView> Entries, IReadOnlyList<AuditView> Done, IReadOnlyList<string> Plans, Guid Key, string? Said)
{
    public static readonly IReadOnlyList<string> Buckets = ["promo", "allowance", "purchased"];

    public RefusedAction Refused { get; init; } = RefusedAction.None;
}
