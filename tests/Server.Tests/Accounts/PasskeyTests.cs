using System.Net;
using Rpd.Server.Tests.Support;

namespace Rpd.Server.Tests.Accounts;

public sealed class PasskeyTests(TestPostgres postgres)
{
    private const string Email = "ada@example.org", Password = "a quiet river bends", Security = "/settings/security", Passkeys = Security + "/passkeys";

    [Fact]
    public async Task A_passkey_opens_the_account_in_the_place_of_password_and_code()
    {
        await using var host = await AccountsHost.Start(postgres);
        var owner = await Protected.Account(host);
        using var key = new SoftKey();
        await Add(owner.Browser, key, "My <phone>");
        var page = await Read(await owner.Browser.Get(Security));
        Assert.Contains("My &lt;phone&gt;", page, StringComparison.Ordinal);
        Assert.Contains(await host.Letters(Email), letter => letter.Contains("Subject: A passkey was added", StringComparison.Ordinal));

        var browser = host.Open();
        key.Count = 1;
        var answer = await SignIn(browser, key, ("returnUrl", "/library"));
        Assert.Equal("/library", answer.Headers.Location?.ToString());
        Assert.Equal(owner.Id, await browser.Me());
        Assert.True(await host.Scalar<bool>("select second_factor_at = created_at from sessions order by created_at desc, second_factor_at desc limit 1"));
        Assert.Equal(1L, await host.Scalar<long>("select sign_count from passkeys where last_used_at is not null"));
    }

    [Fact]
    public async Task An_answer_that_was_given_before_opens_nothing()
    {
        await using var host = await AccountsHost.Start(postgres);
        using var key = await Joined(host);
        var browser = host.Open();
        var options = await browser.Post("/sign-in/passkey/options");
        var cookie = options.Headers.GetValues("Set-Cookie").Single(value => value.StartsWith("rpd-passkey=", StringComparison.Ordinal)).Split(';')[0];
        var answer = key.Get(await Read(options));
        // Cookie and answer, as they were copied on their way: good for whoever comes first, and for nobody else.
        var copy = host.Open();
        copy.Http.DefaultRequestHeaders.Add("Cookie", cookie);
        Assert.Equal(HttpStatusCode.SeeOther, (await copy.Post("/sign-in/passkey", ("credential", answer))).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await browser.Post("/sign-in/passkey", ("credential", answer))).StatusCode);
        Assert.Equal("nobody", await browser.Me());
    }

    [Fact]
    public async Task A_counter_that_does_not_go_up_is_a_copy()
    {
        await using var host = await AccountsHost.Start(postgres);
        using var key = await Joined(host);
        key.Count = 7;
        Assert.Equal(HttpStatusCode.SeeOther, (await SignIn(host.Open(), key)).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await SignIn(host.Open(), key)).StatusCode);
        key.Count = 8;
        var ready = await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ =>
        {
            var browser = host.Open();
            return (Browser: browser, Answer: key.Get(await Read(await browser.Post("/sign-in/passkey/options"))));
        }));
        var answers = await Task.WhenAll(ready.Select(one => one.Browser.Post("/sign-in/passkey", ("credential", one.Answer))));
        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.SeeOther);
    }

    [Fact]
    public async Task Nothing_is_taken_from_another_site_or_without_its_owner()
    {
        await using var host = await AccountsHost.Start(postgres);
        using var key = await Joined(host);
        key.Origin = "https://evil.example";
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await SignIn(host.Open(), key)).StatusCode);
        (key.Origin, key.Site) = ("http://localhost:5080", "evil.example");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await SignIn(host.Open(), key)).StatusCode);
        (key.Site, key.VerifiesUser) = ("localhost", false);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await SignIn(host.Open(), key)).StatusCode);
        key.VerifiesUser = true;
        await host.Execute("update accounts set status = 'suspended'");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await SignIn(host.Open(), key)).StatusCode);
        await host.Execute("update accounts set status = 'active'");
        Assert.Equal(HttpStatusCode.SeeOther, (await SignIn(host.Open(), key)).StatusCode);
        foreach (var nonsense in new[] { "", "{}", "not json" })
        {
            var browser = host.Open();
            await browser.Post("/sign-in/passkey/options");
            Assert.Equal(HttpStatusCode.UnprocessableEntity, (await browser.Post("/sign-in/passkey", ("credential", nonsense))).StatusCode);
        }
    }

    [Fact]
    public async Task Passkeys_are_named_and_removed_by_their_owner_alone()
    {
        await using var host = await AccountsHost.Start(postgres);
        var browser = host.Open();
        await browser.Join(host, Email, Password);
        using var key = new SoftKey { Synced = true };
        await Add(browser, key, "");
        var page = await Read(await browser.Get(Security));
        Assert.Contains("Firefox on Linux", page, StringComparison.Ordinal);
        Assert.Contains("Synced", page, StringComparison.Ordinal);
        Assert.Contains("This is your last passkey", page, StringComparison.Ordinal);
        var id = await host.Scalar<Guid>("select id from passkeys");

        var eve = host.Open("203.0.113.9");
        await eve.Join(host, "eve@example.org", Password);
        Assert.Equal(HttpStatusCode.NotFound, (await eve.Post($"{Passkeys}/{id}/rename", ("name", "mine"))).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await eve.Post($"{Passkeys}/{id}/delete")).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await browser.Post($"{Passkeys}/{id}/rename", ("name", " "))).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await browser.Post($"{Passkeys}/{id}/rename", ("name", new string('x', 61)))).StatusCode);
        await browser.Post($"{Passkeys}/{id}/rename", ("name", "Work laptop"));
        Assert.Equal("Work laptop", await host.Scalar<string>("select name from passkeys"));
        Assert.Equal(Security, (await browser.Post($"{Passkeys}/{id}/delete")).Headers.Location?.ToString());
        Assert.Equal(HttpStatusCode.NotFound, (await browser.Post($"{Passkeys}/{id}/delete")).StatusCode);
        Assert.Contains(await host.Letters(Email), letter => letter.Contains("Subject: A passkey was removed", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await SignIn(host.Open(), key)).StatusCode);
    }

    [Fact]
    public async Task A_key_that_one_account_has_is_not_given_to_another()
    {
        await using var host = await AccountsHost.Start(postgres);
        using var key = await Joined(host);
        var eve = host.Open("203.0.113.9");
        await eve.Join(host, "eve@example.org", Password);
        var credential = key.Create(await Read(await eve.Post(Passkeys + "/options")));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await eve.Post(Passkeys, ("credential", credential))).StatusCode);
        Assert.Equal(1L, await host.Scalar<long>("select count(*) from passkeys"));
    }

    private static async Task<SoftKey> Joined(AccountsHost host)
    {
        var browser = host.Open();
        await browser.Join(host, Email, Password);
        var key = new SoftKey();
        await Add(browser, key, "Key");
        return key;
    }

    private static async Task Add(Browser browser, SoftKey key, string name)
    {
        var credential = key.Create(await Read(await browser.Post(Passkeys + "/options")));
        var added = await browser.Post(Passkeys, ("credential", credential), ("name", name));
        Assert.True(added.StatusCode == HttpStatusCode.SeeOther, await Read(added));
    }

    private static async Task<HttpResponseMessage> SignIn(Browser browser, SoftKey key, params (string Name, string Value)[] more) =>
        await browser.Post("/sign-in/passkey", [("credential", key.Get(await Read(await browser.Post("/sign-in/passkey/options")))), .. more]);

    private static Task<string> Read(HttpResponseMessage answer) => answer.Content.ReadAsStringAsync();
}
