using Rpd.Server.Plans;
using Rpd.Shared;

namespace Rpd.Server.CustomModels;

/// <summary>Which plans have custom models, and how many.</summary>
public sealed class PlanModels(PlanList plans)
{
    /// <summary>The plans that have them, the smallest first.</summary>
    public IReadOnlyList<string> Plans { get; } =
        [.. plans.Names.Select(plans.Of).Where(plan => plan.CustomModels > 0).OrderBy(plan => plan.AllowancePerMonth).ThenBy(plan => plan.ConcurrentJobs).Select(plan => plan.Name)];

    public int Most(string plan) => plans.Of(plan).CustomModels;

    /// <summary>Null when the plan has them. What was trained under a better plan can still be read and deleted.</summary>
    public Refusal? Refuse(string plan) => Most(plan) > 0 ? null : Refusal.Forbidden(
        $"Custom models are not part of the plan {plan}. {(Plans.Count > 0 ? $"They come with: {string.Join(", ", Plans)}." : "No plan of this server has them.")}");
}
