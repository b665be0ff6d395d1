using Rpd.Server.Plans;
using Rpd.Web.Ui;

namespace Rpd.Server.Chat.Assistant.Knowledge;

/// <summary>What each plan of this installation allows, as its settings have it.</summary>
internal static class PlanFacts
{
    public static IEnumerable<Passage> All(PlanList plans) => plans.Names.Select(plans.Of).Select(plan => new Passage(
        $"{Words.Sentence(plan.Name)} plan: rate limits, storage, allowance, custom models", "Plans of this installation", "/pricing",
        [
            $"**{Words.Sentence(plan.Name)}**: {Words.Number(plan.GeneralPerMinute)} API requests a minute, of which {Words.Number(plan.GenerationsPerMinute)} may start generations; {Words.Number(plan.ConcurrentJobs)} generations run at once.",
            $"Chat: {Words.Number(plan.ChatRequestsPerMinute)} requests and {Words.Number(plan.ChatTokensPerMinute)} tokens a minute (tier {plan.ChatTier}).",
            $"Files: {Words.Bytes(plan.StorageBytesMax)} in all, {Words.Bytes(plan.UploadBytesMax)} each. Allowance: {Words.Credits(plan.AllowancePerMonth)} a month. Custom models: {(plan.CustomModels == 0 ? "none" : Words.Number(plan.CustomModels))}.",
        ]));
}
