using Microsoft.EntityFrameworkCore;

namespace Rpd.Server.Accounts;

/// <summary>Who brought whom. Written with the sign-up; what it brings to both is decided later, and elsewhere.</summary>
public sealed class Referral
{
    /// <summary>Who came.</summary>
    public Guid AccountId { get; init; }

    /// <summary>By whose link.</summary>
    public Guid ReferrerId { get; init; }

    /// <summary>Of who came, however it is spelled: it counts as invited once.</summary>
    public required string Mailbox { get; init; }

    /// <summary>Whence they signed up.</summary>
    public required string Network { get; init; }
    public DateTimeOffset JoinedAt { get; init; }

    /// <summary>When what the invited gets was decided.</summary>
    public DateTimeOffset? WelcomedAt { get; set; }
    public long WelcomeCredits { get; set; }

    /// <summary>When what the other side gets was decided.</summary>
    public DateTimeOffset? RewardedAt { get; set; }
    public long RewardCredits { get; set; }
}

/// <summary>Finds out whose link somebody signs up by.</summary>
public sealed class FindReferrer(AppDb db, Profiles.HandleQueries handles)
{
    /// <returns>Null when it is nobody's, their own, or this mailbox has had an account or an invitation before.</returns>
    public async Task<(Guid Account, string Mailbox)?> Run(string? handle, string email, CancellationToken cancel)
    {
        if (handle is not { Length: > 0 and <= 40 } || await handles.Find(handle.Trim().TrimStart('@'), cancel) is not { } owner) return null;
        var mailbox = EmailAddress.Mailbox(email);
        var own = await db.Accounts.Where(row => row.Id == owner.Account).Select(row => row.Email!).SingleAsync(cancel);
        if (EmailAddress.Mailbox(own) == mailbox) return null;
        return await db.Referrals.AnyAsync(row => row.Mailbox == mailbox, cancel) || await db.WelcomeGrants.AnyAsync(row => row.Mailbox == mailbox, cancel) ? null : (owner.Account, mailbox);
    }
}
