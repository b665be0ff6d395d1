using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Rpd.Server.Http;
using Rpd.Server.Jobs;
using Rpd.Server.Usage;
using Rpd.Shared.Admin;
using Rpd.Web.Admin;
using static Rpd.Server.Http.Pages;

namespace Rpd.Server.Admin;

/// <summary>The ledger for administrators: whether it is sound, what stands in its books, and any account's statement.</summary>
public static class LedgerPages
{
    private const string Home = "/admin/ledger";
    private const int PageSize = 50;

    public static void MapLedgerPages(this IEndpointRouteBuilder admin)
    {
        admin.MapGet("/ledger", Show);
        admin.MapGet("/ledger.csv", Csv);
        admin.MapPost("/ledger/check", Check);
        admin.MapGet("/ledger/check", () => See(Home));
    }

    private static StatementFilter? ReadFilter(HttpContext http)
    {
        var fields = Fields.Of(http.Request.Query);
        return fields.Id("account") is { } account ? new(account, fields.Choice("kind", StatementFilter.Kinds), Day(fields, "from"), Day(fields, "to")) : null;
    }

    private static DateTimeOffset? Day(Fields fields, string name) =>
        DateTimeOffset.TryParseExact(fields.Text(name, 20), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var day) ? day.ToUniversalTime() : null;

    private static async Task<IResult> Show(HttpContext http, AppDb db, StatementQueries statements, Cursors cursors)
    {
        var filter = ReadFilter(http);
        var cursor = http.Request.Query["cursor"].FirstOrDefault();
        var before = !string.IsNullOrEmpty(cursor) && cursors.Read(StatementQueries.ListName, cursor) is { } position ? long.Parse(position, CultureInfo.InvariantCulture) : (long?)null;
        var handle = filter is null ? null : await db.Accounts.Where(account => account.Id == filter.Account).Select(account => account.Handle).SingleOrDefaultAsync(http.RequestAborted);
        var running = await db.Jobs.AnyAsync(job => job.Kind == ProveLedger.Kind && job.State != "dead", http.RequestAborted);
        return Page<LedgerPage>(new LedgerModel(await ProveLedger.Last(db, http.RequestAborted), running, handle is null ? null : filter, handle,
            filter is null || handle is null ? null : await statements.Read(filter, before, PageSize, http.RequestAborted), before is null ? null : cursor));
    }

    private static async Task<IResult> Csv(HttpContext http, StatementQueries statements)
    {
        if (ReadFilter(http) is not { } filter) return Results.NotFound();
        return UsageCsv.Answer($"statement-{filter.Account}.csv", ["seq", "at", "kind", "amount", "bucket", "balanceAfter", "key", "note"], statements.Each(filter, http.RequestAborted).Select(line => (IReadOnlyList<string>)
        [
            UsageParts.Number(line.Entry.Seq), line.Entry.At.UtcDateTime.ToString("O", CultureInfo.InvariantCulture), line.Entry.Kind, UsageParts.Number(line.Entry.Amount), line.Entry.Bucket,
            UsageParts.Number(line.Entry.BalanceAfter), line.Key, line.Entry.Note ?? "",
        ]));
    }

    // Two at once would be the same work twice.
    private static async Task<IResult> Check(HttpContext http, AppDb db, JobBell bell, TimeProvider time)
    {
        if (await db.Jobs.AnyAsync(job => job.Kind == ProveLedger.Kind && job.State != "dead", http.RequestAborted)) return See(Home);
        db.Add(Job.New(ProveLedger.Kind, Lanes.Quick, new { }, time.GetUtcNow()));
        await db.SaveChangesAsync(http.RequestAborted);
        bell.Ring(Lanes.Quick);
        return See(Home);
    }
}
