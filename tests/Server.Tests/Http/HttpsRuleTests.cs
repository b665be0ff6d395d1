using System.Net;
using System.Text.Json;
using Rpd.Server.Tests.Support;

namespace Rpd.Server.Tests.Http;

public sealed class HttpsRuleTests(TestPostgres postgres)
{
    [Fact]
    public async Task With_an_https_address_a_call_over_plain_http_is_refused_and_a_page_is_led_to_https()
    {
        await using var app = await App.Start(postgres, ("PublicUrl", "https://create.example.org"));
        using var plain = Client(app, "http://create.example.org");

        using var api = await plain.GetAsync(new Uri("/v1/models", UriKind.Relative));
        using var page = await plain.GetAsync(new Uri("/explore?q=fox", UriKind.Relative));
        using var health = await plain.GetAsync(new Uri("/health", UriKind.Relative));

        Assert.Equal(HttpStatusCode.Forbidden, api.StatusCode);
        Assert.Equal("FORBIDDEN", JsonDocument.Parse(await api.Content.ReadAsStringAsync()).RootElement.GetProperty("error").GetProperty("code").GetString());
        Assert.Equal(HttpStatusCode.PermanentRedirect, page.StatusCode);
        Assert.Equal("https://create.example.org/explore?q=fox", page.Headers.Location!.ToString());
        Assert.Equal(HttpStatusCode.OK, health.StatusCode);
    }

    [Fact]
    public async Task Over_https_cookies_are_secure_host_cookies_and_the_browser_is_told_to_stay()
    {
        await using var app = await App.Start(postgres, ("PublicUrl", "https://create.example.org"));
        using var secure = Client(app, "https://create.example.org");

        using var answer = await secure.GetAsync(new Uri("/sign-in", UriKind.Relative));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("max-age=31536000", answer.Headers.GetValues("Strict-Transport-Security").Single(), StringComparison.Ordinal);
        var cookie = answer.Headers.GetValues("Set-Cookie").Single();
        Assert.StartsWith("__Host-", cookie, StringComparison.Ordinal);
        Assert.Contains("secure", cookie, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task With_an_http_address_nothing_is_refused()
    {
        await using var app = await App.Start(postgres);
        using var http = app.CreateClient();

        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync(new Uri("/v1/models", UriKind.Relative))).StatusCode);
    }

    private static HttpClient Client(App app, string address) => app.CreateClient(new() { AllowAutoRedirect = false, BaseAddress = new Uri(address), HandleCookies = false });
}
