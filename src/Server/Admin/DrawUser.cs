using Rpd.Server.Audit;
using Rpd.Server.Credits;
using Rpd.Server.Http;
using Rpd.Server.Plans;
using Rpd.Web.Admin;

namespace Rpd.Server.Admin;

/// <summary>Somebody's page in any of its states.</summary>
public sealed class DrawUser(UserQueries users, CreditQueries credits, AuditQueries audit, PlanList plans)
{
    private const int Latest = 10;

    public async Task<IResult> Show(HttpContext http, Guid id, RefusedAction? refused = null, string? said = null, int status = 200)
    {
        if (await users.Find(id, http.RequestAborted) is not { } found) return Results.NotFound();
        var history = await credits.History(id, null, Latest, http.RequestAborted);
        var done = await audit.Page(new() { Target = id.ToString() }, null, Latest, http.RequestAborted);
        // A form that comes back keeps its key: what was booked with it stays booked once.
        var key = refused?.TypedOf("credits", "key") is { } sent && Guid.TryParse(sent, out var same) ? same : Guid.NewGuid();
        return Pages.Page<UserPage>(new UserModel(found, history.Items, done.Items, [.. plans.Names], key, said) { Refused = refused ?? RefusedAction.None }, status);
    }
}
