using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Rpd.Server.Access;
using Rpd.Server.Tests.Support;

namespace Rpd.Server.Tests.Access;

/// <summary>A server that strangers have to ask for access.</summary>
public sealed class AskingApp(TestPostgres postgres) : SharedApp(postgres)
{
    protected override Task<App> Start(TestPostgres on) => App.Start(on, ("Accounts:SignUp", "request"), ("Accounts:RequestsPerNetwork", "1000"));
}

public sealed partial class AccessTests(AskingApp shared, TestPostgres postgres) : IClassFixture<AskingApp>
{
    private const string Project = "A machine that weaves patterns of algebra.", Password = "a quiet river bends";

    private App App => shared.App;

    private string Email { get; } = $"{Guid.NewGuid():N}@example.org";

    [Fact]
    public async Task A_request_that_is_accepted_becomes_a_letter_and_its_link_one_account_without_another_letter()
    {
        var stranger = Stranger();
        Assert.Equal("/request-access", (await stranger.Get("/sign-up")).Headers.Location?.ToString());
        Assert.Equal("/request-access/sent", (await Ask(stranger, Email)).Headers.Location?.ToString());
        var admin = await Admin();
        var request = await App.Scalar<Guid>("select id from access_requests where email = $1", Email);
        Assert.Contains(Project, await admin.Read("/admin/access"), StringComparison.Ordinal);
        Assert.Contains($"Requests for access</dt><dd><a href=\"/admin/access\">{await App.Scalar<long>("select count(*) from access_requests where status = 'open'")}<", await admin.Read("/admin"), StringComparison.Ordinal);
        await admin.Post("/admin/access", $"/admin/access/{request}/accept");
        var link = await Letter(Email);

        Assert.Contains(Email, await stranger.Read(link), StringComparison.Ordinal);
        var weak = await Join(stranger, link, "short");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, weak.StatusCode);
        var joined = await Join(stranger, link, Password);

        Assert.Equal("/playground", joined.Headers.Location?.ToString());
        Assert.Equal(HttpStatusCode.OK, (await stranger.Get("/credits")).StatusCode);
        Assert.Equal("true 100", await App.Scalar<string>("select a.email_confirmed || ' ' || b.promo from accounts a join credit_balances b on b.account_id = a.id where a.email = $1", Email));
        Assert.Equal("accepted", await App.Scalar<string>("select status from access_requests where id = $1", request));
        Assert.Equal(1, await App.Scalar<long>("select count(*) from audit_entries where action = 'access.request' and target = $1 and before ->> 'status' = 'open' and after ->> 'status' = 'accepted'", Email));
        var again = await Stranger().Get(link);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, again.StatusCode);
        Assert.Contains("This invitation was used", await Text(again), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_access_is_asked_for_nobody_simply_signs_up()
    {
        var stranger = Stranger();
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await stranger.Post("/request-access", "/sign-up", ("email", Email), ("password", Password))).StatusCode);
        Assert.Equal(0, await App.Scalar<long>("select count(*) from accounts where email = $1", Email));
        Assert.Contains("href=\"/sign-up\"", await stranger.Read("/sign-in"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_has_an_account_or_has_asked_before_gets_the_same_answer_and_only_administrators_see_it()
    {
        var known = await App.Scalar<string>("select email from accounts where id = $1", (await App.Caller()).Account);
        var answers = new List<(HttpStatusCode, string?)>();
        foreach (var email in new[] { Email, Email.ToUpperInvariant(), known })
        {
            var answer = await Ask(Stranger(), email);
            answers.Add((answer.StatusCode, answer.Headers.Location?.ToString()));
        }

        Assert.Single(answers.Distinct());
        Assert.Equal(1, await App.Scalar<long>("select count(*) from access_requests where lower(email) = $1", Email));
        var queue = await (await Admin()).Read("/admin/access");
        Assert.Contains("Has an account", queue[queue.IndexOf(known, StringComparison.Ordinal)..][..200], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_is_declined_with_a_reason_once_and_its_letter_says_it()
    {
        await Ask(Stranger(), Email);
        var admin = await Admin();
        var request = await App.Scalar<Guid>("select id from access_requests where email = $1", Email);
        var bare = await admin.Post("/admin/access", $"/admin/access/{request}/decline", ("reason", " "));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, bare.StatusCode);
        Assert.Contains("Say why", await Text(bare), StringComparison.Ordinal);

        await admin.Post("/admin/access", $"/admin/access/{request}/decline", ("reason", "We are full until spring."));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await admin.Post("/admin/access", $"/admin/access/{request}/accept")).StatusCode);
        Assert.EndsWith("/explore", await Letter(Email, "We are full until spring."), StringComparison.Ordinal);
        Assert.Contains("We are full until spring.", await admin.Read("/admin/access?state=declined"), StringComparison.Ordinal);
        // They may ask again.
        await Ask(Stranger(), Email);
        Assert.Equal(2, await App.Scalar<long>("select count(*) from access_requests where email = $1", Email));
    }

    [Theory]
    [InlineData("", "ada@example.org", Project, "Tell us your name")]
    [InlineData("Ada", "ada", Project, "This is not an e-mail address.")]
    [InlineData("Ada", "ada@example.org", "too short", "Tell us about your project")]
    public async Task What_is_missing_in_a_request_is_said_beside_its_field(string name, string email, string project, string said)
    {
        var answer = await Stranger().Post("/request-access", "/request-access", ("name", name), ("email", email), ("project", project));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains(said, await Text(answer), StringComparison.Ordinal);
        Assert.Equal(0, await App.Scalar<long>("select count(*) from access_requests where email = 'ada@example.org'"));
    }

    [Fact]
    public async Task Of_one_network_only_so_many_are_heard_in_a_day()
    {
        await using var app = await App.Start(postgres, ("Accounts:SignUp", "request"), ("Accounts:RequestsPerNetwork", "2"));
        var stranger = new PageVisitor(app.CreateClient(new() { AllowAutoRedirect = false }));
        foreach (var name in new[] { "one", "two" }) Assert.Equal(HttpStatusCode.SeeOther, (await Ask(stranger, $"{name}@example.org")).StatusCode);

        var third = await Ask(stranger, "three@example.org");

        Assert.Equal(HttpStatusCode.TooManyRequests, third.StatusCode);
        Assert.Contains("three@example.org", await Text(third), StringComparison.Ordinal);
        Assert.Equal(2, await app.Scalar<long>("select count(*) from access_requests"));
    }

    [Fact]
    public async Task An_invitation_that_is_posted_ten_times_at_once_opens_one_account()
    {
        var link = await Invited();
        var visitors = Enumerable.Range(0, 10).Select(_ => Stranger()).ToArray();

        var answers = await Task.WhenAll(visitors.Select(visitor => Join(visitor, link, Password)));

        Assert.Equal(1, answers.Count(answer => answer.StatusCode == HttpStatusCode.SeeOther));
        Assert.Equal(9, answers.Count(answer => answer.StatusCode == HttpStatusCode.UnprocessableEntity));
        Assert.Equal(100, await App.Scalar<long>("select sum(e.promo)::bigint from credit_entries e join accounts a on a.id = e.account_id where a.email = $1", Email));
    }

    [Theory]
    [InlineData("update invites set expires_at = now() where email = $1", "This invitation has expired")]
    [InlineData("delete from invites where email = $1", "This invitation does not work")]
    public async Task An_invitation_that_does_not_work_any_more_says_why(string happened, string said)
    {
        var link = await Invited();
        var stranger = Stranger();
        await stranger.Read(link);
        await App.Execute(happened, Email);

        var (opened, posted) = (await stranger.Get(link), await stranger.Post("/request-access", "/invite", ("token", Token(link)), ("password", Password)));

        Assert.Equal((HttpStatusCode.UnprocessableEntity, HttpStatusCode.UnprocessableEntity), (opened.StatusCode, posted.StatusCode));
        Assert.Contains(said, await Text(opened), StringComparison.Ordinal);
        Assert.Contains(said, await Text(posted), StringComparison.Ordinal);
        Assert.Equal(0, await App.Scalar<long>("select count(*) from accounts where email = $1", Email));
    }

    [Fact]
    public async Task Whoever_has_an_account_is_told_so_instead_of_being_invited()
    {
        var known = await App.Scalar<string>("select email from accounts where id = $1", (await App.Caller()).Account);
        await (await Admin()).Post("/admin/access", "/admin/access/invite", ("email", known));

        Assert.EndsWith("/sign-in", await Letter(known, "You have an account already"), StringComparison.Ordinal);
        Assert.Equal(0, await App.Scalar<long>("select count(*) from invites where email = $1", known));
    }

    [Fact]
    public async Task Of_two_administrators_who_decide_at_once_one_does()
    {
        await Ask(Stranger(), Email);
        var admin = await Admin();
        var request = await App.Scalar<Guid>("select id from access_requests where email = $1", Email);

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => admin.Post("/admin/access", $"/admin/access/{request}/accept")));

        Assert.Equal([HttpStatusCode.SeeOther, .. Enumerable.Repeat(HttpStatusCode.UnprocessableEntity, 5)], answers.Select(answer => answer.StatusCode).Order());
        Assert.Equal(1, await App.Scalar<long>("select count(*) from invites where email = $1", Email));
        Assert.Equal(1, await App.Scalar<long>("select count(*) from audit_entries where target = $1", Email));
    }

    [Fact]
    public async Task Requests_and_invitations_are_forgotten_after_ninety_days()
    {
        var old = $"{Guid.NewGuid():N}@example.org";
        foreach (var email in new[] { Email, old })
        {
            await Ask(Stranger(), email);
            await (await Admin()).Post("/admin/access", "/admin/access/invite", ("email", email));
        }
        await App.Execute("update access_requests set created_at = now() - interval '91 days' where email = $1", old);
        await App.Execute("update invites set expires_at = now() - interval '91 days' where email = $1", old);

        await using (var scope = App.Services.CreateAsyncScope()) await scope.ServiceProvider.GetRequiredService<ForgetAccess>().Run(CancellationToken.None);

        foreach (var (email, kept) in new[] { (Email, 2L), (old, 0L) })
            Assert.Equal(kept, await App.Scalar<long>("select (select count(*) from access_requests where email = $1) + (select count(*) from invites where email = $1)", email));
    }

    private PageVisitor Stranger() => new(App.CreateClient(new() { AllowAutoRedirect = false }));

    private async Task<PageVisitor> Admin() => await PageVisitor.Administer(App, (await App.Caller(admin: true)).Account);

    private static Task<HttpResponseMessage> Ask(PageVisitor stranger, string email) =>
        stranger.Post("/request-access", "/request-access", ("name", "Ada"), ("email", email), ("project", Project));

    private async Task<string> Invited()
    {
        await (await Admin()).Post("/admin/access", "/admin/access/invite", ("email", Email));
        return await Letter(Email);
    }

    private static Task<HttpResponseMessage> Join(PageVisitor visitor, string link, string password) => visitor.Post(link, "/invite", ("token", Token(link)), ("password", password));

    private static string Token(string link) => Uri.UnescapeDataString(link.Split("token=")[1]);

    private static Task<string> Text(HttpResponseMessage answer) => answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

    /// <summary>The path of the first link in a letter.</summary>
    private async Task<string> Letter(string to, string with = "")
    {
        var outbox = Path.Combine(App.DataFolder, "outbox");
        for (var looks = 0; looks < 400; looks++, await Task.Delay(50))
        {
            foreach (var file in Directory.Exists(outbox) ? Directory.GetFiles(outbox, $"*-{to}*.eml") : [])
                if (await File.ReadAllTextAsync(file) is var text && text.Contains(with, StringComparison.Ordinal)) return new Uri(Link().Match(text).Value).PathAndQuery;
        }
        throw new TimeoutException($"No letter to {to}.");
    }

    [GeneratedRegex("^http[^\r\n]+", RegexOptions.Multiline)]
    private static partial Regex Link();
}
