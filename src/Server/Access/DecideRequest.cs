using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Rpd.Server.Audit;
using Rpd.Server.Jobs;
using Rpd.Server.Mail;
using Rpd.Shared;
using Rpd.Shared.Access;

namespace Rpd.Server.Access;

/// <summary>Accepts a request, with an invitation, or declines it, with a reason. Once: of two administrators the first decides.</summary>
public sealed class DecideRequest(AppDb db, SendInvite invites, AccessLetters letters, LetterSeal seal, RecordAudit audit, JobBell bell, TimeProvider time)
{
    /// <param name="reason">Null accepts. Otherwise whoever asked reads it.</param>
    public async Task<Outcome<AccessRequest>> Run(Actor by, Guid id, string? reason, CancellationToken cancel)
    {
        var why = reason?.Trim();
        if (why is "") return Refusal.Invalid("reason", "Say why: whoever has asked reads it.");
        if (why is { Length: > AccessLength.Reason }) return Refusal.Invalid("reason", $"The reason may have {AccessLength.Reason} characters at most.");
        var (status, now) = (why is null ? AccessStates.Accepted : AccessStates.Declined, time.GetUtcNow());
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        if (await db.AccessRequests.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancel) is not { } request) return Refusal.NotFound("The request");
        var first = await db.AccessRequests.Where(row => row.Id == id && row.Status == AccessStates.Open)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Status, status).SetProperty(row => row.Reason, why).SetProperty(row => row.DecidedAt, now), cancel);
        if (first == 0) return Refusal.Conflict("Somebody else has decided this request meanwhile.");
        await audit.Add(by, "access.request", request.Email, JsonSerializer.Serialize(new { status = AccessStates.Open }), JsonSerializer.Serialize(new { status, reason = why }), cancel);
        if (why is null) await invites.Add(request.Email, cancel);
        else db.Add(seal.Job(letters.Declined(request, why)));
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        bell.Ring(Lanes.Quick);
        return request;
    }
}
