using Rpd.Server.Credits;
using Rpd.Server.Http;
using Rpd.Server.Plans;
using Rpd.Shared;
using Rpd.Shared.Admin;
using Rpd.Web.Admin;
using static Rpd.Server.Http.Pages;

namespace Rpd.Server.Admin;

/// <summary>Finding somebody, seeing what support needs to see, and doing what support may do. Nobody becomes somebody else here.</summary>
public static class UserPages
{
    private const string Home = "/admin/users";
    private const int PageSize = 50;

    public static void MapUserPages(this IEndpointRouteBuilder admin)
    {
        admin.MapGet("/users", List);
        admin.MapGet("/users/{id:guid}", (Guid id, HttpContext http, DrawUser draw, Flash flash) => draw.Show(http, id, said: flash.Take(http, ReasonedForm.Said)));
        admin.MapPost("/users/{id:guid}/credits", Adjust);
        admin.MapPost("/users/{id:guid}/suspend", (Guid id, HttpContext http, SuspendAccount suspend, DrawUser draw, Flash flash) =>
            Do(id, "suspend", http, draw, flash, async form => (await suspend.Run(form.By, id, form.Reason, http.RequestAborted), "The account is suspended.")));
        admin.MapPost("/users/{id:guid}/lift", (Guid id, HttpContext http, LiftSuspension lift, DrawUser draw, Flash flash) =>
            Do(id, "lift", http, draw, flash, async form => (await lift.Run(form.By, id, form.Reason, http.RequestAborted), "The account is active again.")));
        admin.MapPost("/users/{id:guid}/sign-out", (Guid id, HttpContext http, SignOutEverywhere end, DrawUser draw, Flash flash) =>
            Do(id, "sign-out", http, draw, flash, async form => (await end.Run(form.By, id, form.Reason, http.RequestAborted), "Every session has ended.")));
        admin.MapPost("/users/{id:guid}/plan", (Guid id, HttpContext http, ChangePlan change, DrawUser draw, Flash flash) =>
            Do(id, "plan", http, draw, flash, async form =>
            {
                var plan = form.Fields.Text("plan", 60, required: true) ?? "";
                return (form.Fields.Refusal is { } wrong ? wrong : await change.Run(form.By, id, plan, form.Reason, http.RequestAborted), $"The account is on {plan} now.");
            }));
        admin.MapPost("/users/{id:guid}/note", (Guid id, HttpContext http, NoteAccount note, DrawUser draw, Flash flash) =>
            Do(id, "note", http, draw, flash, async form => (await note.Run(form.By, id, form.Reason, http.RequestAborted), "The note is kept.")));
        admin.MapGet("/users/{id:guid}/{verb}", (Guid id, string verb) => See($"{Home}/{id}"));
    }

    /// <summary>Shared with the API: unknown choices are named.</summary>
    internal static (UserFilter Filter, Fields Fields) ReadFilter(HttpContext http)
    {
        var fields = Fields.Of(http.Request.Query);
        return (new(fields.Text("q", 200), fields.Text("plan", 60), fields.Choice("role", UserRoles.All), fields.Choice("status", UserStatuses.All)), fields);
    }

    private static async Task<IResult> List(HttpContext http, UserQueries users, PlanList plans, Cursors cursors)
    {
        // What a link holds that cannot be is left out: a page shows what there is.
        var (filter, _) = ReadFilter(http);
        var cursor = http.Request.Query["cursor"].FirstOrDefault();
        var before = !string.IsNullOrEmpty(cursor) && cursors.Read(UserQueries.ListName, cursor) is { } position ? Guid.Parse(position) : (Guid?)null;
        return Page<UsersPage>(new UsersModel(filter, [.. plans.Names], await users.List(filter, before, PageSize, http.RequestAborted), before is null ? null : cursor));
    }

    private static Task<IResult> Adjust(Guid id, HttpContext http, AdjustCredits adjust, DrawUser draw, Flash flash) => Do(id, "credits", http, draw, flash, async form =>
    {
        var (key, bucket) = (form.Fields.Id("key"), form.Fields.Choice("bucket", UserModel.Buckets, required: true));
        if (form.Fields.Integer("credits", -AdjustCredits.Most, AdjustCredits.Most) is not { } credits)
        {
            if (form.Fields.Errors.All(error => error.Field != "credits")) form.Fields.Wrong("credits", "credits is required.");
            return (form.Fields.Refusal!, "");
        }
        if (key is null) form.Fields.Wrong("", "This form is not whole. Reload the page.");
        if (form.Fields.Refusal is { } wrong) return (wrong, "");
        var done = await adjust.Run(form.By, id, key!.Value, Enum.Parse<Bucket>(bucket!, ignoreCase: true), credits, form.Reason, http.RequestAborted);
        return (done, done.Value is { } balance ? $"Booked. {balance} credits can be spent now." : "This was booked before: it counts once.");
    });

    private static async Task<IResult> Do<T>(Guid id, string name, HttpContext http, DrawUser draw, Flash flash, Func<ReasonedForm, Task<(Outcome<T> Done, string Said)>> act)
    {
        var form = await ReasonedForm.Read(http);
        var (done, said) = form.Fields.Refusal is { } wrong ? (wrong, "") : await act(form);
        if (done.Refusal is { Status: StatusCodes.Status404NotFound }) return Results.NotFound();
        if (done.Declined) return await draw.Show(http, id, form.Refused(name, done.Refusal), status: StatusOf(done.Refusal));
        flash.Give(http, ReasonedForm.Said, said);
        return See($"{Home}/{id}");
    }
}
