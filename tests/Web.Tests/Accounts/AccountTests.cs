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
    public async Task A_page_that_shows_a_secret_is_not_kept_for_the_Back_button()
    {
        const string meta = "head meta[name=turbo-cache-control][content=no-cache]";
        Assert.NotNull((await Draw.Page<KeysPage>(Samples.Keys with { Created = Samples.Key with { Secret = "rpd_sk_secret" } }, Samples.Viewer)).QuerySelector(meta));
        Assert.Null((await Draw.Page<KeysPage>(Samples.Keys, Samples.Viewer)).QuerySelector(meta));
    }
}
