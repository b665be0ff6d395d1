using Rpd.Shared;
using Rpd.Shared.Accounts;
using Rpd.Web.Accounts;
using Rpd.Web.ApiKeys;
using Rpd.Web.Credits;
using Rpd.Web.Docs;
using Rpd.Web.Explore;
using Rpd.Web.Landing;
using Rpd.Web.Library;
using Rpd.Web.Playground;
using Rpd.Web.Status;

namespace Rpd.Web.Tests.Support;

/// <summary>Every page in the states that differ, with the viewer that the state needs.</summary>
public static class AllPages
{
    private static readonly FormErrors Wrong = new([new("email", "Write your email."), new("password", "10 characters at least."), new("", "That did not work.")]);

    private static readonly PageStates First = new()
    {
        ["landing"] = (typeof(LandingPage), Samples.Landing, null),
        ["landing, empty and closed"] = (typeof(LandingPage), new LandingModel([], false, 0, 0, 0, true), null),
        ["explore"] = (typeof(ExplorePage), Samples.ExplorePage, null),
        ["explore, further down"] = (typeof(ExplorePage), Samples.ExplorePage with { Cursor = "abc" }, null),
        ["explore, nothing matches"] = (typeof(ExplorePage), Samples.ExplorePage with { Works = new([], null), Filter = new(Q: "zebra") }, null),
        ["explore, empty"] = (typeof(ExplorePage), Samples.ExplorePage with { Works = new([], null), GalleryEmpty = true }, null),
        ["work"] = (typeof(WorkPage), Samples.Work, null),
        ["sign up"] = (typeof(SignUpPage), new SignUpModel(new() { ReturnUrl = "/playground" }, Wrong, true, 50), null),
        ["sign up, closed"] = (typeof(SignUpPage), new SignUpModel(new(), FormErrors.None, false, 0), null),
        ["sign in"] = (typeof(SignInPage), new SignInModel(new() { Email = "a@b.c" }, Wrong, true, true), null),
        ["forgot password"] = (typeof(ForgotPasswordPage), new ForgotPasswordModel(new(), Wrong), null),
        ["reset password"] = (typeof(ResetPasswordPage), new ResetPasswordModel(new() { Account = "1", Token = "t" }, Wrong), null),
        ["first administrator"] = (typeof(FirstAdminPage), new FirstAdminModel(new() { Token = "t" }, Wrong), null),
        ["notice"] = (typeof(NoticePage), new NoticeModel("Check your mail", "We have sent you a link.", "Explore", "/explore", "a@b.c"), null),
        ["settings"] = (typeof(SettingsPage), Samples.Settings, Samples.Viewer),
        ["sessions"] = (typeof(SessionsPage), Samples.Sessions, Samples.Viewer),
        ["playground"] = (typeof(PlaygroundPage), Samples.Playground(), Samples.Viewer),
        ["playground, empty"] = (typeof(PlaygroundPage), Samples.Playground(empty: true), Samples.Viewer),
        ["playground, video"] = (typeof(PlaygroundPage), Samples.Playground("text2video", "kling-3.0"), Samples.Viewer),
        ["playground, refused"] = (typeof(PlaygroundPage), Samples.Playground(errors: new([new("prompt", "Write what you want to see."), new("params.seed", "A whole number."), new("count", "One to four."), new("", "Not enough credits.")])), Samples.Viewer),
        ["playground, no model"] = (typeof(PlaygroundPage), Samples.Playground() with { Models = [] }, Samples.Viewer),
        ["library"] = (typeof(LibraryPage), new LibraryModel(new(), new(Samples.Playground().Recent, "next"), null), Samples.Viewer),
        ["library, nothing matches"] = (typeof(LibraryPage), new LibraryModel(new(Q: "zebra"), new([], null), null), Samples.Viewer),
        ["library, empty"] = (typeof(LibraryPage), new LibraryModel(new(), new([], null), null), Samples.Viewer),
        ["generation"] = (typeof(GenerationPage), Samples.GenerationPage(Samples.Generation(3), errors: new([new("title", "Too long."), new("visibility", "Choose one.")])), Samples.Viewer),
        ["generation, running"] = (typeof(GenerationPage), Samples.GenerationPage(Samples.Generation(3, "processing"), 10), Samples.Viewer),
        ["generation, queued"] = (typeof(GenerationPage), Samples.GenerationPage(Samples.Generation(3, "queued"), 0), Samples.Viewer),
        ["generation, failed"] = (typeof(GenerationPage), Samples.GenerationPage(Samples.Generation(3, "failed")), Samples.Viewer),
        ["generation, sound"] = (typeof(GenerationPage), Samples.GenerationPage(Samples.Generation(3, "completed", "audio")), Samples.Viewer),
        ["keys"] = (typeof(KeysPage), Samples.Keys, Samples.Viewer),
        ["keys, one made and one refused"] = (typeof(KeysPage), Samples.Keys with
        {
            Created = Samples.Key with { Secret = "rpd_sk_secret" },
            Refused = new(Samples.Key.Id, FormErrors.Of("name", "That is not its name.")),
            Errors = new([new("name", "Give it a name."), new("scopes", "Choose one."), new("capCredits", "A whole number."), new("allowedIps", "Not an address.")]),
        }, Samples.Viewer),
        ["keys, one changed and refused"] = (typeof(KeysPage), Samples.Keys with
        {
            Refused = new(Samples.Key.Id, new([new("name", "Give the key a name."), new("capCredits", "The cap must be a whole number of credits.")]), new() { Name = " ", CapCredits = "lots", CapPeriod = "week", AllowedIps = "10.0.0.0/8" }),
        }, Samples.Viewer),
        ["keys, none"] = (typeof(KeysPage), Samples.Keys with { Keys = [] }, Samples.Viewer),
        ["credits"] = (typeof(CreditsPage), Samples.Credits, Samples.Viewer),
        ["keys, one frozen"] = (typeof(KeysPage), Samples.Keys with { Keys = [Samples.Key with { Status = "frozen" }] }, Samples.Viewer),
        ["credits, said and refused"] = (typeof(CreditsPage), Samples.Credits with { Said = "Your code was good for 25 credits.", Threshold = "many", Errors = FormErrors.Of("threshold", "A whole number.") }, Samples.Viewer),
        ["credits, no history"] = (typeof(CreditsPage), Samples.Credits with { History = new([], null) }, Samples.Viewer),
        ["documentation"] = (typeof(GuidePage), new GuideModel(Samples.Base, [Samples.Chapter], [new(402, "INSUFFICIENT_CREDITS", "The balance does not cover the price.")], [new("free", 60, 5)], "1.0.0"), null),
        ["documentation, a chapter"] = (typeof(ChapterPage), new ChapterModel(Samples.Base, [Samples.Chapter], Samples.Chapter), Samples.Viewer),
        ["status 404"] = (typeof(StatusPage), Samples.Status(404), null),
        ["status 429"] = (typeof(StatusPage), Samples.Status(429), Samples.Viewer),
        ["status 418"] = (typeof(StatusPage), Samples.Status(418), null),
    };

    /// <summary>Those of every noun; a new one adds its own file and a line here.</summary>
    public static readonly IReadOnlyDictionary<string, (Type Page, object Model, Viewer? Viewer)> States = new PageStates[]
    {
        First,
        PeopleStates.States,
        GalleryStates.All,
        CompareStates.All,
        LibraryStates.All,
        DeveloperStates.All,
        AccountStates.All,
        IdentityStates.All,
        PlaygroundStates.All,
        CatalogueStates.All,
        AdminStates.All, AdministrationStates.All,
        PromotionStates.All,
        RecognitionStates.All,
        ChatStates.All,
        CustomModelStates.All,
        BillingStates.All,
    }.SelectMany(states => states).ToDictionary();

    public static TheoryData<string> Names => [.. States.Keys];

    public static async Task<(string Html, AngleSharp.Html.Dom.IHtmlDocument Page)> Drawn(string name)
    {
        var (page, model, viewer) = States[name];
        var html = await Draw.Html(page, model, viewer);
        return (html, Draw.Parse(html));
    }
}

public sealed class PageStates : Dictionary<string, (Type Page, object Model, Viewer? Viewer)>;
