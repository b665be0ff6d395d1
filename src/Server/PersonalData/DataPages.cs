using Microsoft.AspNetCore.Mvc;
using Rpd.Server.Accounts;
using Rpd.Server.Http;
using Rpd.Shared;
using Rpd.Shared.Accounts;
using Rpd.Web.PersonalData;
using static Rpd.Server.Http.Pages;

namespace Rpd.Server.PersonalData;

/// <summary>"Your data": taking them along, and leaving.</summary>
public static class DataPages
{
    private const string Home = "/settings/data";

    public static void MapDataPages(this RouteGroupBuilder pages)
    {
        var data = pages.MapGroup(Home).RequireAuthorization();
        data.MapGet("", (HttpContext http, DataQueries queries, CancellationToken cancel) => Draw(http, queries, null, null, null, cancel));
        data.MapGet("/export", () => See(Home));
        data.MapForm("/export", PostExport);
        data.MapGet("/leave", () => See(Home));
        data.MapForm("/leave", PostLeave);
    }

    private static async Task<IResult> PostExport([FromForm] ExportForm? form, HttpContext http, ExportData export, DataQueries queries, CancellationToken cancel)
    {
        var outcome = await export.Run(http.User.AccountId()!.Value, form?.Password, cancel);
        return outcome.Declined ? await Draw(http, queries, outcome.Refusal, null, null, cancel) : outcome.Value;
    }

    private static async Task<IResult> PostLeave([FromForm] LeaveForm? form, HttpContext http, LeaveAccount leave, EndSession end, DataQueries queries, CancellationToken cancel)
    {
        var typed = form ?? new();
        var outcome = await leave.Run(http.User.AccountId()!.Value, typed, cancel);
        if (outcome.Declined) return await Draw(http, queries, null, typed with { Password = null }, outcome.Refusal, cancel);
        await end.SignOut(http, cancel);
        return See(LeavingLink.Path + "/begun");
    }

    private static async Task<IResult> Draw(HttpContext http, DataQueries queries, Refusal? export, LeaveForm? typed, Refusal? leave, CancellationToken cancel)
    {
        var model = await queries.Page(http.User.AccountId()!.Value, cancel);
        var refusal = export ?? leave;
        return Page<DataPage>(model with
        {
            Leave = typed ?? new(),
            ExportErrors = export is null ? FormErrors.None : FormErrors.Of(export),
            LeaveErrors = leave is null ? FormErrors.None : FormErrors.Of(leave),
        }, refusal is null ? StatusCodes.Status200OK : StatusOf(refusal));
    }
}
