using Rpd.Server.Billing;
using Rpd.Server.Http;
using Rpd.Shared;
using Rpd.Web.Admin;
using Rpd.Web.Billing;
using static Rpd.Server.Http.Pages;

namespace Rpd.Server.Admin;

/// <summary>What was paid, by whom; and the way back.</summary>
public static class AdminPaymentPages
{
    private const string Home = "/admin/payments";
    private const int PageSize = 25;

    public static void MapAdminPaymentPages(this IEndpointRouteBuilder admin)
    {
        admin.MapGet("/payments", async (HttpContext http, PaymentAdminQueries payments, Cursors cursors, Flash flash) => Page<AdminPaymentsPage>(await Model(http, payments, cursors, flash.Take(http, ReasonedForm.Said))));
        admin.MapPost("/payments/{id:guid}/refund", Refund);
        admin.MapGet("/payments/{id:guid}/refund", (Guid id) => See(Home));
    }

    private static async Task<IResult> Refund(Guid id, HttpContext http, RefundPayment refund, PaymentAdminQueries payments, Cursors cursors, Flash flash)
    {
        var form = await ReasonedForm.Read(http);
        var amount = form.Fields.Number("amount", 0.01m, 1_000_000);
        var done = form.Fields.Refusal is { } wrong ? wrong : await refund.Run(form.By, id, amount is { } some ? (long)(some * 100) : null, form.Reason, http.RequestAborted);
        if (done.Refusal is { Status: StatusCodes.Status404NotFound }) return Results.NotFound();
        if (done.Declined) return Page<AdminPaymentsPage>(await Model(http, payments, cursors, null) with { Refused = form.Refused($"refund-{id}", done.Refusal) }, StatusOf(done.Refusal));
        flash.Give(http, ReasonedForm.Said, $"{MoneyWords.Money(done.Value.Refunded, done.Value.Currency)} of this payment were sent back in all; its credits follow.");
        return See(Home);
    }

    private static async Task<AdminPaymentsModel> Model(HttpContext http, PaymentAdminQueries payments, Cursors cursors, string? said)
    {
        var fields = Fields.Of(http.Request.Query);
        var (state, account) = (fields.Choice("state", PaymentAdminQueries.States), fields.Id("account"));
        var cursor = http.Request.Query["cursor"].FirstOrDefault();
        var before = !string.IsNullOrEmpty(cursor) && cursors.Read(PaymentAdminQueries.ListName, cursor) is { } position ? Guid.Parse(position) : (Guid?)null;
        return new(await payments.Read(state, account, before, PageSize, http.RequestAborted), state, account, before is null ? null : cursor, said);
    }
}
