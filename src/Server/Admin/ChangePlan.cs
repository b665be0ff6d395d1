using Microsoft.EntityFrameworkCore;
using Rpd.Server.Accounts;
using Rpd.Server.Audit;
using Rpd.Server.Plans;
using Rpd.Shared;

namespace Rpd.Server.Admin;

/// <summary>Another plan by hand: its limits count within about a second. Nothing is bought by it, and no credits come with it before the next month's.</summary>
public sealed class ChangePlan(AppDb db, PlanList plans, RecordAudit audit)
{
    public async Task<Outcome<string>> Run(Actor by, Guid account, string plan, string reason, CancellationToken cancel)
    {
        if (!plans.Has(plan)) return Refusal.Invalid("plan", $"plan must be one of: {string.Join(", ", plans.Names)}.");
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var before = (await db.Database.SqlQuery<string>($"select plan as \"Value\" from accounts where id = {account} and status <> 'deleted' for no key update").ToListAsync(cancel)).SingleOrDefault();
        if (before is null) return Refusal.NotFound("The account");
        if (before == plan) return Refusal.Invalid("plan", $"The account is on {plan} already.");
        await db.Accounts.Where(row => row.Id == account).ExecuteUpdateAsync(set => set.SetProperty(row => row.Plan, plan), cancel);
        await audit.Add(by, "account.plan", account.ToString(), RecordAudit.Json(new { plan = before }), RecordAudit.Json(new { plan, reason }), cancel);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return plan;
    }
}
