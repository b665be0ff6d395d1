using Rpd.Shared;
using Rpd.Shared.Admin;
using Rpd.Shared.Audit;
using Rpd.Shared.Credits;
using Rpd.Web.Admin;
using Rpd.Web.Library;

namespace Rpd.Web.Tests.Support;

/// <summary>The administrators' pages about people, work and the house.</summary>
internal static class AdministrationStates
{
    private static readonly Viewer Admin = Samples.Viewer with { IsAdmin = true };

    private static readonly OverviewView Overview = new(new(3, 1, 10_000, 2, 1, 4), [new("quick", 4, 1, 2), new("slow", 10_000, 2, 754)],
        [.. Enumerable.Range(0, 24).Select(n => new TrafficHour(Samples.Now.AddHours(n - 23), 1_200 + n, n, 4_000))], new(2.4, 71, 812), 96_000, 2_500, 80_000, [new("usd", 4_900, 1_204_350), new("eur", 0, 900)], [new("kling", true, true), new("openai", true, false)]);

    private static readonly JobView Job = new(42, "notification.letter", "quick", "dead", 8, 8, Samples.Now, Samples.Now, "The letter could not be <sent>: 550 no such mailbox", Samples.Id(4).ToString());

    private static readonly QueueModel Queue = new(Overview.Lanes, [Job with { Id = 7, State = "ready", LastError = null, Subject = null }], [new("notification.letter", 12), new("mail.send", 10_000)], "notification.letter",
        new([Job, Job with { Id = 41 }], "older"), "here", "1 job was discarded.");

    private static readonly FailingWebhookView Webhook = new(Samples.Id(60), Samples.Id(61), "mara", "https://hooks.example.org/a/very/long/path/that/goes/on/and/on/and/on", "paused", "Every attempt of 3 days failed.", Samples.Now, 97, 100, 502, null);

    private static readonly AdminUserSummary User = new(Samples.Id(61), "mara.with.a.long.address@mail.department.example.org", "mara", "Mara <M>", "creator", "user", "active", 1234, Samples.Now);

    private static readonly AdminUserView Account = new(User, true, true, 2, new(1234, 10, new(200, 34, 1000), 0, "creator", 500, Samples.Now, 10),
        [new(Samples.Id(62), "CI <key>", "rpd_sk", "9xYz", ["generate", "read"], "good", Samples.Now, Samples.Now), new(Samples.Id(63), "old", "rpd_sk", "0000", ["read"], "revoked", null, Samples.Now)],
        [new("Firefox on Linux", "203.0.113.7", Samples.Now, Samples.Now, true), new("Chrome on Android", "203.0.113.8", Samples.Now, Samples.Now, false)]);

    private static readonly AuditView Done = new(Samples.Id(990), Samples.Now, "@root root@example.org", "account.note", Samples.Id(61).ToString(), null, """{"note":"Writes in French."}""", "203.0.113.7");

    private static readonly AdminGenerationSummary Run = new(Samples.Id(70), Samples.Id(61), "mara", "text2image", "kling", "kling-3.0", "completed", null, 4, 0, Samples.Now, Samples.Now.AddSeconds(71));

    private static readonly AdminGenerationView Generation = new(Run, Samples.Generation(3), "native", null, false, null, [], 3, false);

    private static readonly DecisionView Decision = new(Samples.Id(73), Samples.Id(74), Samples.Id(61), "mara", "hide", "A person who has not agreed", true, 3, Samples.Now, "She has <agreed>.", Samples.Now, false);

    private static readonly ReportsModel Reports = new(new([
        new(Samples.Id(72), Samples.Id(61), "mara", 3, "A <title>", "a prompt", "public", true, 3, [new("privacy", 2), new("spam", 1)], ["That is me.", "Spam <b>"], Samples.Now, Samples.Generation(3).Outputs),
        new(Samples.Id(75), Samples.Id(61), "mara", 1, null, null, "unlisted", false, 1, [new("other", 1)], [], Samples.Now, [])], "older"), "here", [Decision],
        [Decision, Decision with { Id = Samples.Id(76), Decision = "dismiss", Strike = false, Appeal = null }], null);

    private static readonly UserModel Person = new(Account,
        [new(3, Samples.Now, "adjust", 25, "promo", 1234, null, "a bad <day>"), new(2, Samples.Now, "settle", 0, "none", 1209, new("generation", Samples.Id(4).ToString()), null)],
        [Done], ["free", "creator", "business"], Samples.Id(64), null);

    private static readonly LedgerProof Proof = new(Samples.Now, 0.4, 12, 3456, 0, [], new(1, 2, 3, 0, 4, -1234, -5000, -800));

    public static readonly PageStates All = new()
    {
        ["overview"] = (typeof(OverviewPage), Overview, Admin),
        ["overview, nothing yet"] = (typeof(OverviewPage), Overview with { Waiting = new(0, 0, 0, 0, 0, 0), Hours = [], Latency = new(null, null, 0), Revenue = [], Providers = [], Lanes = [new("quick", 0, 0, null)] }, Admin),
        ["queue"] = (typeof(QueuePage), Queue, Admin),
        ["queue, nothing wrong"] = (typeof(QueuePage), new QueueModel(Overview.Lanes, [], [], null, new([], null), null, null), Admin),
        ["queue, refused"] = (typeof(QueuePage), Queue with { Said = null, Refused = new(QueueModel.FormOf("discard", 42, null), FormErrors.Of("reason", "Say why: it is written down with the change."), new Dictionary<string, string>()) }, Admin),
        ["failing webhooks"] = (typeof(FailingWebhooksPage), new FailingWebhooksModel(new([Webhook, Webhook with { Id = Samples.Id(65), Status = "active", StatusReason = null, FailingSince = null, LastStatus = null, LastError = "No connection." }], "older"), "here", "https://x receives again."), Admin),
        ["failing webhooks, none"] = (typeof(FailingWebhooksPage), new FailingWebhooksModel(new([], null), null, null), Admin),
        ["generations of everybody"] = (typeof(AdminGenerationsPage), new AdminGenerationsModel(new(Status: "failed", From: Samples.Now), new([Run, Run with { Id = Samples.Id(71), Status = "failed", ErrorCode = "provider_timeout", CreditsRefunded = 4, CompletedAt = null }], "older"), "here"), Admin),
        ["generations of everybody, look further"] = (typeof(AdminGenerationsPage), new AdminGenerationsModel(new(Test: true), new([], "older"), null), Admin),
        ["generations of everybody, none"] = (typeof(AdminGenerationsPage), new AdminGenerationsModel(new(), new([], null), null), Admin),
        ["generation of somebody"] = (typeof(AdminGenerationPage), new AdminGenerationModel(Generation, null) { Refused = new("refund", FormErrors.Of("credits", "credits must be between 1 and 3."), new Dictionary<string, string> { ["credits"] = "9" }) }, Admin),
        ["generation of somebody, stuck"] = (typeof(AdminGenerationPage), new AdminGenerationModel(Generation with
        {
            Generation = Samples.Generation(3) with { Status = "processing", CompletedAt = null, Receipt = null },
            Job = Job with { Kind = "generation.submit" },
            Captured = 0,
            Test = true,
            Submissions = [new(0, 1, "kling", "kling-3.0", "failed", "up-42", "Unavailable", "<busy>", Samples.Now)],
        }, "It has all its attempts again."), Admin),
        ["generation of somebody, given back"] = (typeof(AdminGenerationPage), new AdminGenerationModel(Generation with { Refunded = true, ApiKeyId = Samples.Id(62) }, null), Admin),
        ["reports"] = (typeof(ReportsPage), Reports, Admin),
        ["reports, nothing waits"] = (typeof(ReportsPage), new ReportsModel(new([], null), null, [], [], "The work is hidden, and its author is told."), Admin),
        ["reports, refused"] = (typeof(ReportsPage), Reports with { Refused = new($"hide-{Samples.Id(72)}", FormErrors.Of("reason", "Say why."), new Dictionary<string, string> { ["strike"] = "true" }) }, Admin),
        ["a hidden work of one's own"] = (typeof(GenerationPage), Samples.GenerationPage(Samples.Generation(3)) with { Hidden = new("It shows a person who has not agreed.", Samples.Now, null, false) }, Samples.Viewer),
        ["a hidden work, appealed"] = (typeof(GenerationPage), Samples.GenerationPage(Samples.Generation(3)) with { Hidden = new("It shows a person.", Samples.Now, "She <agreed>.", true) }, Samples.Viewer),
        ["ledger"] = (typeof(LedgerPage), new LedgerModel(Proof, false, new(Samples.Id(61), "adjust", Samples.Now), "mara", new([new(Person.Entries[0], "admin:x"), new(Person.Entries[1], "gen:x:settle")], "older"), "here"), Admin),
        ["ledger, faults and another proof running"] = (typeof(LedgerPage), new LedgerModel(Proof with { Faults = ["019: balance 3/0 differs from its entries 2/0"], SumOfAllBooks = 1 }, true, new(Samples.Id(61)), "mara", new([], null), null), Admin),
        ["ledger, never proved"] = (typeof(LedgerPage), new LedgerModel(null, false, null, null, null, null), Admin),
        ["providers of the house"] = (typeof(ProvidersPage), new ProvidersModel([new("kling", true, true, 12, 10, 3), new("openai", true, false, 1, 1, 10_000), new("luma", false, false, 4, 0, 0)], "kling has answered within 80 ms, and takes the credentials.")
        { Refused = new("close-kling", FormErrors.Of("reason", "Say why."), new Dictionary<string, string>()) }, Admin),
        ["switches"] = (typeof(SwitchesPage), new SwitchesModel([.. Switch.All.Select(one => (one, one != Switch.Chat))], "Chat: off, everywhere within about a second.") { Refused = new("chat", FormErrors.Of("reason", "Say why."), new Dictionary<string, string>()) }, Admin),
        ["announcements"] = (typeof(AnnouncementsPage), new AnnouncementsModel([new(Samples.Id(80), "We move to <new> disks on Sunday.", "warning", Samples.Now, Samples.Now), new(Samples.Id(81), "Welcome!", "info", Samples.Now, null)], null)
        { Refused = new("announce", new([new("text", "text is required."), new("until", "This is no date and time.")]), new Dictionary<string, string> { ["level"] = "warning", ["until"] = "soon" }) }, Admin),
        ["announcements, none yet"] = (typeof(AnnouncementsPage), new AnnouncementsModel([], "It is announced."), Admin),
        ["users"] = (typeof(UsersPage), new UsersModel(new("mara", "creator"), ["free", "creator"], new([User, User with { Id = Samples.Id(66), Role = "admin", Status = "suspended" }], "older"), "here"), Admin),
        ["users, nobody"] = (typeof(UsersPage), new UsersModel(new("zebra"), ["free"], new([], null), null), Admin),
        ["user"] = (typeof(UserPage), Person, Admin),
        ["user, suspended and empty"] = (typeof(UserPage), Person with
        {
            Account = Account with { User = User with { Status = "suspended", Role = "admin" }, EmailConfirmed = false, Authenticator = false, Passkeys = 0, Keys = [], Sessions = [] },
            Entries = [],
            Done = [],
            Said = "The account is suspended.",
        }, Admin),
        ["user, refused"] = (typeof(UserPage), Person with { Refused = new("credits", new([new("credits", "The bucket promo holds 25."), new("reason", "Say why.")]), new Dictionary<string, string> { ["bucket"] = "allowance", ["credits"] = "-26", ["reason"] = "" }) }, Admin),
    };
}
