using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Microsoft.Extensions.DependencyInjection;
using Rpd.Server.Catalog;
using Rpd.Server.Generations;
using Rpd.Server.Http;
using Rpd.Server.Tests.Gallery;
using Rpd.Server.Tests.Support;

namespace Rpd.Server.Tests.Storefront;

public sealed partial class StorefrontTests(TestPostgres postgres, SharedApp shared) : IClassFixture<SharedApp>
{
    [Theory, InlineData("/models"), InlineData("/models/studio-sketch"), InlineData("/models/kling-3.0"), InlineData("/pricing"), InlineData("/robots.txt"), InlineData("/sitemap.xml")]
    public async Task A_stranger_is_served_from_the_cache_and_given_no_cookie(string path)
    {
        await using var app = await App.Start(postgres);
        using var stranger = app.CreateClient();

        using var drawn = await stranger.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
        using var cached = await stranger.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, drawn.StatusCode);
        Assert.False(drawn.Headers.Contains("Set-Cookie"));
        Assert.NotNull(cached.Headers.Age);
    }

    [Fact]
    public async Task The_address_filters_the_catalogue_and_what_it_says_wrongly_is_not_said()
    {
        var app = shared.App;
        using var stranger = app.CreateClient();

        var voices = await stranger.GetStringAsync(new Uri("/models?type=audio&ready=yes&price=5&provider=studio", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Contains("href=\"/models/studio-voice\"", voices, StringComparison.Ordinal);
        Assert.DoesNotContain("href=\"/models/studio-sketch\"", voices, StringComparison.Ordinal);
        Assert.DoesNotContain("href=\"/models/sandbox-success\"", voices, StringComparison.Ordinal);

        var free = await stranger.GetStringAsync(new Uri("/models?price=free", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Contains("href=\"/models/sandbox-success\"", free, StringComparison.Ordinal);
        Assert.DoesNotContain("href=\"/models/studio-voice\"", free, StringComparison.Ordinal);

        var none = await stranger.GetStringAsync(new Uri("/models?q=%3Cscript%3Ezebra", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Contains("No models match", none, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>zebra", none, StringComparison.Ordinal);

        var lost = await stranger.GetStringAsync(new Uri("/models?type=poem&sort=luck&price=-3", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Contains("href=\"/models/kling-3.0\"", lost, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_model_s_page_shows_its_public_works_alone_and_the_time_that_was_measured()
    {
        var app = shared.App;
        var caller = await app.Caller();
        var (shown, hidden) = (await app.Work(caller.Account, "a red hill"), await app.Work(caller.Account, "a secret hill", visibility: "private"));
        await app.Execute("insert into model_speeds (model, samples, p50_ms, p95_ms, p99_ms, measured_at) values ('studio-sketch', 12, 2400, 5200, 6000, now())");
        using var stranger = app.CreateClient();

        var page = await stranger.GetStringAsync(new Uri("/models/studio-sketch", UriKind.Relative), TestContext.Current.CancellationToken);
        var other = await stranger.GetStringAsync(new Uri("/models/kling-3.0", UriKind.Relative), TestContext.Current.CancellationToken);
        using var missing = await stranger.GetAsync(new Uri("/models/no-such-model", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Contains($"/works/{shown}", page, StringComparison.Ordinal);
        Assert.DoesNotContain($"/works/{hidden}", page, StringComparison.Ordinal);
        Assert.Contains("Usually 2.4 s", page, StringComparison.Ordinal);
        Assert.Contains("<link rel=\"canonical\" href=\"http://localhost:5080/models/studio-sketch\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain($"/works/{shown}", other, StringComparison.Ordinal);
        Assert.Contains("Not measured yet", other, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
    }

    [Fact]
    public async Task The_site_map_names_public_pages_models_and_public_works()
    {
        await using var app = await App.Start(postgres, ("PublicUrl", "https://create.example.org"));
        var caller = await app.Caller();
        var (shown, unlisted) = (await app.Work(caller.Account), await app.Work(caller.Account, visibility: "unlisted"));
        using var stranger = app.CreateClient(new() { BaseAddress = new("https://create.example.org") });

        var map = XDocument.Parse(await stranger.GetStringAsync(new Uri("/sitemap.xml", UriKind.Relative), TestContext.Current.CancellationToken));
        var robots = await stranger.GetStringAsync(new Uri("/robots.txt", UriKind.Relative), TestContext.Current.CancellationToken);

        var places = map.Descendants().Where(element => element.Name.LocalName == "loc").Select(element => element.Value).ToList();
        Assert.Contains("https://create.example.org/pricing", places);
        Assert.Contains("https://create.example.org/models/kling-3.0", places);
        Assert.Contains($"https://create.example.org/works/{shown}", places);
        Assert.DoesNotContain($"https://create.example.org/works/{unlisted}", places);
        Assert.Contains("Sitemap: https://create.example.org/sitemap.xml", robots, StringComparison.Ordinal);
        foreach (var place in places.Where(place => !place.Contains("/works/", StringComparison.Ordinal)))
        {
            using var found = await stranger.GetAsync(new Uri(place), TestContext.Current.CancellationToken);
            Assert.True(found.StatusCode == HttpStatusCode.OK, place);
        }
    }

    [Fact]
    public async Task Prices_are_those_of_the_settings_and_counted_with_the_catalogue()
    {
        await using var app = await App.Start(postgres, ("CreditPacks:small:Credits", "70"), ("CreditPacks:small:PriceUsd", "3.5"), ("Credits:Welcome", "40"));
        using var stranger = app.CreateClient();

        var page = await stranger.GetStringAsync(new Uri("/pricing", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Contains("70 pictures", page, StringComparison.Ordinal);
        Assert.Contains("14 videos of 5 s", page, StringComparison.Ordinal);
        Assert.Contains("$3.5", page, StringComparison.Ordinal);
        Assert.Contains("begins with 40 credits", page, StringComparison.Ordinal);
        Assert.Contains("takes no payments", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_sample_of_every_models_page_is_a_request_that_is_taken()
    {
        await using var app = await App.Start(postgres);
        var catalog = app.Services.GetRequiredService<ModelCatalog>();
        using var stranger = app.CreateClient();
        var refused = new List<string>();
        foreach (var entry in catalog.All)
        {
            var page = await stranger.GetStringAsync(new Uri($"/models/{entry.Id}", UriKind.Relative), TestContext.Current.CancellationToken);
            var code = System.Net.WebUtility.HtmlDecode(Curl().Match(page).Groups[1].Value);
            var body = JsonElement.Parse(code[code.IndexOf('{', StringComparison.Ordinal)..(code.LastIndexOf('}') + 1)].Replace("the-id-of-an-earlier-generation", Guid.Empty.ToString(), StringComparison.Ordinal));
            var asked = NewGeneration.Read(Fields.Of(body), NewGeneration.ParamNames(body), catalog, OwnKeys.None, test: true);
            if (asked.Declined || asked.Value.IgnoredParams.Count > 0) refused.Add($"{entry.Id}: {asked.Refusal?.Message} {body}");
        }
        Assert.True(catalog.All.Count > 100);
        Assert.Empty(refused);
    }

    [GeneratedRegex("""<pre id="code-curl"[^>]*><code>(.*?)</code>""", RegexOptions.Singleline)]
    private static partial Regex Curl();
}
