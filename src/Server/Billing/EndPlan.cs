using Rpd.Server.Billing.Stripe;
using Rpd.Server.Jobs;

namespace Rpd.Server.Billing;

/// <summary>
/// The job <c>billing.end-plan</c>: whoever leaves is not charged again while they may still come back; the paid time stays theirs. Coming back they can keep the plan.
/// </summary>
public sealed class EndPlan(ChangePlan change, StripeOptions options) : IJob
{
    public const string Kind = "billing.end-plan";

    internal sealed record Args(Guid Account);

    public static Job Job(Guid account, DateTimeOffset now) => Jobs.Job.New(Kind, Lanes.Quick, new Args(account), now);

    public async Task<JobResult> Run(JobRun job, CancellationToken cancel)
    {
        if (!options.Ready) return JobResult.Done;
        return await change.End(job.Read<Args>().Account, ends: true, cancel) is { Status: not StatusCodes.Status409Conflict } refusal ? throw new InvalidOperationException(refusal.Message) : JobResult.Done;
    }
}
