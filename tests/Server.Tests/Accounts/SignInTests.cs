using System.Net;
using System.Text.RegularExpressions;
using Rpd.Server.Tests.Support;

namespace Rpd.Server.Tests.Accounts;

public sealed partial class SignInTests(TestPostgres postgres)
{
    private const string Email = "ada@example.org", Password = "a quiet river bends";

    [Fact]
    public async Task An_unknown_address_a_wrong_password_an_unconfirmed_and_a_resting_account_answer_alike()
    {
        await using var host = await AccountsHost.Start(postgres);
        await host.Open().Join(host, Email, Password);
        await host.Open().SignUp("new@example.org", Password);
        for (var i = 0; i < 5; i++) await host.Open().SignIn("resting@example.org", "wrong");
        await host.Open().Join(host, "rest@example.org", Password);
        for (var i = 0; i < 5; i++) await host.Open().SignIn("rest@example.org", "wrong, wrong, wrong");

        var answers = new[]
        {
            await Try("nobody@example.org", "wrong, wrong, wrong"), await Try(Email, "wrong, wrong, wrong"),
            await Try("new@example.org", "wrong, wrong, wrong"), await Try("rest@example.org", Password),
        };
        Assert.All(answers, answer => Assert.Equal(answers[0], answer));
        Assert.StartsWith("422", answers[0], StringComparison.Ordinal);

        async Task<string> Try(string email, string password)
        {
            var answer = await host.Open().SignIn(email, password);
            var headers = string.Join(";", answer.Headers.Concat(answer.Content.Headers).Where(header => header.Key != "Content-Length").Select(header => header.Key + "=" + string.Join(",", header.Value)));
            var body = await answer.Content.ReadAsStringAsync();
            return $"{(int)answer.StatusCode} {headers} {Token().Replace(body, "").Replace(email, "", StringComparison.Ordinal)}";
        }
    }

    [Fact]
    public async Task An_account_rests_after_five_wrong_tries_and_twice_as_long_the_next_time()
    {
        await using var host = await AccountsHost.Start(postgres);
        await host.Open().Join(host, Email, Password);
        await Wrong(5);
        Assert.False(await SignsIn());
        host.Clock.Advance(TimeSpan.FromMinutes(5));
        await Wrong(5);
        host.Clock.Advance(TimeSpan.FromMinutes(9));
        Assert.False(await SignsIn());
        host.Clock.Advance(TimeSpan.FromMinutes(1.1));
        Assert.True(await SignsIn());
        await Wrong(4);
        Assert.True(await SignsIn());

        async Task Wrong(int times)
        {
            for (var i = 0; i < times; i++) Assert.Equal(HttpStatusCode.UnprocessableEntity, (await host.Open().SignIn(Email, "wrong, wrong, wrong")).StatusCode);
        }

        async Task<bool> SignsIn() => (await host.Open().SignIn(Email, Password)).StatusCode == HttpStatusCode.SeeOther;
    }

    [Fact]
    public async Task Of_forty_guesses_at_once_five_are_looked_at()
    {
        await using var host = await AccountsHost.Start(postgres);
        await host.Open().Join(host, Email, Password);
        await Task.WhenAll(Enumerable.Range(0, 40).Select(i => host.Open($"203.0.{i}.1").SignIn(Email, "wrong, wrong, wrong")));
        Assert.Equal(5, await host.Scalar<int>($"select access_failed_count from accounts where email = '{Email}'"));
    }

    [Fact]
    public async Task A_network_that_guesses_over_many_accounts_is_stopped_and_another_is_not()
    {
        await using var host = await AccountsHost.Start(postgres, ("Accounts:SignInFailuresPerNetwork", "10"));
        await host.Open("203.0.113.1").Join(host, Email, Password);
        for (var i = 0; i < 10; i++) await host.Open($"198.51.100.{i}").SignIn($"someone{i}@example.org", "wrong, wrong, wrong");
        Assert.Equal(HttpStatusCode.TooManyRequests, (await host.Open("198.51.100.99").SignIn(Email, Password)).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await host.Open("203.0.113.1").SignIn(Email, Password)).StatusCode);
        host.Clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(HttpStatusCode.SeeOther, (await host.Open("198.51.100.99").SignIn(Email, Password)).StatusCode);
    }

    [Fact]
    public async Task The_cookie_is_closed_to_scripts_and_lasts_only_when_asked_to()
    {
        await using var host = await AccountsHost.Start(postgres);
        await host.Open().Join(host, Email, Password);
        var forNow = Cookie(await host.Open().SignIn(Email, Password));
        Assert.Contains("httponly", forNow, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", forNow, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("expires=", forNow, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("expires=", Cookie(await host.Open().Post("/sign-in", ("email", Email), ("password", Password), ("remember", "true"))), StringComparison.OrdinalIgnoreCase);

        static string Cookie(HttpResponseMessage answer) => answer.Headers.GetValues("Set-Cookie").Single(cookie => cookie.StartsWith("rpd=", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Over_https_the_cookie_is_bound_to_this_host()
    {
        await using var host = await AccountsHost.Start(postgres, ("PublicUrl", "https://create.example.org"));
        var browser = host.Open();
        browser.Http.BaseAddress = new("https://localhost");
        await browser.SignUp(Email, Password);
        await browser.Get(await host.Link(Email));
        var cookie = (await browser.SignIn(Email, Password)).Headers.GetValues("Set-Cookie").Single(value => value.StartsWith("__Host-rpd=", StringComparison.Ordinal));
        Assert.Contains("secure", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("path=/;", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("domain=", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.NotEqual("nobody", await browser.Me());
    }

    [Fact]
    public async Task A_form_left_open_while_another_tab_signed_in_leads_on_and_signs_nobody_in()
    {
        await using var host = await AccountsHost.Start(postgres);
        await host.Open().Join(host, "bob@example.org", Password);
        var browser = host.Open();
        var stale = await browser.Http.GetStringAsync(new Uri("/test/token", UriKind.Relative), TestContext.Current.CancellationToken);
        var ada = await browser.Join(host, Email, Password);

        Assert.Equal((HttpStatusCode.SeeOther, "/sign-in?returnUrl=%2Fkeys"), await Send("/sign-in"));
        Assert.Equal("/keys", (await browser.Get("/sign-in?returnUrl=%2Fkeys")).Headers.Location?.OriginalString);
        Assert.Equal(ada, await browser.Me());
        Assert.Equal((HttpStatusCode.BadRequest, null), await Send("/keys"));

        async Task<(HttpStatusCode, string?)> Send(string path)
        {
            using var form = new HttpRequestMessage(HttpMethod.Post, path)
            {
                Content = new FormUrlEncodedContent([new("email", "bob@example.org"), new("password", Password), new("name", "curl"), new("__RequestVerificationToken", stale)]),
            };
            form.Headers.Referrer = new("http://localhost/sign-in?returnUrl=%2Fkeys");
            var answer = await browser.Http.SendAsync(form, TestContext.Current.CancellationToken);
            return (answer.StatusCode, answer.Headers.Location?.OriginalString);
        }
    }

    [Theory]
    [InlineData("/library?sort=new", "/library?sort=new")]
    [InlineData("//evil.example", "/playground")]
    [InlineData("/\\evil.example", "/playground")]
    [InlineData("https://evil.example", "/playground")]
    [InlineData("", "/playground")]
    public async Task After_signing_in_one_stays_in_the_house(string returnUrl, string goes)
    {
        await using var host = await AccountsHost.Start(postgres);
        await host.Open().Join(host, Email, Password);
        var answer = await host.Open().Post("/sign-in", ("email", Email), ("password", Password), ("returnUrl", returnUrl));
        Assert.Equal(goes, answer.Headers.Location?.ToString());
    }

    [GeneratedRegex("<input[^>]*RequestVerificationToken[^>]*>|content=\"CfDJ8[^\"]*\"")]
    private static partial Regex Token();
}
