using Rpd.Shared;
using Rpd.Shared.Credits;

namespace Rpd.Web.Credits;

/// <param name="Cursor">Where this page of the history starts; null at the top.</param>
/// <param name="Said">What the last form has done.</param>
/// <param name="Threshold">As typed, when it was refused.</param>
public sealed record CreditsModel(BalanceView Balance, Page<EntryView> History, string? Cursor, string? Said = null, string? Threshold = null, FormErrors? Errors = null);
