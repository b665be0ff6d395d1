using System.IO.Compression;
using Rpd.E2E.Support;
using static Microsoft.Playwright.Assertions;

namespace Rpd.E2E;

public sealed class OwnAccount(Site site, Browser browser)
{
    private const string Password = "three quiet old boats";

    [Fact]
    public async Task Somebody_gives_themselves_a_face_and_a_name()
    {
        await using var mia = await browser.Visitor(site);
        await mia.SignUp("mia.profile@example.org", Password);
        await mia.Goto("/settings");
        await mia.Labelled("Name").FillAsync("Mia Okafor");
        await mia.Labelled("Handle").FillAsync("mia_draws");
        await mia.Labelled("About you").FillAsync("Ink, mostly.");
        await mia.Labelled("Time zone").SelectOptionAsync("Asia/Tokyo");
        await mia.Button("Save profile").ClickAsync();
        await Expect(mia.Page.GetByRole(Microsoft.Playwright.AriaRole.Status).GetByText("Saved.")).ToBeVisibleAsync();
        await Expect(mia.Labelled("Handle")).ToHaveValueAsync("mia_draws");

        await mia.Labelled("Picture").SetInputFilesAsync(new Microsoft.Playwright.FilePayload { Name = "me.png", MimeType = "image/png", Buffer = Dot });
        await Expect(mia.Page.Locator(".picture .avatar img")).ToHaveAttributeAsync("src", new System.Text.RegularExpressions.Regex("^blob:"));
        await mia.Labelled("About you").FillAsync("Ink, and lately film.");
        await mia.Page.GetByLabel("Others may see what I like").ClickAsync();
        var likes = await mia.Page.GetByLabel("Others may see what I like").IsCheckedAsync();
        await mia.Button("Use this picture").ClickAsync();
        await Expect(mia.Page.GetByText("This is your picture now.")).ToBeVisibleAsync();
        // What stood in the form beside it, not saved yet, still stands there.
        await Expect(mia.Labelled("About you")).ToHaveValueAsync("Ink, and lately film.");
        await Expect(mia.Page.GetByLabel("Others may see what I like")).ToBeCheckedAsync(new() { Checked = likes });
        var face = mia.Page.Locator("header .avatar img");
        Assert.Equal(96, await face.EvaluateAsync<int>("image => image.decode().then(() => image.naturalWidth)"));
        await mia.Button("Remove the picture").ClickAsync();
        await Expect(face).ToHaveCountAsync(0);

        await mia.Goto("/settings/notifications");
        await mia.Page.GetByLabel("Somebody follows you, by email").CheckAsync();
        await mia.Button("Save").ClickAsync();
        await Expect(mia.Page.GetByText("Saved.")).ToBeVisibleAsync();
        await Expect(mia.Page.GetByLabel("Somebody follows you, by email")).ToBeCheckedAsync();
    }

    [Fact]
    public async Task A_key_gets_another_name_and_limits_and_a_mistake_costs_nothing_typed()
    {
        await using var ole = await browser.Visitor(site);
        await ole.SignUp("ole.keys@example.org", Password);
        await ole.Goto("/keys");
        await ole.Labelled("Name").FillAsync("laptop");
        await ole.Button("Create key").ClickAsync();
        await ole.Saved();
        await ole.Page.GetByLabel("Edit laptop").ClickAsync();
        var form = ole.Page.Locator("form[action$='/change']");
        await form.GetByLabel("Name").FillAsync("desk");
        await form.GetByLabel("Spending cap").FillAsync("lots");
        await form.GetByLabel("Only from").FillAsync("203.0.113.0/24");
        await form.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(form.GetByText("The cap must be a whole number of credits.")).ToBeVisibleAsync();
        await Expect(form.GetByLabel("Name")).ToHaveValueAsync("desk");
        await Expect(form.GetByLabel("Spending cap")).ToBeFocusedAsync();
        await form.GetByLabel("Spending cap").FillAsync("40");
        await form.GetByLabel("Cap counts").SelectOptionAsync("day");
        await form.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(ole.Page.GetByText("0 of 40 credits spent this day")).ToBeVisibleAsync();
        await Expect(ole.Page.GetByText("Only from 203.0.113.0/24")).ToBeVisibleAsync();
        await Expect(ole.Page.Locator(".key b").First).ToHaveTextAsync("desk");
    }

    [Fact]
    public async Task Somebody_takes_their_data_along_leaves_changes_their_mind_and_leaves()
    {
        await using var noa = await browser.Visitor(site);
        await noa.SignUp("noa.leaves@example.org", Password);
        await noa.Goto("/settings/data");
        await noa.Page.Locator("#f-export-password").FillAsync(Password);
        var download = await noa.Page.RunAndWaitForDownloadAsync(() => noa.Button("Download everything").ClickAsync());
        await using (var zip = await ZipFile.OpenReadAsync(await download.PathAsync(), TestContext.Current.CancellationToken))
        {
            using var account = new StreamReader(zip.GetEntry("account.json")!.Open());
            Assert.Contains("noa.leaves@example.org", await account.ReadToEndAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        }

        await Leave(noa);
        await noa.Goto(await site.MailedLink("noa.leaves@example.org", "/leaving"));
        await noa.Button("Keep my account").ClickAsync();
        await Expect(noa.Heading("Your account stays")).ToBeVisibleAsync();
        await noa.SignIn("noa.leaves@example.org", Password);

        await Leave(noa);
        await noa.Goto("/sign-in");
        await noa.Labelled("Email").FillAsync("noa.leaves@example.org");
        await noa.Labelled("Password").FillAsync(Password);
        await noa.Button("Sign in").ClickAsync();
        await Expect(noa.Heading("Keep your account?")).ToBeVisibleAsync();
        await noa.Link("Let it be deleted").ClickAsync();
        await Expect(noa.Page.GetByRole(Microsoft.Playwright.AriaRole.Link, new() { Name = "Sign in", Exact = true }).First).ToBeVisibleAsync();
    }

    private static async Task Leave(Visitor visitor)
    {
        await visitor.Goto("/settings/data");
        var label = visitor.Page.GetByLabel("Type your handle, noa_leaves");
        await label.FillAsync("noa_leaves");
        await visitor.Page.Locator("#f-leave-password").FillAsync(Password);
        await visitor.Button("Delete my account").ClickAsync();
        await Expect(visitor.Heading("You are signed out")).ToBeVisibleAsync();
    }

    /// <summary>A picture of one pixel.</summary>
    private static readonly byte[] Dot = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M/wHwAEBgIApD5fRAAAAABJRU5ErkJggg==");
}
