using Rpd.Shared.Admin;
using Rpd.Web.Usage;

namespace Rpd.Web.Admin;

/// <param name="ByUser">The accounts that spent most.</param>
public sealed record AdminUsageModel(UsageModel Usage, IReadOnlyList<UserUsage> ByUser);
