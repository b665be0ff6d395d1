using Rpd.Server.Http;
using Rpd.Web.Admin;
using static Rpd.Server.Http.Pages;

namespace Rpd.Server.Admin;

public static class FailingWebhookPages
{
    private const string Home = "/admin/webhooks";
    private const int PageSize = 25;

    public static void MapFailingWebhookPages(this IEndpointRouteBuilder admin)
    {
        admin.MapGet("/webhooks", async (HttpContext http, FailingWebhooks webhooks, Cursors cursors, Flash flash) => Page<FailingWebhooksPage>(await Model(http, webhooks, cursors, flash.Take(http, ReasonedForm.Said))));
        admin.MapPost("/webhooks/{id:guid}/enable", Enable);
        admin.MapGet("/webhooks/{id:guid}/enable", (Guid id) => See(Home));
    }

    private static async Task<IResult> Enable(Guid id, HttpContext http, EnableWebhook enable, FailingWebhooks webhooks, Cursors cursors, Flash flash)
    {
        var form = await ReasonedForm.Read(http);
        var done = form.Fields.Refusal is { } wrong ? wrong : await enable.Run(form.By, id, form.Reason, http.RequestAborted);
        if (done.Refusal is { Status: StatusCodes.Status404NotFound }) return Results.NotFound();
        if (done.Declined) return Page<FailingWebhooksPage>(await Model(http, webhooks, cursors, null) with { Refused = form.Refused($"enable-{id}", done.Refusal) }, StatusOf(done.Refusal));
        flash.Give(http, ReasonedForm.Said, $"{done.Value} receives again.");
        return See(Home);
    }

    private static async Task<FailingWebhooksModel> Model(HttpContext http, FailingWebhooks webhooks, Cursors cursors, string? said)
    {
        var cursor = http.Request.Query["cursor"].FirstOrDefault();
        var before = !string.IsNullOrEmpty(cursor) && cursors.Read(FailingWebhooks.ListName, cursor) is { } position ? Guid.Parse(position) : (Guid?)null;
        return new(await webhooks.Read(before, PageSize, http.RequestAborted), before is null ? null : cursor, said);
    }
}
