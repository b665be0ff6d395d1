using System.Net;
using Rpd.Server.Tests.Support;

namespace Rpd.Server.Tests.Accounts;

public sealed class SessionTests(TestPostgres postgres)
{
    private const string Email = "ada@example.org", Password = "a quiet river bends";

    [Fact]
    public async Task A_session_ended_elsewhere_is_out_within_a_second()
    {
        await using var host = await AccountsHost.Start(postgres);
        var browser = host.Open();
        await browser.Join(host, Email, Password);
        // As another node would: the row changes, this process is not told.
        await host.Execute("update sessions set revoked_at = now()");
        host.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("nobody", await browser.Me());
    }

    [Fact]
    public async Task A_suspended_account_is_out_within_a_second_and_does_not_get_in_again()
    {
        await using var host = await AccountsHost.Start(postgres);
        var browser = host.Open();
        await browser.Join(host, Email, Password);
        await host.Execute("update accounts set status = 'suspended'");
        host.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("nobody", await browser.Me());
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await browser.SignIn(Email, Password)).StatusCode);
    }

    [Fact]
    public async Task Each_browser_can_end_the_others_and_only_its_owner_can()
    {
        await using var host = await AccountsHost.Start(postgres);
        var (one, two, stranger) = (host.Open(), host.Open(), host.Open("203.0.113.9"));
        var me = await one.Join(host, Email, Password);
        await two.SignIn(Email, Password);
        await stranger.Join(host, "eve@example.org", Password);
        var session = await host.Scalar<Guid>($"select id from sessions where account_id = '{me}' and revoked_at is null order by created_at desc limit 1");
        await stranger.Post($"/settings/sessions/{session}/revoke");
        Assert.Equal(me, await two.Me());
        Assert.Equal("/settings/sessions", (await one.Post("/settings/sessions/revoke-others")).Headers.Location?.ToString());
        Assert.Equal((me, "nobody"), (await one.Me(), await two.Me()));
        Assert.Equal("Firefox on Linux", Rpd.Server.Accounts.Device.InWords(await host.Scalar<string>("select user_agent from sessions limit 1")));
    }

    [Fact]
    public async Task Signing_in_makes_a_new_session_and_signing_out_ends_it_also_for_a_kept_cookie()
    {
        await using var host = await AccountsHost.Start(postgres);
        var browser = host.Open();
        await browser.Join(host, Email, Password);
        var cookie = (await browser.SignIn(Email, Password)).Headers.GetValues("Set-Cookie").Single(value => value.StartsWith("rpd=", StringComparison.Ordinal)).Split(';')[0];
        Assert.Equal(1L, await host.Scalar<long>("select count(*) from sessions where revoked_at is null"));
        Assert.Equal("/", (await browser.Post("/sign-out")).Headers.Location?.ToString());
        Assert.Equal("nobody", await browser.Me());
        var thief = host.Open();
        thief.Http.DefaultRequestHeaders.Add("Cookie", cookie);
        Assert.Equal("nobody", await thief.Me());
    }

    [Fact]
    public async Task A_new_password_ends_every_session_and_every_rest_and_its_link_works_once()
    {
        await using var host = await AccountsHost.Start(postgres);
        var browser = host.Open();
        await browser.Join(host, Email, Password);
        for (var i = 0; i < 5; i++) await host.Open().SignIn(Email, "wrong, wrong, wrong");
        var known = await host.Open().Post("/forgot-password", ("email", Email));
        var unknown = await host.Open().Post("/forgot-password", ("email", "nobody@example.org"));
        Assert.Equal((known.StatusCode, known.Headers.Location), (unknown.StatusCode, unknown.Headers.Location));
        Assert.Empty(await host.Letters("nobody@example.org"));
        var (account, token) = Parts(await host.Link(Email));

        var both = await Task.WhenAll(Reset(account, token), Reset(account, token));
        Assert.Equal([HttpStatusCode.SeeOther, HttpStatusCode.UnprocessableEntity], both.Select(answer => answer.StatusCode).Order());
        Assert.Equal("nobody", await browser.Me());
        Assert.Equal(HttpStatusCode.SeeOther, (await host.Open().SignIn(Email, "seven green bottles")).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Reset(account, token)).StatusCode);

        Task<HttpResponseMessage> Reset(string id, string secret) => host.Open().Post("/reset-password", ("account", id), ("token", secret), ("password", "seven green bottles"));
    }

    [Fact]
    public async Task A_reset_link_is_worth_nothing_after_an_hour_for_another_account_or_for_another_purpose()
    {
        await using var host = await AccountsHost.Start(postgres);
        await host.Open().Join(host, Email, Password);
        var eve = await host.Open("203.0.113.9").Join(host, "eve@example.org", Password);
        await host.Open().Post("/forgot-password", ("email", Email));
        var (account, token) = Parts(await host.Link(Email));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Reset(eve, token)).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await host.Open().Get($"/confirm?account={account}&token={token}")).StatusCode);
        host.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Reset(account, token)).StatusCode);

        Task<HttpResponseMessage> Reset(string id, string secret) => host.Open().Post("/reset-password", ("account", id), ("token", secret), ("password", "seven green bottles"));
    }

    [Fact]
    public async Task Strangers_cannot_fill_a_mailbox()
    {
        await using var host = await AccountsHost.Start(postgres);
        await host.Open().Join(host, Email, Password);
        var before = (await host.Letters(Email)).Count;
        for (var i = 0; i < 20; i++) Assert.Equal("/forgot-password/sent", (await host.Open().Post("/forgot-password", ("email", Email))).Headers.Location?.ToString());
        Assert.InRange((await host.Letters(Email)).Count - before, 1, 5);
    }

    private static (string Account, string Token) Parts(string link)
    {
        var query = System.Web.HttpUtility.ParseQueryString(link[link.IndexOf('?', StringComparison.Ordinal)..]);
        return (query["account"]!, query["token"]!);
    }
}
