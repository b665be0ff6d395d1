using System.Net;
using Rpd.Server.Tests.Support;

namespace Rpd.Server.Tests.Http;

public sealed class HeaderTests(TestPostgres postgres, SharedApp shared) : IClassFixture<SharedApp>
{
    [Fact]
    public async Task A_page_that_broke_keeps_its_promises_and_its_id()
    {
        await using var app = await App.Start(postgres, ("PublicUrl", "https://create.example.org"));
        using var browser = app.CreateClient(new() { BaseAddress = new("https://create.example.org") });
        await app.Execute("alter table publications rename to hidden");

        using var broken = await browser.GetAsync(new Uri("/explore", UriKind.Relative));

        Assert.Equal(HttpStatusCode.InternalServerError, broken.StatusCode);
        Assert.Contains(Assert.Single(broken.Headers.GetValues("X-Request-Id")), await broken.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        foreach (var header in new[] { "Content-Security-Policy", "X-Content-Type-Options", "Strict-Transport-Security", "Referrer-Policy" })
            Assert.Single(broken.Headers.GetValues(header));
    }

    [Fact]
    public async Task A_page_from_the_cache_has_an_id_of_its_own()
    {
        var app = shared.App;
        using var stranger = app.CreateClient();
        using var drawn = await stranger.GetAsync(new Uri("/explore", UriKind.Relative));
        using var cached = await stranger.GetAsync(new Uri("/explore", UriKind.Relative));

        Assert.NotNull(cached.Headers.Age);
        Assert.NotEqual(Assert.Single(drawn.Headers.GetValues("X-Request-Id")), Assert.Single(cached.Headers.GetValues("X-Request-Id")));
    }

    [Fact]
    public async Task Other_sites_may_call_the_API_with_a_key_and_nobody_with_cookies()
    {
        var app = shared.App;
        using var site = app.CreateClient();
        site.DefaultRequestHeaders.Add("Origin", "https://elsewhere.example");
        using var question = new HttpRequestMessage(HttpMethod.Options, "/v1/generations")
        {
            Headers = { { "Access-Control-Request-Method", "POST" }, { "Access-Control-Request-Headers", "authorization,content-type,idempotency-key" } },
        };

        using var allowed = await site.SendAsync(question);
        using var read = await site.GetAsync(new Uri("/v1/models", UriKind.Relative));
        using var refused = await site.GetAsync(new Uri("/v1/generations", UriKind.Relative));
        using var page = await site.GetAsync(new Uri("/sign-in", UriKind.Relative));

        Assert.Equal(HttpStatusCode.NoContent, allowed.StatusCode);
        Assert.Equal("authorization,content-type,idempotency-key", allowed.Headers.GetValues("Access-Control-Allow-Headers").Single());
        Assert.Equal("POST", allowed.Headers.GetValues("Access-Control-Allow-Methods").Single());
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Unauthorized), (read.StatusCode, refused.StatusCode));
        foreach (var answer in new[] { allowed, read, refused })
        {
            Assert.Equal("*", answer.Headers.GetValues("Access-Control-Allow-Origin").Single());
            Assert.False(answer.Headers.Contains("Access-Control-Allow-Credentials"));
        }
        Assert.Contains("RateLimit-Remaining", read.Headers.GetValues("Access-Control-Expose-Headers").Single(), StringComparison.Ordinal);
        Assert.False(page.Headers.Contains("Access-Control-Allow-Origin"));
    }
}
