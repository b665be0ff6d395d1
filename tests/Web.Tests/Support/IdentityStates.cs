using Rpd.Shared;
using Rpd.Shared.Accounts;
using Rpd.Web.Accounts;

namespace Rpd.Web.Tests.Support;

/// <summary>The pages on which one shows who one is.</summary>
public static class IdentityStates
{
    private static readonly PasskeyView Phone = new(Guid.Parse("0193a7c0-f00d-7000-8000-0000000000aa"), "iPhone", true, Samples.Now.AddDays(-40), Samples.Now.AddHours(-2));
    private static readonly PasskeyView Stick = new(Guid.Parse("0193a7c0-f00d-7000-8000-0000000000ab"), "Blue stick", false, Samples.Now.AddDays(-3), null);

    public static SecurityModel Bare => new(new(false, 0, 0, []), "Firefox on Linux", true);

    public static SecurityModel OnePasskey => Bare with { Security = new(false, 0, 0, [Phone]) };

    public static SecurityModel Full => Bare with { Security = new(true, 8, 2, [Phone, Stick]) };

    public static PageStates All => new()
    {
        ["sign in, the session has ended"] = (typeof(SignInPage), new SignInModel(new() { ReturnUrl = "/keys" }, FormErrors.None, true, Ended: true), null),
        ["code"] = (typeof(CodePage), new CodeModel(new() { ReturnUrl = "/library" }, FormErrors.None), null),
        ["code, wrong"] = (typeof(CodePage), new CodeModel(new(), FormErrors.Of("code", "That code is not right.")), null),
        ["code, wrong recovery code"] = (typeof(CodePage), new CodeModel(new(), FormErrors.Of("recoveryCode", "That code is not right.")), null),
        ["security"] = (typeof(SecurityPage), Bare, Samples.Viewer),
        ["security, one passkey"] = (typeof(SecurityPage), OnePasskey, Samples.Viewer),
        ["security, everything on"] = (typeof(SecurityPage), Full, Samples.Viewer),
        ["security, not fresh"] = (typeof(SecurityPage), Full with { Fresh = false }, Samples.Viewer),
        ["security, refused codes"] = (typeof(SecurityPage), Full with { Refused = new(RefusedForm.Codes, FormErrors.Of("proof", "Enter your password.")) }, Samples.Viewer),
        ["security, refused name"] = (typeof(SecurityPage), Full with { Refused = new(Stick.Id.ToString(), FormErrors.Of("name", "Give it a name.")) }, Samples.Viewer),
        ["security, refused passkey"] = (typeof(SecurityPage), Full with { Refused = new(RefusedForm.Add, new([new("", "Try again."), new("name", "Too long.")])) }, Samples.Viewer),
        ["prove"] = (typeof(ProvePage), new ProveModel("/keys", FormErrors.Of("proof", "That is neither.")), Samples.Viewer),
        ["set up two-factor"] = (typeof(TwoFactorPage), new TwoFactorModel("M0 0h1v1h-1z", 45, "ABCD EFGH", FormErrors.Of("code", "Type six digits.")), Samples.Viewer),
        ["recovery codes"] = (typeof(RecoveryCodesPage), new RecoveryCodesModel(["aaaa-bbbb-cccc-dddd", "eeee-ffff-gggg-hhhh"]), Samples.Viewer),
    };
}
