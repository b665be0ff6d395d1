using Microsoft.EntityFrameworkCore;
using Rpd.Shared;
using Rpd.Shared.Generations;

namespace Rpd.Server.Generations;

/// <summary>The owner of a hidden work says, once, why it should be seen again. It comes into the moderators' queue.</summary>
public sealed class AppealHidden(AppDb db, TimeProvider time)
{
    /// <summary>Why a work of theirs is hidden; null when it is not.</summary>
    public async Task<HiddenWorkView?> Find(Guid account, Guid generation, CancellationToken cancel) => await db.ModerationDecisions.AsNoTracking()
        .Where(row => row.GenerationId == generation && row.AccountId == account && row.Decision == ModerationDecision.Hide && row.UndoneAt == null)
        .Select(row => new HiddenWorkView(row.Reason, row.DecidedAt, row.Appeal, row.AppealClosedAt != null)).SingleOrDefaultAsync(cancel);

    public async Task<Refusal?> Run(Guid account, Guid generation, string? text, CancellationToken cancel)
    {
        if (string.IsNullOrWhiteSpace(text)) return Refusal.Invalid("appeal", "Say why it should be seen.");
        if (text.Length > ModerationDecision.AppealLengthMax) return Refusal.Invalid("appeal", $"An appeal may have {ModerationDecision.AppealLengthMax} characters at most.");
        var written = await db.ModerationDecisions
            .Where(row => row.GenerationId == generation && row.AccountId == account && row.Decision == ModerationDecision.Hide && row.UndoneAt == null && row.AppealedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Appeal, text.Trim()).SetProperty(row => row.AppealedAt, time.GetUtcNow()), cancel);
        return written == 1 ? null : Refusal.Conflict("There is nothing to appeal against, or you have done so already.");
    }
}
