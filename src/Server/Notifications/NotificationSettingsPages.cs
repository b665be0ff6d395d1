using Rpd.Server.Accounts;
using Rpd.Server.Http;
using Rpd.Shared.Notifications;
using Rpd.Web.Accounts;
using static Rpd.Server.Http.Pages;

namespace Rpd.Server.Notifications;

/// <summary>Which kind is told where, and the link in letters that ends one.</summary>
public static class NotificationSettingsPages
{
    private const string Home = "/settings/notifications", Saved = "notices-saved";

    /// <param name="app">For the one address that mail programs post to, without a page and its token: the sealed link is what allows it.</param>
    public static void MapNotificationSettings(this RouteGroupBuilder pages, IEndpointRouteBuilder app)
    {
        pages.MapGet(Home, async (HttpContext http, NotificationChoices choices, Flash flash, CancellationToken cancel) => Page<NotificationSettingsPage>(
            new NotificationSettingsModel(await choices.Read(http.User.AccountId()!.Value, cancel), flash.Take(http, Saved) is not null))).RequireAuthorization();
        pages.MapPost(Home, Post).RequireAuthorization();
        pages.MapGet(Unsubscribe.Path + "/{token}", (string token, Unsubscribe links) =>
            links.Read(token) is (_, var kind) ? Page<UnsubscribePage>(new UnsubscribeModel(token, Label(kind), Done: false)) : Results.NotFound());
        app.MapPost(Unsubscribe.Path + "/{token}", Stop).DisableAntiforgery().DisableValidation().ExcludeFromDescription();
    }

    private static async Task<IResult> Post(HttpContext http, NotificationChoices choices, Flash flash, CancellationToken cancel)
    {
        var form = await http.Request.ReadFormAsync(cancel);
        await choices.Write(http.User.AccountId()!.Value, [.. NotificationKind.All.Select(kind => new NotificationChoice(kind, form.ContainsKey("site." + kind.Name), form.ContainsKey("email." + kind.Name)))], cancel);
        flash.Give(http, Saved, "yes");
        return See(Home);
    }

    private static async Task<IResult> Stop(string token, Unsubscribe links, NotificationChoices choices, CancellationToken cancel)
    {
        if (links.Read(token) is not var (account, kind)) return Results.NotFound();
        await choices.StopLetters(account, kind, cancel);
        // No redirect: mail programs do not follow one.
        return Page<UnsubscribePage>(new UnsubscribeModel(token, Label(kind), Done: true));
    }

    private static string Label(string kind) => NotificationKind.Find(kind)?.Label ?? kind;
}
