using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Rpd.Server.Accounts.TwoFactor;
using Rpd.Server.Tests.Support;

namespace Rpd.Server.Tests.Accounts;

public sealed class TwoFactorTests(TestPostgres postgres)
{
    private const string Email = "ada@example.org", Password = "a quiet river bends", Security = "/settings/security";

    [Fact]
    public async Task After_the_password_a_code_is_asked_for_and_before_it_there_is_no_session()
    {
        await using var host = await AccountsHost.Start(postgres);
        var owner = await Protected.Account(host);
        var browser = host.Open();
        var answer = await browser.Post("/sign-in", ("email", Email), ("password", Password), ("returnUrl", "/library"));
        Assert.Equal("/sign-in/code?returnUrl=%2Flibrary", answer.Headers.Location?.ToString());
        Assert.DoesNotContain(answer.Headers.GetValues("Set-Cookie"), cookie => cookie.StartsWith("rpd=", StringComparison.Ordinal));
        Assert.Equal(1L, await host.Scalar<long>("select count(*) from sessions where revoked_at is null"));
        Assert.Equal("nobody", await browser.Me());

        var wrong = await browser.Post("/sign-in/code", ("code", "000000"), ("returnUrl", "/library"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
        Assert.Contains("That code is not right", await wrong.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal("nobody", await browser.Me());

        Assert.Equal("/library", (await browser.Post("/sign-in/code", ("code", owner.Code()), ("returnUrl", "/library"))).Headers.Location?.ToString());
        Assert.Equal(owner.Id, await browser.Me());
        Assert.Equal(2L, await host.Scalar<long>("select count(*) from sessions where second_factor_at is not null and revoked_at is null"));
        Assert.Equal("/sign-in?returnUrl=%2Flibrary", (await host.Open().Post("/sign-in/code", ("code", owner.Code()), ("returnUrl", "/library"))).Headers.Location?.ToString());
    }

    [Fact]
    public async Task Of_two_who_come_with_one_code_at_once_one_gets_in()
    {
        await using var host = await AccountsHost.Start(postgres);
        var owner = await Protected.Account(host);
        var code = owner.Code();
        var browsers = await Task.WhenAll(Enumerable.Range(0, 6).Select(async _ =>
        {
            var browser = host.Open();
            await browser.SignIn(Email, Password);
            return browser;
        }));
        var answers = await Task.WhenAll(browsers.Select(browser => browser.Post("/sign-in/code", ("code", code))));
        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.SeeOther);
        // Nor is an older one taken after a newer.
        var late = host.Open();
        await late.SignIn(Email, Password);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await late.Post("/sign-in/code", ("code", owner.Code(-1)))).StatusCode);
    }

    [Fact]
    public async Task A_recovery_code_works_once_also_for_two_at_once_and_its_owner_is_told()
    {
        await using var host = await AccountsHost.Start(postgres);
        var owner = await Protected.Account(host);
        Assert.Equal(10, owner.RecoveryCodes.Distinct().Count());
        Assert.Equal(0L, await host.Scalar<long>($"select count(*) from recovery_codes where encode(hash, 'escape') like '%{owner.RecoveryCodes[0].Replace("-", "", StringComparison.Ordinal)}%'"));
        var (one, two) = (host.Open(), host.Open());
        await one.SignIn(Email, Password);
        await two.SignIn(Email, Password);
        var code = owner.RecoveryCodes[3].ToUpperInvariant().Replace('-', ' ');
        var answers = await Task.WhenAll(one.Post("/sign-in/code", ("recoveryCode", code)), two.Post("/sign-in/code", ("recoveryCode", code)));
        Assert.Equal([HttpStatusCode.SeeOther, HttpStatusCode.UnprocessableEntity], answers.Select(answer => answer.StatusCode).Order());
        Assert.Contains(await host.Letters(Email), letter => letter.Contains("9 are left", StringComparison.Ordinal));
        Assert.Equal(9L, await host.Scalar<long>("select count(*) from recovery_codes where used_at is null"));
    }

    [Fact]
    public async Task After_five_wrong_codes_not_even_the_right_one_is_looked_at_for_five_minutes()
    {
        await using var host = await AccountsHost.Start(postgres);
        var owner = await Protected.Account(host);
        var browser = host.Open();
        await browser.SignIn(Email, Password);
        var guesses = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => browser.Post("/sign-in/code", ("code", $"00000{i % 10}"))));
        Assert.Equal(5, guesses.Count(answer => answer.StatusCode == HttpStatusCode.UnprocessableEntity));
        Assert.Equal(HttpStatusCode.TooManyRequests, (await browser.Post("/sign-in/code", ("code", owner.Code()))).StatusCode);
        host.Clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(HttpStatusCode.SeeOther, (await browser.Post("/sign-in/code", ("code", owner.Code()))).StatusCode);
    }

    [Fact]
    public async Task A_trusted_browser_needs_no_code_for_thirty_days_unless_the_password_changes()
    {
        await using var host = await AccountsHost.Start(postgres);
        var owner = await Protected.Account(host);
        var (browser, other) = (host.Open(), host.Open());
        await browser.SignIn(Email, Password);
        await browser.Post("/sign-in/code", ("code", owner.Code()), ("trust", "true"));
        host.Clock.Advance(TimeSpan.FromDays(29));
        Assert.Equal("/playground", (await browser.SignIn(Email, Password)).Headers.Location?.ToString());
        // What counts is when the code was typed.
        Assert.True(await host.Scalar<bool>("select second_factor_at < created_at - interval '28 days' from sessions order by created_at desc limit 1"));
        Assert.Equal("/sign-in/code", (await other.SignIn(Email, Password)).Headers.Location?.ToString());
        host.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal("/sign-in/code", (await browser.SignIn(Email, Password)).Headers.Location?.ToString());

        await browser.Post("/sign-in/code", ("code", owner.Code()), ("trust", "true"));
        await host.Execute("insert into passkeys select gen_random_uuid(), id, '\\x01', '\\x02', 'Phone', 0, '{}', false, false, '\\x03', '\\x04', now() from accounts");
        await host.Open().Post("/forgot-password", ("email", Email));
        var query = System.Web.HttpUtility.ParseQueryString((await host.Link(Email)).Split('?')[1]);
        await host.Open().Post("/reset-password", ("account", query["account"]!), ("token", query["token"]!), ("password", "seven green bottles"));
        Assert.Equal("/sign-in/code", (await browser.SignIn(Email, "seven green bottles")).Headers.Location?.ToString());
        Assert.Equal(0L, await host.Scalar<long>("select count(*) from passkeys"));
    }

    [Fact]
    public async Task A_right_password_waits_ten_minutes_for_its_code()
    {
        await using var host = await AccountsHost.Start(postgres);
        var owner = await Protected.Account(host);
        var browser = host.Open();
        await browser.SignIn(Email, Password);
        host.Clock.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal("/sign-in", (await browser.Post("/sign-in/code", ("code", owner.Code()))).Headers.Location?.ToString());
        await browser.SignIn(Email, Password);
        await host.Execute("update accounts set security_stamp = 'another'");
        Assert.Equal("/sign-in", (await browser.Post("/sign-in/code", ("code", owner.Code()))).Headers.Location?.ToString());
    }

    [Fact]
    public async Task It_is_on_only_after_a_code_and_the_secret_lies_sealed()
    {
        await using var host = await AccountsHost.Start(postgres);
        var browser = host.Open();
        await browser.Join(host, Email, Password);
        Assert.Equal(Security, (await browser.Get(Security + "/two-factor")).Headers.Location?.ToString());
        var secret = await Protected.Begin(browser);
        Assert.DoesNotContain(secret, await host.Scalar<string>("select sealed_secret from authenticators"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await browser.Post(Security + "/two-factor/confirm", ("code", "12345"))).StatusCode);
        Assert.Equal("/playground", (await host.Open().SignIn(Email, Password)).Headers.Location?.ToString());

        var code = Totp.CodeAt(Protected.Bytes(secret), Totp.StepAt(host.Clock.GetUtcNow()));
        Assert.Equal(Security + "/recovery-codes", (await browser.Post(Security + "/two-factor/confirm", ("code", code))).Headers.Location?.ToString());
        var shown = await browser.Get(Security + "/recovery-codes");
        Assert.Contains("no-store", shown.Headers.CacheControl?.ToString(), StringComparison.Ordinal);
        Assert.Equal(Security, (await browser.Get(Security + "/recovery-codes")).Headers.Location?.ToString());
        Assert.Contains(await host.Letters(Email), letter => letter.Contains("Subject: Two-factor is on", StringComparison.Ordinal));
        // The secret of one that is on is never shown, and not replaced.
        await browser.Post(Security + "/two-factor");
        Assert.Equal(Security, (await browser.Get(Security + "/two-factor")).Headers.Location?.ToString());
        Assert.Equal("/sign-in/code", (await host.Open().SignIn(Email, Password)).Headers.Location?.ToString());
    }

    [Theory]
    [InlineData("code")]
    [InlineData("recovery")]
    public async Task It_is_turned_off_with_a_code_and_not_without_nor_with_the_password_alone(string by)
    {
        await using var host = await AccountsHost.Start(postgres);
        var owner = await Protected.Account(host);
        foreach (var wrong in new[] { "", Password, "000000", "aaaa-bbbb-cccc-dddd" })
            Assert.Equal(HttpStatusCode.UnprocessableEntity, (await owner.Browser.Post(Security + "/two-factor/off", ("proof", wrong))).StatusCode);
        var proof = by == "code" ? owner.Code() : owner.RecoveryCodes[0];
        Assert.Equal(Security, (await owner.Browser.Post(Security + "/two-factor/off", ("proof", proof))).Headers.Location?.ToString());
        Assert.Equal("/playground", (await host.Open().SignIn(Email, Password)).Headers.Location?.ToString());
        Assert.Equal(0L, await host.Scalar<long>("select (select count(*) from authenticators) + (select count(*) from recovery_codes) + (select count(*) from trusted_browsers)"));
        Assert.Contains(await host.Letters(Email), letter => letter.Contains("Subject: Two-factor is off", StringComparison.Ordinal));
    }

    [Fact]
    public async Task New_recovery_codes_end_the_old_ones_and_come_as_a_file_of_nothing_else()
    {
        await using var host = await AccountsHost.Start(postgres);
        var owner = await Protected.Account(host);
        Assert.Equal(Security + "/recovery-codes", (await owner.Browser.Post(Security + "/recovery-codes", ("proof", owner.Code()))).Headers.Location?.ToString());
        var codes = Protected.CodesIn(await (await owner.Browser.Get(Security + "/recovery-codes")).Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal(10, codes.Except(owner.RecoveryCodes).Count());
        var browser = host.Open();
        await browser.SignIn(Email, Password);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await browser.Post("/sign-in/code", ("recoveryCode", owner.RecoveryCodes[0]))).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await browser.Post("/sign-in/code", ("recoveryCode", codes[0]))).StatusCode);

        var file = await owner.Browser.Post(Security + "/recovery-codes/file", ("codes", $"{codes[0]} <script>alert(1)</script> {codes[1]}"));
        Assert.Equal("text/plain", file.Content.Headers.ContentType?.MediaType);
        Assert.Equal("attachment", file.Content.Headers.ContentDisposition?.DispositionType);
        var text = await file.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains($"{codes[0]}\n{codes[1]}\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("script", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_has_been_signed_in_for_a_while_shows_who_they_are_before_changing_anything()
    {
        await using var host = await AccountsHost.Start(postgres);
        var browser = host.Open();
        await browser.Join(host, Email, Password);
        host.Clock.Advance(TimeSpan.FromMinutes(31));
        Assert.Equal(Security + "/prove", (await browser.Post(Security + "/two-factor")).Headers.Location?.ToString());
        Assert.Equal(HttpStatusCode.Forbidden, (await browser.Post(Security + "/passkeys/options")).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await browser.Post(Security + "/prove", ("proof", "wrong, wrong, wrong"))).StatusCode);
        Assert.Equal("/keys", (await browser.Post(Security + "/prove", ("proof", Password), ("returnUrl", "/keys"))).Headers.Location?.ToString());
        Assert.Equal(Security + "/two-factor", (await browser.Post(Security + "/two-factor")).Headers.Location?.ToString());
        Assert.Equal(HttpStatusCode.OK, (await browser.Get(Security + "/two-factor")).StatusCode);
        Assert.Equal(0L, await host.Scalar<long>("select count(*) from sessions where second_factor_at is not null"));

        // A secret that was begun with and left waits for nobody.
        host.Clock.Advance(TimeSpan.FromMinutes(31));
        Assert.Equal(Security + "/prove", (await browser.Get(Security + "/two-factor")).Headers.Location?.ToString());
        Assert.Equal(Security + "/prove", (await browser.Post(Security + "/two-factor/confirm", ("code", "000000"))).Headers.Location?.ToString());
        await browser.Post(Security + "/prove", ("proof", Password));
        Assert.Equal(Security, (await browser.Get(Security + "/two-factor")).Headers.Location?.ToString());
    }

    [Fact]
    public async Task Others_that_accept_a_password_can_ask_for_the_code_too()
    {
        await using var host = await AccountsHost.Start(postgres);
        var owner = await Protected.Account(host);
        var eve = Guid.Parse(await host.Open("203.0.113.9").Join(host, "eve@example.org", Password));
        using var scope = host.Services.CreateScope();
        var verify = scope.ServiceProvider.GetRequiredService<VerifySecondFactor>();
        var id = Guid.Parse(owner.Id);
        Assert.Equal("TWO_FACTOR_REQUIRED", (await verify.Run(id, null, null, CancellationToken.None)).Refusal?.Code);
        Assert.Equal("TWO_FACTOR_INVALID", (await verify.Run(id, "000000", null, CancellationToken.None)).Refusal?.Code);
        Assert.Equal("TWO_FACTOR_INVALID", (await verify.Run(eve, owner.Code(), null, CancellationToken.None)).Refusal?.Code);
        Assert.Equal(host.Clock.GetUtcNow(), (await verify.Run(id, owner.Code(), null, CancellationToken.None)).Value);
    }

    /// <summary>From the appendix of RFC 6238, cut to six digits.</summary>
    [Theory]
    [InlineData(59, "287082")]
    [InlineData(1111111109, "081804")]
    [InlineData(1234567890, "005924")]
    [InlineData(20000000000, "353130")]
    public void Codes_are_those_of_the_standard(long seconds, string code) =>
        Assert.Equal(code, Totp.CodeAt("12345678901234567890"u8, Totp.StepAt(DateTimeOffset.FromUnixTimeSeconds(seconds))));
}

/// <summary>An account with two-factor on, and the phone that belongs to it.</summary>
public sealed partial record Protected(AccountsHost Host, Browser Browser, string Id, byte[] Secret, IReadOnlyList<string> RecoveryCodes)
{
    public static async Task<Protected> Account(AccountsHost host)
    {
        var browser = host.Open();
        var id = await browser.Join(host, "ada@example.org", "a quiet river bends");
        var secret = Bytes(await Begin(browser));
        await browser.Post("/settings/security/two-factor/confirm", ("code", Totp.CodeAt(secret, Totp.StepAt(host.Clock.GetUtcNow()))));
        var codes = CodesIn(await (await browser.Get("/settings/security/recovery-codes")).Content.ReadAsStringAsync());
        // The next code is another one.
        host.Clock.Advance(TimeSpan.FromSeconds(90));
        return new(host, browser, id, secret, codes);
    }

    /// <returns>The key as it is shown, without its spaces.</returns>
    public static async Task<string> Begin(Browser browser)
    {
        Assert.Equal("/settings/security/two-factor", (await browser.Post("/settings/security/two-factor")).Headers.Location?.ToString());
        var page = await (await browser.Get("/settings/security/two-factor")).Content.ReadAsStringAsync();
        return Key().Match(page).Groups[1].Value.Replace(" ", "", StringComparison.Ordinal);
    }

    public string Code(int steps = 0) => Totp.CodeAt(Secret, Totp.StepAt(Host.Clock.GetUtcNow()) + steps);

    public static string[] CodesIn(string page) => [.. Group().Matches(Shown().Match(page).Groups[1].Value).Select(match => match.Value)];

    public static byte[] Bytes(string base32)
    {
        var bits = string.Concat(base32.Select(letter => Convert.ToString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(letter, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        return [.. Enumerable.Range(0, bits.Length / 8).Select(i => Convert.ToByte(bits.Substring(i * 8, 8), 2))];
    }

    [GeneratedRegex("id=\"two-factor-key\"[^>]*>([A-Z2-7 ]+)<")]
    private static partial Regex Key();

    [GeneratedRegex("id=\"recovery-codes\"[^>]*>([^<]+)<")]
    private static partial Regex Shown();

    [GeneratedRegex("[a-z2-7]{4}(-[a-z2-7]{4}){3}")]
    private static partial Regex Group();
}
