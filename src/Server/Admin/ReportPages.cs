using Rpd.Server.Http;
using Rpd.Shared;
using Rpd.Web.Admin;
using static Rpd.Server.Http.Pages;

namespace Rpd.Server.Admin;

/// <summary>The moderators' queue: what was reported, what its authors say to a decision, and what was decided.</summary>
public static class ReportPages
{
    private const string Home = "/admin/reports";
    private const int PageSize = 20;

    public static void MapReportPages(this IEndpointRouteBuilder admin)
    {
        admin.MapGet("/reports", async (HttpContext http, ReportQueries reports, Cursors cursors, Flash flash) => Page<ReportsPage>(await Model(http, reports, cursors, flash.Take(http, ReasonedForm.Said))));
        admin.MapPost("/reports/works/{id:guid}/hide", (Guid id, HttpContext http, ReportQueries reports, Cursors cursors, DecideReports decide, Flash flash) =>
            Do($"hide-{id}", http, reports, cursors, flash, "The work is hidden, and its author is told.", form => decide.Run(form.By, id, hide: true, form.Fields.Flag("strike") ?? false, form.Reason, http.RequestAborted)));
        admin.MapPost("/reports/works/{id:guid}/dismiss", (Guid id, HttpContext http, ReportQueries reports, Cursors cursors, DecideReports decide, Flash flash) =>
            Do($"dismiss-{id}", http, reports, cursors, flash, "The reports are dismissed.", form => decide.Run(form.By, id, hide: false, strike: false, form.Reason, http.RequestAborted)));
        admin.MapPost("/reports/decisions/{id:guid}/undo", (Guid id, HttpContext http, ReportQueries reports, Cursors cursors, UndoDecision undo, Flash flash) =>
            Do($"undo-{id}", http, reports, cursors, flash, "The decision is taken back.", form => undo.Run(form.By, id, form.Reason, http.RequestAborted)));
        admin.MapPost("/reports/decisions/{id:guid}/keep", (Guid id, HttpContext http, ReportQueries reports, Cursors cursors, CloseAppeal close, Flash flash) =>
            Do($"keep-{id}", http, reports, cursors, flash, "The work stays hidden, and its author is told.", form => close.Run(form.By, id, form.Reason, http.RequestAborted)));
        admin.MapGet("/reports/{part}/{id:guid}/{verb}", (string part, Guid id, string verb) => See(Home));
    }

    private static async Task<IResult> Do(string name, HttpContext http, ReportQueries reports, Cursors cursors, Flash flash, string said, Func<ReasonedForm, Task<Outcome<Guid>>> act)
    {
        var form = await ReasonedForm.Read(http);
        var done = form.Fields.Refusal is { } wrong ? wrong : await act(form);
        if (done.Refusal is { Status: StatusCodes.Status404NotFound }) return Results.NotFound();
        if (done.Declined) return Page<ReportsPage>(await Model(http, reports, cursors, null) with { Refused = form.Refused(name, done.Refusal) }, StatusOf(done.Refusal));
        flash.Give(http, ReasonedForm.Said, said);
        return See(Home);
    }

    private static async Task<ReportsModel> Model(HttpContext http, ReportQueries reports, Cursors cursors, string? said)
    {
        var cursor = http.Request.Query["cursor"].FirstOrDefault();
        var after = string.IsNullOrEmpty(cursor) ? null : cursors.Read(ReportQueries.ListName, cursor);
        return new(await reports.Waiting(after, PageSize, http.RequestAborted), after is null ? null : cursor, await reports.Appeals(http.RequestAborted), await reports.Latest(http.RequestAborted), said);
    }
}
