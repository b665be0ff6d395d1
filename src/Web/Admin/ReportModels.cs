using Rpd.Shared;
using Rpd.Shared.Admin;

namespace Rpd.Web.Admin;

/// <param name="Cursor">Of this page; null for the first.</param>
/// <param name="Appeals">Those that nobody has answered.</param>
/// <param name="Latest">What was decided lately and stands.</param>
/// <param name="Said">What the last form has done.</param>
public sealed record ReportsModel(Page<ReportedWorkView> Works, string? Cursor, IReadOnlyList<DecisionView> Appeals, IReadOnlyList<DecisionView> Latest, string? Said)
{
    /// <summary>So many strikes, and somebody should think about the account.</summary>
    public const int StrikesMany = 3;

    public RefusedAction Refused { get; init; } = RefusedAction.None;
}
