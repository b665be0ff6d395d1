using System.Globalization;
using Rpd.Server.Http;
using Rpd.Shared;
using Rpd.Shared.Admin;
using Rpd.Shared.Generations;
using Rpd.Web.Admin;
using static Rpd.Server.Http.Pages;

namespace Rpd.Server.Admin;

/// <summary>Everybody's generations: found, looked at with their receipt, given back, made once more.</summary>
public static class GenerationAdminPages
{
    private const string Home = "/admin/generations";
    private const int PageSize = 50;

    public static void MapGenerationAdminPages(this IEndpointRouteBuilder admin)
    {
        admin.MapGet("/generations", List);
        admin.MapGet("/generations/{id:guid}", (Guid id, HttpContext http, GenerationAdminQueries generations, Flash flash) => Show(http, id, generations, said: flash.Take(http, ReasonedForm.Said)));
        admin.MapPost("/generations/{id:guid}/refund", Refund);
        admin.MapPost("/generations/{id:guid}/retry", Retry);
        admin.MapGet("/generations/{id:guid}/{verb}", (Guid id, string verb) => See($"{Home}/{id}"));
    }

    /// <summary>Shared with the API: what cannot be is named.</summary>
    internal static (AdminGenerationFilter Filter, Fields Fields) ReadFilter(HttpContext http)
    {
        var fields = Fields.Of(http.Request.Query);
        return (new(fields.Text("id", 36), fields.Id("account"), fields.Choice("status", GenerationStatus.All), fields.Text("provider", 200), fields.Text("model", 200),
            fields.Choice("type", GenerationTypes.All), fields.Text("errorCode", 100), Moment(fields, "from"), Moment(fields, "to"), fields.Flag("test") ?? false), fields);
    }

    private static DateTimeOffset? Moment(Fields fields, string name)
    {
        if (fields.Text(name, 40) is not { } text) return null;
        if (DateTimeOffset.TryParseExact(text, ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment)) return moment.ToUniversalTime();
        fields.Wrong(name, $"{name} must be a date such as 2026-01-31 or a time such as 2026-01-31T12:00:00Z.");
        return null;
    }

    private static async Task<IResult> List(HttpContext http, GenerationAdminQueries generations, Cursors cursors)
    {
        // What a link holds that cannot be is left out: a page shows what there is.
        var (filter, _) = ReadFilter(http);
        if (Guid.TryParse(filter.Id, out var whole)) return See($"{Home}/{whole}");
        var cursor = http.Request.Query["cursor"].FirstOrDefault();
        var before = !string.IsNullOrEmpty(cursor) && cursors.Read(GenerationAdminQueries.ListName, cursor) is { } position ? Guid.Parse(position) : (Guid?)null;
        return Page<AdminGenerationsPage>(new AdminGenerationsModel(filter, await generations.List(filter, before, PageSize, http.RequestAborted), before is null ? null : cursor));
    }

    private static async Task<IResult> Show(HttpContext http, Guid id, GenerationAdminQueries generations, RefusedAction? refused = null, string? said = null, int status = 200) =>
        await generations.Find(id, http.RequestAborted) is { } found
            ? Page<AdminGenerationPage>(new AdminGenerationModel(found, said) { Refused = refused ?? RefusedAction.None }, status) : Results.NotFound();

    private static async Task<IResult> Refund(Guid id, HttpContext http, RefundGeneration refund, GenerationAdminQueries generations, Flash flash)
    {
        var form = await ReasonedForm.Read(http);
        var credits = form.Fields.Integer("credits", 1, long.MaxValue);
        var done = form.Fields.Refusal is { } wrong ? wrong : await refund.Run(form.By, id, credits, form.Reason, http.RequestAborted);
        if (done.Refusal is { Status: StatusCodes.Status404NotFound }) return Results.NotFound();
        if (done.Declined) return await Show(http, id, generations, form.Refused("refund", done.Refusal), status: StatusOf(done.Refusal));
        flash.Give(http, ReasonedForm.Said, $"{done.Value} {(done.Value == 1 ? "credit is" : "credits are")} back.");
        return See($"{Home}/{id}");
    }

    private static async Task<IResult> Retry(Guid id, HttpContext http, RetryGeneration retry, GenerationAdminQueries generations, Flash flash)
    {
        var form = await ReasonedForm.Read(http);
        var done = form.Fields.Refusal is { } wrong ? wrong : await retry.Run(form.By, id, form.Reason, http.RequestAborted);
        if (done.Refusal is { Status: StatusCodes.Status404NotFound }) return Results.NotFound();
        if (done.Declined) return await Show(http, id, generations, form.Refused("retry", done.Refusal), status: StatusOf(done.Refusal));
        flash.Give(http, ReasonedForm.Said, done.Value == id ? "It has all its attempts again." : "This is the new one.");
        return See($"{Home}/{done.Value}");
    }
}
