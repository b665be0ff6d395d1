using Microsoft.EntityFrameworkCore;
using Rpd.Server.Billing;
using Rpd.Server.Http;
using Rpd.Shared;
using Rpd.Web.Admin;

namespace Rpd.Server.Admin;

/// <summary>Everybody's payments, the newest first.</summary>
public sealed class PaymentAdminQueries(AppDb db, Cursors cursors)
{
    public const string ListName = "admin-payments";

    /// <summary>States that the list can be narrowed to: those of payments, and what became of paid ones.</summary>
    public static readonly IReadOnlyList<string> States = [Payment.Paid, Payment.Pending, Payment.Failed, "refunded", "disputed"];

    /// <param name="before">Only what is older than this payment.</param>
    public async Task<Page<AdminPayment>> Read(string? state, Guid? account, Guid? before, int limit, CancellationToken cancel)
    {
        var from = before is null ? null : await db.Payments.AsNoTracking().SingleOrDefaultAsync(row => row.Id == before, cancel);
        var found = db.Payments.AsNoTracking().Where(row => account == null || row.AccountId == account)
            .Where(row => state == null || (state == "refunded" ? row.Refunded > 0 : state == "disputed" ? row.Disputed > 0 : row.Status == state))
            .Where(row => from == null || row.CreatedAt < from.CreatedAt || (row.CreatedAt == from.CreatedAt && row.Id < from.Id));
        var rows = await (from row in found join owner in db.Accounts on row.AccountId equals owner.Id orderby row.CreatedAt descending, row.Id descending select new { row, owner.Handle }).Take(limit + 1).ToListAsync(cancel);
        var more = rows.Count > limit;
        if (more) rows.RemoveAt(limit);
        return new([.. rows.Select(one => new AdminPayment(BillingQueries.View(one.row), one.row.AccountId, one.Handle, one.row.Reversed))], more ? cursors.Write(ListName, rows[^1].row.Id.ToString()) : null);
    }
}
