using Rpd.Server.Access;
using Rpd.Server.Accounts;
using Rpd.Server.Audit;
using Rpd.Server.Http;
using Rpd.Shared;
using Rpd.Shared.Access;
using Rpd.Web.Admin;
using static Rpd.Server.Http.Pages;

namespace Rpd.Server.Admin;

/// <summary>Who asks for access, and inviting people.</summary>
public static class AccessRequestPages
{
    private const string Home = "/admin/access", Said = "access-said";

    public static void MapAccessRequestPages(this IEndpointRouteBuilder admin)
    {
        admin.MapGet("/access", (HttpContext http, DrawAccess draw, Flash flash) => draw.Show(http, said: flash.Take(http, Said)));
        admin.MapPost("/access/invite", Invite);
        admin.MapPost("/access/{id:guid}/accept", (Guid id, HttpContext http, DecideRequest decide, DrawAccess draw, Flash flash) => Decide(id, null, http, decide, draw, flash));
        admin.MapPost("/access/{id:guid}/decline", async (Guid id, HttpContext http, DecideRequest decide, DrawAccess draw, Flash flash) =>
            await Decide(id, (await http.Request.ReadFormAsync(http.RequestAborted))["reason"].ToString(), http, decide, draw, flash));
        // Reloading a refused form without scripts leads back.
        admin.MapGet("/access/invite", () => See(Home));
        admin.MapGet("/access/{id:guid}/{verb}", (Guid id, string verb) => See(Home));
    }

    private static async Task<IResult> Invite(HttpContext http, SendInvite invite, DrawAccess draw, Flash flash)
    {
        var email = (await http.Request.ReadFormAsync(http.RequestAborted))["email"].ToString();
        var sent = await invite.Run(Actor.Of(http, http.User.AccountId()!.Value), email, http.RequestAborted);
        if (sent.Declined) return await draw.Show(http, new RefusedAccessForm(null, email, FormErrors.Of(sent.Refusal)), status: StatusOf(sent.Refusal));
        flash.Give(http, Said, $"An invitation is on its way to {sent.Value}.");
        return See(Home);
    }

    private static async Task<IResult> Decide(Guid id, string? reason, HttpContext http, DecideRequest decide, DrawAccess draw, Flash flash)
    {
        var done = await decide.Run(Actor.Of(http, http.User.AccountId()!.Value), id, reason, http.RequestAborted);
        if (done.Refusal is { Status: StatusCodes.Status404NotFound }) return Results.NotFound();
        if (done.Declined) return await draw.Show(http, new RefusedAccessForm(id, reason, FormErrors.Of(done.Refusal)), status: StatusOf(done.Refusal));
        flash.Give(http, Said, reason is null ? $"{done.Value.Name} is invited: a letter is on its way to {done.Value.Email}." : $"The request of {done.Value.Name} is declined.");
        return See(Home);
    }
}

/// <summary>Draws the page in any of its states.</summary>
public sealed class DrawAccess(AccessQueries access, AccountOptions options, Cursors cursors)
{
    private const int PageSize = 50;

    public async Task<IResult> Show(HttpContext http, RefusedAccessForm? refused = null, string? said = null, int status = 200)
    {
        var state = http.Request.Query["state"].FirstOrDefault() is { } asked && AccessStates.All.Contains(asked) ? asked : AccessStates.Open;
        var cursor = http.Request.Query["cursor"].FirstOrDefault();
        var before = string.IsNullOrEmpty(cursor) || cursors.Read(AccessQueries.ListName, cursor) is not { } position ? (Guid?)null : Guid.Parse(position);
        http.Response.Headers.CacheControl = "no-store";
        return Page<AdminAccessPage>(new AdminAccessModel(options.SignUp, state, await access.Page(state, before, PageSize, http.RequestAborted), before is null ? null : cursor, refused, said), status);
    }
}
