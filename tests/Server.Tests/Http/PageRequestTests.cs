using System.Net;
using System.Net.Http.Json;
using Rpd.Server.Tests.Support;

namespace Rpd.Server.Tests.Http;

public sealed class PageRequestTests(TestPostgres postgres)
{
    [Fact]
    public async Task Pages_that_must_be_drawn_have_a_limit_and_say_when_to_come_back()
    {
        await using var app = await App.Start(postgres, ("Pages:PerMinute", "3"));
        using var http = app.CreateClient();
        var statuses = new List<HttpStatusCode>();
        // Drawn once, then cached: what costs nothing is not counted.
        for (var i = 0; i < 3; i++) statuses.Add((await http.GetAsync(new Uri("/explore", UriKind.Relative), TestContext.Current.CancellationToken)).StatusCode);
        for (var i = 0; i < 2; i++) statuses.Add((await http.GetAsync(new Uri("/sign-in", UriKind.Relative), TestContext.Current.CancellationToken)).StatusCode);

        using var limited = await http.GetAsync(new Uri("/sign-in", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.All(statuses, status => Assert.Equal(HttpStatusCode.OK, status));
        Assert.Equal(HttpStatusCode.TooManyRequests, limited.StatusCode);
        Assert.InRange(limited.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 20);
        Assert.Contains("A little slower, please", await limited.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_form_is_refused_and_breaks_nothing()
    {
        await using var app = await App.Scripted(postgres);
        var caller = await app.Caller();
        var visitor = await PageVisitor.SignIn(app, caller.Account);

        using var json = await visitor.Send("/playground", "/playground", JsonContent.Create(new { prompt = "a hill" }));
        using var empty = await visitor.Send("/playground", "/playground", null);
        using var nul = await visitor.Send("/playground", "/playground", new MultipartFormDataContent
        {
            { new StringContent("text2image"), "type" }, { new StringContent("studio-sketch"), "model" }, { new StringContent("studio"), "provider" },
            { new StringContent("a hill"), "prompt" }, { new StringContent("a\0b"), "requestId" },
        });

        Assert.Equal([HttpStatusCode.UnsupportedMediaType, HttpStatusCode.UnsupportedMediaType, HttpStatusCode.UnprocessableEntity], [json.StatusCode, empty.StatusCode, nul.StatusCode]);
        Assert.Equal(0, await app.Scalar<long>("select count(*) from generations"));
    }
}
