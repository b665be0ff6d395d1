using System.Security.Cryptography;
using Npgsql;
using Rpd.Server.Accounts.Avatars;
using Rpd.Shared;

namespace Rpd.Server.Accounts;

/// <summary>The person a page is drawn for, with the balance and the unread notifications that its header shows: one query a page.</summary>
public sealed class ViewerContext(NpgsqlDataSource database)
{
    private bool loaded;

    public Viewer? Viewer { get; private set; }

    public async Task Load(HttpContext http)
    {
        if (loaded) return;
        if (http.User.AccountId() is { } id && http.User.SessionId() is { } session) Viewer = await Read(id, session, http.RequestAborted);
        loaded = true;
    }

    private async Task<Viewer?> Read(Guid id, Guid session, CancellationToken cancel)
    {
        await using var command = database.CreateCommand("""
            select a.handle, a.display_name, a.email, coalesce(b.promo + b.allowance + b.purchased, 0), a.role, a.time_zone, a.avatar, a.mature_works,
              (select count(*) from (select 1 from notifications n where n.account_id = a.id and n.read_at is null limit 100) unread)
            from accounts a left join credit_balances b on b.account_id = a.id where a.id = $1
            """);
        command.Parameters.AddWithValue(id);
        await using var row = await command.ExecuteReaderAsync(cancel);
        return await row.ReadAsync(cancel)
            ? new(id, row.GetString(0), row.GetString(1), row.GetString(2), row.GetInt64(3), row.GetString(4) == Account.Admin, Stamp(session), row.GetString(5),
                Avatar.Url(row.IsDBNull(6) ? null : row.GetGuid(6)))
            {
                MatureWorks = row.GetString(7),
                Unread = row.GetInt64(8),
            } : null;
    }

    /// <summary>Differs for every session and tells nothing about it.</summary>
    private static string Stamp(Guid session) => Convert.ToHexStringLower(SHA256.HashData(session.ToByteArray()))[..16];
}
