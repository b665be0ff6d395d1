using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Rpd.Shared;

namespace Rpd.Server.Accounts;

/// <summary>The person a page is drawn for, with the balance that its header shows: one query a page.</summary>
public sealed class ViewerContext(AppDb db)
{
    private bool loaded;

    public Viewer? Viewer { get; private set; }

    public async Task Load(HttpContext http)
    {
        if (loaded) return;
        if (http.User.AccountId() is { } id && http.User.SessionId() is { } session)
        {
            Viewer = await (
                from account in db.Accounts
                where account.Id == id
                join row in db.CreditBalances on account.Id equals row.AccountId into rows
                from balance in rows.DefaultIfEmpty()
                select new Viewer(account.Id, account.Handle, account.DisplayName, account.Email!,
                    balance == null ? 0 : balance.Promo + balance.Allowance + balance.Purchased, account.Role == Account.Admin, Stamp(session)))
                .SingleOrDefaultAsync(http.RequestAborted);
        }
        loaded = true;
    }

    /// <summary>Differs for every session and tells nothing about it.</summary>
    private static string Stamp(Guid session) => Convert.ToHexStringLower(SHA256.HashData(session.ToByteArray()))[..16];
}
