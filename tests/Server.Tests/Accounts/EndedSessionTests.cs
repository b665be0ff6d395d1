using System.Net;
using Rpd.Server.Tests.Support;

namespace Rpd.Server.Tests.Accounts;

public sealed class EndedSessionTests(TestPostgres postgres)
{
    [Theory]
    [InlineData("http://localhost/keys?new=1", "/sign-in?returnUrl=%2Fkeys%3Fnew%3D1&ended=yes")]
    [InlineData("https://evil.example/keys", "/sign-in?ended=yes")]
    [InlineData("http://localhost//evil.example", "/sign-in?ended=yes")]
    [InlineData("", "/sign-in?ended=yes")]
    public async Task A_form_of_a_session_that_has_ended_leads_to_signing_in_and_back_to_its_page(string referer, string expected)
    {
        await using var host = await AccountsHost.Start(postgres);
        var browser = host.Open();
        await browser.Join(host, "ada@example.org", "a quiet river bends");
        var token = await browser.Http.GetStringAsync(new Uri("/test/token", UriKind.Relative), TestContext.Current.CancellationToken);
        await host.Execute("update sessions set revoked_at = now()");
        host.Clock.Advance(TimeSpan.FromSeconds(1));
        using var form = new HttpRequestMessage(HttpMethod.Post, "/keys") { Content = new FormUrlEncodedContent([new("name", "curl"), new("__RequestVerificationToken", token)]) };
        if (referer.Length > 0) form.Headers.Referrer = new(referer);
        var answer = await browser.Http.SendAsync(form, TestContext.Current.CancellationToken);
        // Not the 400 of a token that belonged to the session.
        Assert.Equal((HttpStatusCode.SeeOther, expected), (answer.StatusCode, answer.Headers.Location?.OriginalString));
        Assert.Contains("Your session has ended", await browser.Http.GetStringAsync(new Uri(expected, UriKind.Relative), TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal("/keys?new=1", (await browser.Post("/sign-in", ("email", "ada@example.org"), ("password", "a quiet river bends"), ("returnUrl", "/keys?new=1"))).Headers.Location?.ToString());
    }
}
