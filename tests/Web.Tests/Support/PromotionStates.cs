using Rpd.Shared;
using Rpd.Shared.Access;
using Rpd.Shared.Promotions;
using Rpd.Web.Access;
using Rpd.Web.Admin;
using Rpd.Web.Promotions;

namespace Rpd.Web.Tests.Support;

/// <summary>Codes, referrals and the ways in, for people and for administrators.</summary>
internal static class PromotionStates
{
    private static readonly Viewer Admin = Samples.Viewer with { IsAdmin = true };

    private static readonly ReferralsModel Referrals = new("https://create.example.org/sign-up?ref=mara", true, true, 50, 50, 10, 10, 12, 100,
        [new("ada", "Ada <b>", Samples.Now, 50), new("bob", "Bob", Samples.Now, null), new("eve", "Eve", Samples.Now, 0)]);

    private static readonly CodeBatchView Batch = new(Samples.Id(980), "Workshop <spring>", 100, CodeBuckets.Promo, 20, 1, 7, Samples.Now.AddDays(30), null, Samples.Now);

    private static readonly AdminCodesModel Codes = new(new([Batch, Batch with { Id = Samples.Id(981), Bucket = CodeBuckets.Purchased, Codes = 1, ExpiresAt = null, RevokedAt = Samples.Now }], "older"), null,
        new Dictionary<string, string>(), FormErrors.None, null, null);

    private static readonly AccessRequestView Request = new(Samples.Id(970), "Ada <Lovelace>", "ada@example.org", "A machine that weaves\npatterns of algebra.", AccessStates.Open, null, Samples.Now, null, false);

    private static readonly AdminAccessModel Access = new("request", AccessStates.Open, new([Request, Request with { Id = Samples.Id(971), Email = "bob@example.org", Known = true }], "older"), "here", null, null);

    public static readonly PageStates All = new()
    {
        ["redeem"] = (typeof(RedeemPage), new RedeemModel(null, FormErrors.None), Samples.Viewer),
        ["redeem, refused"] = (typeof(RedeemPage), new RedeemModel("K7QX-<b>", FormErrors.Of("code", "This code is used up.")), Samples.Viewer),
        ["referrals"] = (typeof(ReferralsPage), Referrals, Samples.Viewer),
        ["referrals, none and off"] = (typeof(ReferralsPage), Referrals with { On = false, Newest = [], Joined = 0, Credits = 0 }, Samples.Viewer),
        ["referrals, by invitation only"] = (typeof(ReferralsPage), Referrals with { Open = false }, Samples.Viewer),
        ["request access"] = (typeof(RequestAccessPage), new RequestAccessModel(new(), FormErrors.None), null),
        ["request access, refused"] = (typeof(RequestAccessPage), new RequestAccessModel(new() { Name = "Ada", Email = "a", Project = "<p>" },
            new([new("email", "This is not an e-mail address."), new("project", "Tell us about your project.")])), null),
        ["invitation"] = (typeof(InvitePage), new InviteModel("ada@example.org", "sealed", FormErrors.Of("password", "10 characters at least.")), null),
        ["admin codes"] = (typeof(AdminCodesPage), Codes, Admin),
        ["admin codes, just made"] = (typeof(AdminCodesPage), Codes with { Made = new(Batch.Id, Batch.Note, "00ff", ["K7QX-M2PD-9RTA", "AAAA-BBBB-CCCC"]), Cursor = "here", Said = "The batch is revoked." }, Admin),
        ["admin codes, refused"] = (typeof(AdminCodesPage), Codes with { Batches = new([], null), Typed = new Dictionary<string, string> { ["codes"] = "lots" }, Errors = new([new("codes", "codes must be a whole number."), new("note", "Say what these codes are for.")]) }, Admin),
        ["admin access"] = (typeof(AdminAccessPage), Access, Admin),
        ["admin access, declining refused"] = (typeof(AdminAccessPage), Access with { Refused = new(Request.Id, " ", FormErrors.Of("reason", "Say why.")) }, Admin),
        ["admin access, declined ones"] = (typeof(AdminAccessPage), Access with { SignUp = "invite", State = AccessStates.Declined, Requests = new([Request with { Status = AccessStates.Declined, Reason = "Not now." }], null), Cursor = null, Said = "An invitation is on its way." }, Admin),
        ["admin access, none"] = (typeof(AdminAccessPage), Access with { SignUp = "open", Requests = new([], null), Cursor = null, Refused = new(null, "nobody", FormErrors.Of("email", "This is not an e-mail address.")) }, Admin),
    };
}
