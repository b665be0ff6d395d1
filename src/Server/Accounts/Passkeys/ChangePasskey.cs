using Microsoft.EntityFrameworkCore;
using Rpd.Server.Jobs;
using Rpd.Server.Mail;
using Rpd.Shared;

namespace Rpd.Server.Accounts.Passkeys;

/// <summary>What a passkey may be called.</summary>
public static class PasskeyNames
{
    public static Outcome<string> Read(string? name, string usual)
    {
        var trimmed = string.IsNullOrWhiteSpace(name) ? usual : name.Trim();
        if (trimmed.Any(char.IsControl)) return Refusal.Invalid("name", "A name is one line of text.");
        return trimmed.Length <= Passkey.NameLengthMax ? trimmed : Refusal.Invalid("name", $"A name may have {Passkey.NameLengthMax} characters at most.");
    }
}

public sealed class RenamePasskey(AppDb db)
{
    public async Task<Outcome<string>> Run(Guid account, Guid id, string? name, CancellationToken cancel)
    {
        if (string.IsNullOrWhiteSpace(name)) return Refusal.Invalid("name", "Give it a name.");
        var read = PasskeyNames.Read(name, "");
        if (read.Declined) return read.Refusal;
        var renamed = await db.Passkeys.Where(row => row.Id == id && row.AccountId == account).ExecuteUpdateAsync(set => set.SetProperty(row => row.Name, read.Value), cancel);
        return renamed == 1 ? read.Value : Refusal.NotFound("The passkey");
    }
}

/// <summary>Removes a passkey. The device keeps its half, which opens nothing any more.</summary>
public sealed class RemovePasskey(AppDb db, AccountLetters letters, LetterSeal seal, JobBell bell)
{
    /// <returns>Null when it is gone.</returns>
    public async Task<Refusal?> Run(Guid account, Guid id, CancellationToken cancel)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var name = await db.Passkeys.Where(row => row.Id == id && row.AccountId == account).Select(row => row.Name).SingleOrDefaultAsync(cancel);
        if (name is null || await db.Passkeys.Where(row => row.Id == id && row.AccountId == account).ExecuteDeleteAsync(cancel) == 0) return Refusal.NotFound("The passkey");
        db.Add(seal.Job(letters.PasskeyRemoved(await db.Accounts.AsNoTracking().SingleAsync(row => row.Id == account, cancel), name)));
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        bell.Ring(Lanes.Quick);
        return null;
    }
}
