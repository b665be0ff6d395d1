using System.Globalization;
using Rpd.Server.Accounts;
using Rpd.Server.Http;
using Rpd.Web.Credits;

namespace Rpd.Server.Credits;

public static class CreditPages
{
    private const int PageSize = 50;

    /// <summary>What the page says once after a form that leads to it: the name of a <see cref="Flash"/>.</summary>
    public const string Said = "credits-said";

    public static void MapCreditPages(this IEndpointRouteBuilder pages) => pages.MapGet("/credits", async (HttpContext http, CreditQueries credits, Cursors cursors, Flash flash) =>
    {
        var account = http.User.AccountId()!.Value;
        var cursor = http.Request.Query["cursor"].FirstOrDefault();
        var before = cursor is not null && cursors.Read("credits", cursor) is { } position ? long.Parse(position, CultureInfo.InvariantCulture) : (long?)null;
        var history = await credits.History(account, before, PageSize, http.RequestAborted);
        return Pages.Page<CreditsPage>(new CreditsModel(await credits.Balance(account, http.RequestAborted), history, before is null ? null : cursor, flash.Take(http, Said)));
    }).RequireAuthorization();
}
