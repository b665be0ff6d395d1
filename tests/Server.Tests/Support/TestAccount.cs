using Rpd.Server.Accounts;
using Rpd.Server.ApiKeys;
using Rpd.Shared.ApiKeys;

namespace Rpd.Server.Tests.Support;

/// <summary>Accounts and keys without mail and pages, for tests of what comes after.</summary>
public static class TestAccount
{
    public static Account New(string plan)
    {
        var id = Guid.CreateVersion7();
        var email = $"{id:N}@example.org";
        return new Account
        {
            Id = id,
            UserName = email,
            NormalizedUserName = email.ToUpperInvariant(),
            Email = email,
            NormalizedEmail = email.ToUpperInvariant(),
            EmailConfirmed = true,
            SecurityStamp = id.ToString("N"),
            Handle = "t" + id.ToString("N")[^20..],
            DisplayName = "Tester",
            Plan = plan,
            CreatedAt = DateTimeOffset.UtcNow,
        };
    }

    public static async Task<string> Key(AppDb db, Guid account, long? cap = null, bool admin = false)
    {
        var wish = new KeyWish { Name = "test", Scopes = admin ? [.. Scopes.Grantable, Scopes.Admin] : Scopes.Grantable, CapCredits = cap, CapPeriod = cap is null ? null : "day" };
        var (key, secret) = CreateKey.New(account, wish, DateTimeOffset.UtcNow);
        db.ApiKeys.Add(key);
        await db.SaveChangesAsync();
        return secret.Reveal();
    }
}
