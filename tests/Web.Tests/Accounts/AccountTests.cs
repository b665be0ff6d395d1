using Rpd.Shared;
using Rpd.Shared.Accounts;
using Rpd.Web.Accounts;
using Rpd.Web.ApiKeys;
using Rpd.Web.Tests.Support;

namespace Rpd.Web.Tests.Accounts;

public class AccountTests
{
    [Fact]
    public async Task A_new_password_is_asked_for_with_the_lengths_that_are_accepted()
    {
        var page = await Draw.Page<SignUpPage>(new SignUpModel(new(), FormErrors.None, true, 0));
        var field = page.GetElementById("f-password")!;
        Assert.Equal(("new-password", "200"), (field.GetAttribute("autocomplete"), field.GetAttribute("maxlength")));
        Assert.StartsWith($"{PasswordLength.Min} characters", page.GetElementById(field.GetAttribute("aria-describedby")!)!.TextContent);

        var signIn = await Draw.Page<SignInPage>(new SignInModel(new(), FormErrors.None, true));
        Assert.Equal("current-password", signIn.GetElementById("f-password")!.GetAttribute("autocomplete"));
    }

    [Fact]
    public async Task Removing_the_last_thing_beside_the_password_is_warned_of_and_only_then()
    {
        Assert.Single((await Draw.Page<SecurityPage>(IdentityStates.OnePasskey, Samples.Viewer)).QuerySelectorAll(".notice-bad:not([hidden])"));
        Assert.Empty((await Draw.Page<SecurityPage>(IdentityStates.Full, Samples.Viewer)).QuerySelectorAll(".notice-bad:not([hidden])"));
    }

    [Fact]
    public async Task Passkeys_are_offered_at_the_one_email_field_and_codes_at_theirs()
    {
        var signIn = await Draw.Page<SignInPage>(new SignInModel(new(), FormErrors.None, true));
        Assert.Equal("username webauthn", signIn.GetElementById("f-email")!.GetAttribute("autocomplete"));
        Assert.True(signIn.QuerySelector("[data-passkey-target=button]")!.HasAttribute("hidden"));
        // Enter presses the first button that submits.
        Assert.Equal("Sign in", signIn.QuerySelector("form[action='/sign-in'] [type=submit]")!.TextContent);
        var code = (await Draw.Page<CodePage>(new CodeModel(new(), FormErrors.None))).GetElementById("f-code")!;
        Assert.Equal(("one-time-code", "numeric"), (code.GetAttribute("autocomplete"), code.GetAttribute("inputmode")));
    }

    [Fact]
    public async Task The_page_says_whose_drafts_it_may_show()
    {
        Assert.Equal(Samples.Viewer.AccountId.ToString(), (await Draw.Page<SecurityPage>(IdentityStates.Bare, Samples.Viewer)).QuerySelector("meta[name=account]")!.GetAttribute("content"));
        Assert.Null((await Draw.Page<SignInPage>(new SignInModel(new(), FormErrors.None, true))).QuerySelector("meta[name=account]"));
    }

    [Fact]
    public async Task A_page_that_shows_a_secret_is_not_kept_for_the_Back_button()
    {
        const string meta = "head meta[name=turbo-cache-control][content=no-cache]";
        Assert.NotNull((await Draw.Page<KeysPage>(Samples.Keys with { Created = Samples.Key with { Secret = "rpd_sk_secret" } }, Samples.Viewer)).QuerySelector(meta));
        Assert.Null((await Draw.Page<KeysPage>(Samples.Keys, Samples.Viewer)).QuerySelector(meta));
    }
}
