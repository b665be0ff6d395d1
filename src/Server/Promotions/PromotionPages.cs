using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Rpd.Server.Accounts;
using Rpd.Server.Credits;
using Rpd.Server.Http;
using Rpd.Shared;
using Rpd.Web.Promotions;
using Rpd.Web.Ui;
using static Rpd.Server.Http.Pages;

namespace Rpd.Server.Promotions;

/// <summary>Redeeming a code, and one's own link for others.</summary>
public static class PromotionPages
{
    private const int Shown = 50;

    public static void MapPromotionPages(this RouteGroupBuilder pages)
    {
        var own = pages.MapGroup("").RequireAuthorization();
        own.MapGet("/redeem", () => Page<RedeemPage>(new RedeemModel(null, FormErrors.None)));
        // A link that somebody was sent: nothing happens until they say so.
        own.MapGet("/redeem/{code}", (string code) => Page<RedeemPage>(new RedeemModel(CodeText.Read(code) ?? Cut.At(code, 40), FormErrors.None)));
        own.MapForm("/redeem", Post);
        own.MapGet("/referrals", async (HttpContext http, PromotionQueries promotions, AccountQueries accounts, AccountOptions doors, ReferralOptions options, PublicAddress address, CancellationToken cancel) =>
        {
            var account = http.User.AccountId()!.Value;
            var (joined, credits) = await promotions.Referred(account, cancel);
            var link = address.Link(Address.Of("/sign-up", ("ref", (await accounts.Account(account, cancel)).Handle)));
            return Page<ReferralsPage>(new ReferralsModel(link, doors.SignUp == SignUpModes.Open, options.On, options.InvitedCredits, options.ReferrerCredits, options.AfterSpending, options.PerReferrerPerMonth,
                joined, credits, await promotions.Referrals(account, Shown, cancel)));
        });
    }

    private static async Task<IResult> Post([FromForm] RedeemForm? form, HttpContext http, Redeem redeem, Flash flash)
    {
        var done = await redeem.Run(http.User.AccountId()!.Value, form?.Code, http.Connection.RemoteIpAddress, http.RequestAborted);
        // Each refusal is about the one field.
        if (done.Declined) return Page<RedeemPage>(new RedeemModel(form?.Code, done.Refusal.Details is null ? FormErrors.Of("code", done.Refusal.Message) : FormErrors.Of(done.Refusal)), StatusOf(done.Refusal));
        flash.Give(http, CreditPages.Said, string.Create(CultureInfo.InvariantCulture, $"Your code was good for {done.Value.Credits} credits."));
        return See("/credits");
    }

    public sealed record RedeemForm
    {
        public string? Code { get; init; }
    }
}
