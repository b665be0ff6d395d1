using System.Globalization;
using Rpd.Server.Http;
using Rpd.Shared;
using Rpd.Web.Admin;
using static Rpd.Server.Http.Pages;

namespace Rpd.Server.Admin;

/// <summary>The queue for people: how full its lanes are, what is stuck, and what was given up.</summary>
public static class QueuePages
{
    private const string Home = "/admin/queue";
    private const int PageSize = 25;

    public static void MapQueuePages(this IEndpointRouteBuilder admin)
    {
        admin.MapGet("/queue", async (HttpContext http, QueueQueries queue, Cursors cursors, Flash flash) => Page<QueuePage>(await Model(http, queue, cursors, flash.Take(http, ReasonedForm.Said))));
        admin.MapPost("/queue/jobs/{id:long}/{verb}", (long id, string verb, HttpContext http, QueueQueries queue, Cursors cursors, RequeueJobs requeue, DiscardJobs discard, Flash flash) =>
            Change(verb, _ => new(id, null), http, queue, cursors, requeue, discard, flash));
        admin.MapPost("/queue/dead/{verb}", (string verb, HttpContext http, QueueQueries queue, Cursors cursors, RequeueJobs requeue, DiscardJobs discard, Flash flash) =>
            Change(verb, fields => new(null, fields.Text("kind", 100, required: true)), http, queue, cursors, requeue, discard, flash));
        admin.MapGet("/queue/jobs/{id:long}/{verb}", (long id, string verb) => See(Home));
        admin.MapGet("/queue/dead/{verb}", (string verb) => See(Home));
    }

    private static async Task<IResult> Change(string verb, Func<Fields, JobPick> pick, HttpContext http, QueueQueries queue, Cursors cursors, RequeueJobs requeue, DiscardJobs discard, Flash flash)
    {
        if (verb is not ("requeue" or "discard")) return Results.NotFound();
        var form = await ReasonedForm.Read(http);
        var which = pick(form.Fields);
        var done = form.Fields.Refusal is { } wrong ? wrong
            : verb == "requeue" ? await requeue.Run(form.By, which, form.Reason, http.RequestAborted) : await discard.Run(form.By, which, form.Reason, http.RequestAborted);
        if (done.Declined) return Page<QueuePage>(await Model(http, queue, cursors, null) with { Refused = form.Refused(QueueModel.FormOf(verb, which.Id, which.Kind), done.Refusal) }, StatusOf(done.Refusal));
        flash.Give(http, ReasonedForm.Said, $"{done.Value} {(done.Value == 1 ? "job was" : "jobs were")} {(verb == "requeue" ? "put back into the queue" : "discarded")}.");
        return See(Home);
    }

    private static async Task<QueueModel> Model(HttpContext http, QueueQueries queue, Cursors cursors, string? said)
    {
        var fields = Fields.Of(http.Request.Query);
        var kind = fields.Text("kind", 100) is { Length: > 0 and <= 100 } words ? words : null;
        var cursor = fields.Text("cursor", 400);
        var before = cursor is not null && cursors.Read(QueueQueries.ListName, cursor) is { } position ? long.Parse(position, CultureInfo.InvariantCulture) : (long?)null;
        return new(await queue.Lanes(http.RequestAborted), await queue.StuckJobs(http.RequestAborted), await queue.DeadKinds(http.RequestAborted), kind,
            await queue.Dead(kind, before, PageSize, http.RequestAborted), before is null ? null : cursor, said);
    }
}
