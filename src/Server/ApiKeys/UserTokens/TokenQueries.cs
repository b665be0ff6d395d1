using Microsoft.EntityFrameworkCore;
using Npgsql;
using Rpd.Server.Database;
using Rpd.Shared.ApiKeys;

namespace Rpd.Server.ApiKeys.UserTokens;

/// <summary>An account's tokens as it may see them: never a secret, never a hash.</summary>
public sealed class TokenQueries(AppDb db, TimeProvider time)
{
    private const int Most = 100;

    /// <summary>The newest first, ended ones too until they are forgotten; a screenful.</summary>
    public async Task<IReadOnlyList<UserTokenView>> List(Guid account, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var rows = await (from token in db.Tokens.AsNoTracking()
                          where token.AccountId == account
                          join owner in db.Accounts on token.AccountId equals owner.Id
                          orderby token.CreatedAt descending, token.Id descending
                          select new { token, owner.SecurityStamp }).Take(Most).ToListAsync(cancel);
        return [.. rows.Select(row => row.token.View(now, row.SecurityStamp!))];
    }
}

/// <summary>Tokens are kept for a week after their end, so that their owner can look back.</summary>
public sealed class ForgetTokens(NpgsqlDataSource database, TimeProvider time)
{
    public Task<int> Run(CancellationToken cancel) => InPieces.Delete(
        database, "delete from user_tokens where id in (select id from user_tokens where expires_at < $2 order by expires_at limit $1)", time.GetUtcNow().AddDays(-7), cancel);
}
