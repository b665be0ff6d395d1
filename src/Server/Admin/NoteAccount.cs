using Microsoft.EntityFrameworkCore;
using Rpd.Server.Audit;
using Rpd.Shared;

namespace Rpd.Server.Admin;

/// <summary>Something about an account that the next administrator should know.</summary>
public sealed class NoteAccount(AppDb db, RecordAudit audit)
{
    public async Task<Outcome<string>> Run(Actor by, Guid account, string note, CancellationToken cancel)
    {
        if (!await db.Accounts.AnyAsync(row => row.Id == account, cancel)) return Refusal.NotFound("The account");
        await audit.Add(by, "account.note", account.ToString(), null, RecordAudit.Json(new { note }), cancel);
        await db.SaveChangesAsync(cancel);
        return note;
    }
}
