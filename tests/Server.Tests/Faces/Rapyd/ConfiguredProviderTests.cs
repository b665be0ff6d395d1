using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Rpd.Server.Tests.Media;
using Rpd.Server.Tests.Support;

namespace Rpd.Server.Tests.Faces.Rapyd;

public sealed class ConfiguredProviderTests(TestPostgres postgres)
{
    [Fact]
    public async Task The_first_configured_one_is_asked_and_only_its_success_is_charged()
    {
        var (status, answer) = (200, "");
        await using var google = await LocalServer.Start(async call =>
        {
            call.Response.StatusCode = status;
            await call.Response.WriteAsync(answer);
        });
        await using var app = await App.Start(postgres, ("Analysis:gcp:ApiKey", "a-key-of-google"), ("Analysis:gcp:BaseUrl", google.Address("").ToString().TrimEnd('/')), ("Analysis:gcp:TimeoutSeconds", "2"));
        var caller = await app.Caller(10);

        answer = """{"documentSentiment":{"score":-0.8,"magnitude":0.8},"language":"en"}""";
        Assert.Equal("""{"meta":{"provider":"gcp","language":"en"},"result":{"score":-0.8}}""", await Ok(caller, "/v1/nlp/sentiment", new { text = "I don't like it." }));
        Assert.Equal("""{"meta":{"provider":"GCP","language":"en"},"result":{"score":-0.8}}""", await Ok(caller, "/v1/nlp/sentiment", new { text = "I don't like it.", provider = "GCP" }));
        // It has no key phrases, so the next in the row is asked.
        Assert.StartsWith("""{"meta":{"provider":"builtin",""", await Ok(caller, "/v1/nlp/keyphrase", new { text = "I don't like it." }), StringComparison.Ordinal);

        answer = """{"responses":[{"landmarkAnnotations":[{"description":"Palace of Fine Arts","score":0.7,"boundingPoly":{"vertices":[{"x":1,"y":2}]},"locations":[]}]}]}""";
        var (seen, pictured) = await Picture(caller, "/v1/vision/landmark");
        Assert.Equal((HttpStatusCode.OK, "Palace of Fine Arts"), (seen, pictured.GetProperty("result").GetProperty("landmarkAnnotations")[0].GetProperty("description").GetString()));

        answer = """{"responses":[{"error":{"code":3,"message":"Bad image data."}}]}""";
        Assert.Equal(HttpStatusCode.BadRequest, (await Picture(caller, "/v1/vision/landmark")).Status);
        (status, answer) = (500, "broken");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await caller.Post("/v1/nlp/sentiment", new { text = "I don't like it." })).Status);

        await Until(async () => await app.Scalar<long>("select count(*) from credit_leases where account_id = $1", caller.Account) == 0);
        Assert.Equal(6, await caller.Balance());
        Assert.Equal("6/2/4", await app.Scalar<string>("select concat_ws('/', sum(requests), sum(failed), sum(credits)) from usage_hours where account_id = $1", caller.Account));
    }

    private static async Task<string> Ok(Caller caller, string path, object body)
    {
        var (status, answer) = await caller.Post(path, body);
        Assert.True(status == HttpStatusCode.OK, answer.GetRawText());
        return answer.GetRawText();
    }

    private static async Task<(HttpStatusCode Status, JsonElement Body)> Picture(Caller caller, string path)
    {
        using var files = new MediaFiles();
        using var form = new MultipartFormDataContent { { new ByteArrayContent(await File.ReadAllBytesAsync(await files.Picture("noise.png", 32, 32))), "file", "noise.png" } };
        using var answer = await caller.Http.PostAsync(new Uri(path, UriKind.Relative), form);
        return (answer.StatusCode, JsonElement.Parse(await answer.Content.ReadAsStringAsync()));
    }

    private static async Task Until(Func<Task<bool>> done)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!await done()) await Task.Delay(50, patience.Token);
    }
}
