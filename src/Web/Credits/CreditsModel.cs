using Rpd.Shared;
using Rpd.Shared.Credits;

namespace Rpd.Web.Credits;

/// <param name="Cursor">Where this page of the history starts; null at the top.</param>
public sealed record CreditsModel(BalanceView Balance, Page<EntryView> History, string? Cursor);
