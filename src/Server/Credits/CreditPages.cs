using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Rpd.Server.Accounts;
using Rpd.Server.Http;
using Rpd.Shared;
using Rpd.Web.Credits;
using static Rpd.Server.Http.Pages;

namespace Rpd.Server.Credits;

public static class CreditPages
{
    /// <summary>What the page says once after a form that leads to it: the name of a <see cref="Flash"/>.</summary>
    public const string Said = "credits-said";

    public static void MapCreditPages(this RouteGroupBuilder pages)
    {
        var credits = pages.MapGroup("/credits").RequireAuthorization();
        credits.MapGet("", (HttpContext http, DrawCredits draw, Flash flash) => draw.Show(http, said: flash.Take(http, Said)));
        credits.MapForm("/threshold", Threshold);
        // Reloading a refused form without scripts leads back.
        credits.MapGet("/threshold", () => See("/credits"));
    }

    private static async Task<IResult> Threshold([FromForm] ThresholdForm? form, HttpContext http, SetLowBalance set, DrawCredits draw, Flash flash)
    {
        var typed = form?.Threshold?.Trim() ?? "";
        var number = long.TryParse(typed, NumberStyles.None, CultureInfo.InvariantCulture, out var read) ? read : (long?)null;
        var refused = typed.Length > 0 && number is null ? Refusal.Invalid("threshold", "The threshold must be a whole number of credits.")
            : await set.Run(http.User.AccountId()!.Value, number, http.RequestAborted);
        if (refused is not null) return await draw.Show(http, typed: typed, errors: FormErrors.Of(refused), status: StatusOf(refused));
        flash.Give(http, Said, number == 0 ? "You are not told any more when your credits run low." : "Saved.");
        return See("/credits");
    }

    public sealed record ThresholdForm
    {
        public string? Threshold { get; init; }
    }
}

/// <summary>Draws the page of credits in any of its states.</summary>
public sealed class DrawCredits(CreditQueries credits, Cursors cursors)
{
    private const int PageSize = 50;

    /// <param name="typed">What stood in the form of the threshold, when it was refused.</param>
    public async Task<IResult> Show(HttpContext http, string? said = null, string? typed = null, FormErrors? errors = null, int status = 200)
    {
        var account = http.User.AccountId()!.Value;
        var cursor = http.Request.Query["cursor"].FirstOrDefault();
        var before = cursor is not null && cursors.Read("credits", cursor) is { } position ? long.Parse(position, CultureInfo.InvariantCulture) : (long?)null;
        var history = await credits.History(account, before, PageSize, http.RequestAborted);
        return Page<CreditsPage>(new CreditsModel(await credits.Balance(account, http.RequestAborted), history, before is null ? null : cursor, said, typed, errors), status);
    }
}
