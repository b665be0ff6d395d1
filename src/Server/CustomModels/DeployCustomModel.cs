using Microsoft.EntityFrameworkCore;
using Rpd.Server.Live;
using Rpd.Shared;
using Rpd.Shared.CustomModels;

namespace Rpd.Server.CustomModels;

/// <summary>Lets a trained model be asked, or no longer. Doing it twice changes nothing.</summary>
public sealed class DeployCustomModel(AppDb db, CustomModelQueries models, PlanModels plans, LiveFeed live)
{
    public async Task<Outcome<CustomModelView>> Run(Guid account, string plan, Guid id, bool deployed, CancellationToken cancel)
    {
        if (deployed && plans.Refuse(plan) is { } without) return without;
        var changed = await db.CustomModels.Where(row => row.Id == id && row.AccountId == account && row.Deployed != deployed && row.Status == CustomModelStatus.Ready)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Deployed, deployed).SetProperty(row => row.Version, row => row.Version + 1), cancel);
        if (await models.Find(account, id, cancel) is not { } model) return CustomModelQueries.Missing;
        if (deployed && !model.Deployed) return Refusal.Conflict(model.Status == CustomModelStatus.Failed ? "The training failed, so there is nothing to deploy." : "The model is not trained yet.");
        if (changed > 0) live.Tell(account, CustomModelQueries.Nudge(id, model.Status, model.Progress, model.Version));
        return model;
    }
}
