using System.Net;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Rpd.Server.Tests.Support;

namespace Rpd.Server.Tests.Accounts;

public sealed class SignUpTests(TestPostgres postgres)
{
    private const string Password = "a quiet river bends";

    [Fact]
    public async Task A_new_account_is_opened_by_the_link_in_its_letter_and_gets_the_welcome_credits_once()
    {
        await using var host = await AccountsHost.Start(postgres);
        var browser = host.Open();
        var sent = await browser.SignUp("Ada.Lovelace@example.org", Password);
        Assert.Equal("/confirm/sent", sent.Headers.Location?.ToString());
        var link = await host.Link("Ada.Lovelace@example.org");
        Assert.StartsWith("/confirm?account=", link, StringComparison.Ordinal);

        for (var times = 0; times < 2; times++)
            Assert.Equal("/confirm/done", (await browser.Get(link)).Headers.Location?.ToString());

        Assert.Equal(100L, await host.Scalar<long>("select promo from credit_balances"));
        Assert.Equal(1L, await host.Scalar<long>("select count(*) from events where name = 'account.confirmed'"));
        Assert.Equal("ada_lovelace Ada Lovelace free", await host.Scalar<string>("select handle || ' ' || display_name || ' ' || plan from accounts"));
        var welcome = (await host.Letters("Ada.Lovelace@example.org"))[^1];
        Assert.Contains((await host.Scalar<Guid>("select id from accounts")).ToString(), welcome, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_HEAD_on_the_link_confirms_nothing_and_after_a_day_the_link_is_dead()
    {
        await using var host = await AccountsHost.Start(postgres);
        var browser = host.Open();
        await browser.SignUp("ada@example.org", Password);
        var link = await host.Link("ada@example.org");
        using var head = new HttpRequestMessage(HttpMethod.Head, link);
        Assert.Equal(HttpStatusCode.OK, (await browser.Http.SendAsync(head, TestContext.Current.CancellationToken)).StatusCode);
        Assert.False(await host.Scalar<bool>("select email_confirmed from accounts"));

        host.Clock.Advance(TimeSpan.FromHours(24));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await browser.Get(link)).StatusCode);
        Assert.False(await host.Scalar<bool>("select email_confirmed from accounts"));
    }

    [Theory]
    [InlineData("A.B+x@gmail.com", "ab@gmail.com")]
    [InlineData("ab@gmail.com", "a.b@googlemail.com")]
    [InlineData("carol@example.org", "Caro.l+2@EXAMPLE.org")]
    public async Task One_mailbox_gets_one_welcome_grant_however_it_is_spelled(string first, string second)
    {
        await using var host = await AccountsHost.Start(postgres);
        await host.Open().Join(host, first, Password);
        await host.Open("203.0.113.1").Join(host, second, Password);
        Assert.Equal(2L, await host.Scalar<long>("select count(*) from accounts where email_confirmed"));
        Assert.Equal(1L, await host.Scalar<long>("select count(*) from credit_entries where kind = 'grant'"));
    }

    [Fact]
    public async Task Of_twenty_accounts_that_one_network_opens_at_once_exactly_five_get_the_grant_and_tomorrow_five_more()
    {
        await using var host = await AccountsHost.Start(postgres);
        await Open("today");
        Assert.Equal(5L, await host.Scalar<long>("select count(*) from credit_entries where kind = 'grant'"));
        Assert.Equal(20L, await host.Scalar<long>("select count(*) from accounts where email_confirmed"));
        host.Clock.Advance(TimeSpan.FromDays(1));
        await Open("tomorrow");
        Assert.Equal(10L, await host.Scalar<long>("select count(*) from credit_entries where kind = 'grant'"));

        async Task Open(string day)
        {
            var emails = Enumerable.Range(0, 20).Select(i => $"{day}{i}@example.org").ToArray();
            foreach (var email in emails) await host.Open().SignUp(email, Password);
            var links = new List<string>();
            foreach (var email in emails) links.Add(await host.Link(email));
            // Each from another address of the same /24.
            await Task.WhenAll(links.Select((link, i) => host.Open($"198.51.100.{i + 1}").Get(link)));
        }
    }

    [Fact]
    public async Task The_same_link_opened_twenty_times_at_once_grants_once()
    {
        await using var host = await AccountsHost.Start(postgres);
        await host.Open().SignUp("ada@example.org", Password);
        var link = await host.Link("ada@example.org");
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => host.Open().Get(link)));
        Assert.All(answers, answer => Assert.Equal("/confirm/done", answer.Headers.Location?.ToString()));
        Assert.Equal(100L, await host.Scalar<long>("select promo from credit_balances"));
        Assert.Equal(1L, await host.Scalar<long>("select count(*) from events where name = 'account.confirmed'"));
    }

    [Fact]
    public async Task Signing_up_with_a_taken_address_looks_the_same_and_tells_the_owner()
    {
        await using var host = await AccountsHost.Start(postgres);
        await host.Open().Join(host, "ada@example.org", Password);
        var stranger = host.Open();
        var taken = await stranger.SignUp("ADA@example.org", "somebody else's words");
        var free = await host.Open().SignUp("bob@example.org", "somebody else's words");
        Assert.Equal((free.StatusCode, free.Headers.Location), (taken.StatusCode, taken.Headers.Location));
        Assert.Contains("Subject: You already have an account", (await host.Letters("ada@example.org"))[^1], StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await stranger.SignIn("ada@example.org", "somebody else's words")).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await host.Open().SignIn("ada@example.org", Password)).StatusCode);
    }

    [Theory]
    [InlineData("the stranger's words", Password)]
    [InlineData(Password, "the stranger's words")]
    public async Task Of_two_sign_ups_with_one_address_neither_password_counts_and_the_owner_chooses(string first, string second)
    {
        await using var host = await AccountsHost.Start(postgres);
        await host.Open().SignUp("ada@example.org", first);
        var old = await host.Link("ada@example.org");
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        await host.Open().SignUp("ada@example.org", second);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await host.Open().Get(old)).StatusCode);

        var link = await host.Link("ada@example.org");
        Assert.StartsWith("/reset-password?", link, StringComparison.Ordinal);
        // A third one, or the letter asked for again, changes nothing about it.
        await host.Open().SignUp("ada@example.org", "the stranger's words");
        await host.Open().Post("/confirm/resend", ("email", "ada@example.org"));
        Assert.StartsWith("/reset-password?", await host.Link("ada@example.org"), StringComparison.Ordinal);
        Assert.Equal("/reset-password/done", (await Choose(link, "seven green bottles")).Headers.Location?.ToString());

        foreach (var password in new[] { "the stranger's words", Password })
            Assert.Equal(HttpStatusCode.UnprocessableEntity, (await host.Open().SignIn("ada@example.org", password)).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await host.Open().SignIn("ada@example.org", "seven green bottles")).StatusCode);
        Assert.Equal(100L, await host.Scalar<long>("select promo from credit_balances"));

        Task<HttpResponseMessage> Choose(string letter, string password)
        {
            var query = QueryHelpers.ParseQuery(letter[letter.IndexOf('?', StringComparison.Ordinal)..]);
            return host.Open().Post("/reset-password", ("account", query["account"].ToString()), ("token", query["token"].ToString()), ("password", password));
        }
    }

    [Fact]
    public async Task The_same_sign_up_again_sends_the_letter_again_and_both_links_work()
    {
        await using var host = await AccountsHost.Start(postgres);
        await host.Open().SignUp("ada@example.org", Password);
        var first = await host.Link("ada@example.org");
        await host.Open().SignUp("Ada@example.org", Password);
        Assert.Equal(2, (await host.Letters("ada@example.org")).Count);
        Assert.Equal("/confirm/done", (await host.Open().Get(first)).Headers.Location?.ToString());
        Assert.Equal(HttpStatusCode.SeeOther, (await host.Open().SignIn("ada@example.org", Password)).StatusCode);
    }

    [Fact]
    public async Task A_sign_up_that_read_the_account_before_it_was_confirmed_cannot_change_it_afterwards()
    {
        await using var host = await AccountsHost.Start(postgres);
        await host.Open().SignUp("ada@example.org", Password);
        await using var scope = host.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AppDb>();
        var read = await db.Accounts.SingleAsync(TestContext.Current.CancellationToken);
        await host.Open().Get(await host.Link("ada@example.org"));
        read.PasswordHash = null;
        await Assert.ThrowsAsync<DbUpdateConcurrencyException>(() => db.SaveChangesAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("", Password)]
    [InlineData("nobody", Password)]
    [InlineData("ad\u0131@example.org", Password)]
    [InlineData("a@b.org\r\nBcc: x@y.org", Password)]
    [InlineData("ada@example.org", "short")]
    [InlineData("ada@example.org", "password123")]
    [InlineData("ada@example.org", "ada@example.ORG")]
    public async Task What_cannot_be_is_shown_again_at_422(string email, string password)
    {
        await using var host = await AccountsHost.Start(postgres);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await host.Open().SignUp(email, password)).StatusCode);
        Assert.Equal(0L, await host.Scalar<long>("select count(*) from accounts"));
    }

    [Theory]
    [InlineData("/playground?prompt=a%20fox", "?returnUrl=%2Fplayground%3Fprompt%3Da%2520fox")]
    [InlineData("//evil.example", "")]
    public async Task The_way_back_survives_the_letter(string returnUrl, string carried)
    {
        await using var host = await AccountsHost.Start(postgres);
        var browser = host.Open();
        var sent = await browser.Post("/sign-up", ("email", "ada@example.org"), ("password", Password), ("returnUrl", returnUrl));
        Assert.Equal("/confirm/sent" + carried, sent.Headers.Location?.ToString());
        var link = await host.Link("ada@example.org");
        Assert.DoesNotContain("fox", link, StringComparison.Ordinal);

        Assert.Equal("/confirm/done", (await host.Open().Get(link)).Headers.Location?.ToString());
        var done = await browser.Get(link);
        Assert.Equal("/confirm/done" + carried, done.Headers.Location?.ToString());
        var notice = await (await browser.Get(done.Headers.Location!.ToString())).Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains($"href=\"/sign-in{carried}\"", notice, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_people_are_invited_nobody_signs_up_by_themselves()
    {
        await using var host = await AccountsHost.Start(postgres, ("Accounts:SignUp", "invite"));
        var browser = host.Open();
        Assert.DoesNotContain("<form method=\"post\" action=\"/sign-up\"", await (await browser.Get("/sign-up")).Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await browser.SignUp("ada@example.org", Password)).StatusCode);
        Assert.Equal(0L, await host.Scalar<long>("select count(*) from accounts"));
    }

    [Theory]
    [InlineData("Accounts:SignUp", "closed", "Accounts:SignUp must be one of: open, request, invite.")]
    [InlineData("Accounts:SignUpOpen", "false", "Accounts:SignUpOpen is now Accounts:SignUp")]
    public async Task A_mode_that_there_is_not_and_the_settings_former_name_stop_the_start(string name, string value, string said)
    {
        var fault = await Assert.ThrowsAsync<Microsoft.Extensions.Options.OptionsValidationException>(() => AccountsHost.Start(postgres, (name, value)));
        Assert.Contains(said, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_queued_letter_shows_its_link_to_nobody_who_reads_the_database()
    {
        await using var host = await AccountsHost.Start(postgres);
        await host.Open().SignUp("ada@example.org", Password);
        var queued = await host.Scalar<string>("select args::text from jobs");
        Assert.DoesNotContain("confirm", queued, StringComparison.Ordinal);
        Assert.DoesNotContain("example.org", queued, StringComparison.Ordinal);
    }
}
