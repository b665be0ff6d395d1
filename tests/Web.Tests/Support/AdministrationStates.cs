using Rpd.Shared;
using Rpd.Shared.Admin;
using Rpd.Shared.Audit;
using Rpd.Shared.Credits;
using Rpd.Web.Admin;

namespace Rpd.Web.Tests.Support;

/// <summary>The administrators' pages about people, work and the house.</summary>
internal static class AdministrationStates
{
    private static readonly Viewer Admin = Samples.Viewer with { IsAdmin = true };

    private static readonly OverviewView Overview = new(new(3, 1, 10_000, 2), [new("quick", 4, 1, 2), new("slow", 10_000, 2, 754)],
        [.. Enumerable.Range(0, 24).Select(n => new TrafficHour(Samples.Now.AddHours(n - 23), 1_200 + n, n, 4_000))], new(2.4, 71, 812), 96_000, 2_500, 80_000, [new("kling", true, true), new("openai", true, false)]);

    private static readonly JobView Job = new(42, "notification.letter", "quick", "dead", 8, 8, Samples.Now, Samples.Now, "The letter could not be <sent>: 550 no such mailbox", Samples.Id(4).ToString());

    private static readonly QueueModel Queue = new(Overview.Lanes, [Job with { Id = 7, State = "ready", LastError = null, Subject = null }], [new("notification.letter", 12), new("mail.send", 10_000)], "notification.letter",
        new([Job, Job with { Id = 41 }], "older"), "here", "1 job was discarded.");

    private static readonly FailingWebhookView Webhook = new(Samples.Id(60), Samples.Id(61), "mara", "https://hooks.example.org/a/very/long/path/that/goes/on/and/on/and/on", "paused", "Every attempt of 3 days failed.", Samples.Now, 97, 100, 502, null);

    private static readonly AdminUserSummary User = new(Samples.Id(61), "mara.with.a.long.address@mail.department.example.org", "mara", "Mara <M>", "creator", "user", "active", 1234, Samples.Now);

    private static readonly AdminUserView Account = new(User, true, true, 2, new(1234, 10, new(200, 34, 1000), 0, "creator", 500, Samples.Now, 10),
        [new(Samples.Id(62), "CI <key>", "rpd_sk", "9xYz", ["generate", "read"], "good", Samples.Now, Samples.Now), new(Samples.Id(63), "old", "rpd_sk", "0000", ["read"], "revoked", null, Samples.Now)],
        [new("Firefox on Linux", "203.0.113.7", Samples.Now, Samples.Now, true), new("Chrome on Android", "203.0.113.8", Samples.Now, Samples.Now, false)]);

    private static readonly AuditView Done = new(Samples.Id(990), Samples.Now, "@root root@example.org", "account.note", Samples.Id(61).ToString(), null, """{"note":"Writes in French."}""", "203.0.113.7");

    private static readonly UserModel Person = new(Account,
        [new(3, Samples.Now, "adjust", 25, "promo", 1234, null, "a bad <day>"), new(2, Samples.Now, "settle", 0, "none", 1209, new("generation", Samples.Id(4).ToString()), null)],
        [Done], ["free", "creator", "business"], Samples.Id(64), null);

    public static readonly PageStates All = new()
    {
        ["overview"] = (typeof(OverviewPage), Overview, Admin),
        ["overview, nothing yet"] = (typeof(OverviewPage), Overview with { Waiting = new(0, 0, 0, 0), Hours = [], Latency = new(null, null, 0), Providers = [], Lanes = [new("quick", 0, 0, null)] }, Admin),
        ["queue"] = (typeof(QueuePage), Queue, Admin),
        ["queue, nothing wrong"] = (typeof(QueuePage), new QueueModel(Overview.Lanes, [], [], null, new([], null), null, null), Admin),
        ["queue, refused"] = (typeof(QueuePage), Queue with { Said = null, Refused = new(QueueModel.FormOf("discard", 42, null), FormErrors.Of("reason", "Say why: it is written down with the change."), new Dictionary<string, string>()) }, Admin),
        ["failing webhooks"] = (typeof(FailingWebhooksPage), new FailingWebhooksModel(new([Webhook, Webhook with { Id = Samples.Id(65), Status = "active", StatusReason = null, FailingSince = null, LastStatus = null, LastError = "No connection." }], "older"), "here", "https://x receives again."), Admin),
        ["failing webhooks, none"] = (typeof(FailingWebhooksPage), new FailingWebhooksModel(new([], null), null, null), Admin),
        ["users"] = (typeof(UsersPage), new UsersModel(new("mara", "creator"), ["free", "creator"], new([User, User with { Id = Samples.Id(66), Role = "admin", Status = "suspended" }], "older"), "here"), Admin),
        ["users, nobody"] = (typeof(UsersPage), new UsersModel(new("zebra"), ["free"], new([], null), null), Admin),
        ["user"] = (typeof(UserPage), Person, Admin),
        ["user, suspended and empty"] = (typeof(UserPage), Person with
        {
            Account = Account with { User = User with { Status = "suspended", Role = "admin" }, EmailConfirmed = false, Authenticator = false, Passkeys = 0, Keys = [], Sessions = [] },
            Entries = [], Done = [], Said = "The account is suspended.",
        }, Admin),
        ["user, refused"] = (typeof(UserPage), Person with { Refused = new("credits", new([new("credits", "The bucket promo holds 25."), new("reason", "Say why.")]), new Dictionary<string, string> { ["bucket"] = "allowance", ["credits"] = "-26", ["reason"] = "" }) }, Admin),
    };
}
