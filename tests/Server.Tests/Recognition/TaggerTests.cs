using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Rpd.Server.Outbound;
using Rpd.Server.Providers.Chat;
using Rpd.Server.Recognition.Tags;
using Rpd.Server.Tests.Support;

namespace Rpd.Server.Tests.Recognition;

/// <summary>Each provider of tags is called as its documentation says, and its answer in that documentation's shape is understood.</summary>
public sealed class TaggerTests : IDisposable
{
    private const string Labels = """{"responses":[{"labelAnnotations":[{"mid":"/m/02wbm","description":"Food","score":0.97501550,"topicality":0.97},{"mid":"/m/0fp6w","description":"Pasta","score":0.9}]}]}""";

    private readonly OutboundHttp outbound = new(new OutboundRules(new() { AllowedHosts = "127.0.0.1" }), Dns.GetHostAddressesAsync);
    private readonly ConcurrentQueue<(string Path, string Key, string Body)> heard = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Google_labels_in_english_and_translates_with_the_same_key()
    {
        await using var server = await Playing("X-goog-api-key", path => path.StartsWith("/v1/images", StringComparison.Ordinal) ? Labels : """{"data":{"translations":[{"translatedText":"Essen"},{"translatedText":"Nudeln"}]}}""");
        var (tagger, access) = (new GoogleTags(Http), Access(TagOptions.Google, server));

        Assert.Equal([new("Food", 0.9750155), new("Pasta", 0.9)], (await tagger.Ask(access, new([1, 2, 3], Food: false, "en"), Cancel)).Value!);
        Assert.Equal([new("Essen", 0.9750155), new("Nudeln", 0.9)], (await tagger.Ask(access, new([1, 2, 3], Food: false, "de"), Cancel)).Value!);

        Assert.Equal(["/v1/images:annotate", "/v1/images:annotate", "/language/translate/v2"], heard.Select(call => call.Path));
        Assert.All(heard, call => Assert.Equal("the-key", call.Key));
        Assert.Contains("\"content\":\"AQID\"", heard.First().Body, StringComparison.Ordinal);
        Assert.Contains("\"q\":[\"Food\",\"Pasta\"]", heard.Last().Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Azure_is_asked_for_tags_in_the_callers_language()
    {
        await using var server = await Playing("Ocp-Apim-Subscription-Key", _ => """{"modelVersion":"2023-10-01","metadata":{"width":512,"height":512},"tagsResult":{"values":[{"name":"Essen","confidence":0.99}]}}""");

        Assert.Equal([new("Essen", 0.99)], (await new AzureTags(Http).Ask(Access(TagOptions.Azure, server), new([1, 2, 3], Food: true, "de"), Cancel)).Value!);

        Assert.Equal(("/computervision/imageanalysis:analyze?api-version=2024-02-01&features=tags&language=de", "the-key"), (heard.Single().Path, heard.Single().Key));
    }

    [Fact]
    public async Task A_chat_model_is_shown_the_picture_and_its_list_is_read_out_of_whatever_it_writes_around_it()
    {
        await using var server = await Playing("Authorization", _ => """{"choices":[{"message":{"role":"assistant","content":"```json\n{\"tags\":[{\"name\":\"Nudeln\",\"score\":1.4},{\"name\":\"\",\"score\":1}]}\n```"}}]}""");
        var upstreams = new ChatUpstreams(new Dictionary<string, UpstreamAccess> { ["local"] = new() { BaseUrl = server.Address("/v1").ToString(), ApiKey = new("the-key") } },
            new ChatHttp(TimeProvider.System), TimeProvider.System, Random.Shared, NullLogger<ChatUpstreams>.Instance);

        Assert.Equal([new("Nudeln", 1)], (await new ChatTags(upstreams, Http).Ask(new FoodTags { Provider = TagOptions.Chat, Model = "sees" }, new([1, 2, 3], Food: true, "de"), Cancel)).Value!);

        Assert.Contains("data:image/jpeg;base64,AQID", heard.Single().Body, StringComparison.Ordinal);
        Assert.Contains("German", heard.Single().Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(500, "{}")]
    [InlineData(200, "no json")]
    [InlineData(200, """{"responses":[{"error":{"code":3,"message":"Bad image data."}}]}""")]
    public async Task What_goes_wrong_there_is_the_models_fault_and_names_no_key(int status, string body)
    {
        await using var server = await LocalServer.Start(async http =>
        {
            http.Response.StatusCode = status;
            await http.Response.WriteAsync(body);
        });

        var refusal = (await new GoogleTags(Http).Ask(Access(TagOptions.Google, server), new([1], Food: false, "en"), Cancel)).Refusal!;

        Assert.Equal(("MODEL_FAULT", 502), (refusal.Code, refusal.Status));
        Assert.DoesNotContain("the-key", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("google", null, "ApiKey")]
    [InlineData("azure", null, "BaseUrl")]
    [InlineData("chat", null, "Model")]
    [InlineData("someone", null, "Provider")]
    public void A_setting_that_is_missing_stops_the_start_and_is_named(string provider, string? model, string named) =>
        Assert.Contains(new FoodTags { Provider = provider, Model = model }.Validate(new(new object())), wrong => wrong.ErrorMessage!.Contains(named, StringComparison.Ordinal));

    public void Dispose() => outbound.Dispose();

    private TagHttp Http => new(outbound, NullLogger<TagHttp>.Instance);

    private static GeneralTags Access(string provider, LocalServer server) => new() { Provider = provider, ApiKey = new("the-key"), BaseUrl = server.Address("").ToString() };

    private Task<LocalServer> Playing(string credential, Func<string, string> answer) => LocalServer.Start(async http =>
    {
        using var reader = new StreamReader(http.Request.Body, System.Text.Encoding.Latin1);
        heard.Enqueue((http.Request.Path + http.Request.QueryString, http.Request.Headers[credential].ToString().Replace("Bearer ", "", StringComparison.Ordinal), await reader.ReadToEndAsync()));
        await http.Response.WriteAsync(answer(http.Request.Path));
    });
}
