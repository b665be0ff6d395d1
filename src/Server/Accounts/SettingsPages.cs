using Rpd.Server.Accounts.Profiles;
using Rpd.Web.Accounts;
using static Rpd.Server.Http.Pages;

namespace Rpd.Server.Accounts;

/// <summary>What a signed-in person sees of their own account.</summary>
public static class SettingsPages
{
    public static void MapSettingsPages(this RouteGroupBuilder pages)
    {
        var settings = pages.MapGroup("/settings").RequireAuthorization();
        settings.MapProfilePages();
        settings.MapGet("/sessions", async (HttpContext http, AccountQueries accounts, CancellationToken cancel) =>
            Page<SessionsPage>(new SessionsModel(await accounts.Sessions(http.User.AccountId()!.Value, http.User.SessionId()!.Value, cancel))));
        settings.MapPost("/sessions/{id:guid}/revoke", async (Guid id, HttpContext http, EndSession end, CancellationToken cancel) =>
        {
            if (id == http.User.SessionId())
            {
                await end.SignOut(http, cancel);
                return See("/sign-in");
            }
            await end.Run(http.User.AccountId()!.Value, id, cancel);
            return See("/settings/sessions");
        });
        settings.MapPost("/sessions/revoke-others", async (HttpContext http, EndOtherSessions end, CancellationToken cancel) =>
        {
            await end.Run(http.User.AccountId()!.Value, http.User.SessionId()!.Value, cancel);
            return See("/settings/sessions");
        });
    }
}
