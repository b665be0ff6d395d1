using System.Diagnostics;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Rpd.Server.Tests.Support;

namespace Rpd.Server.Tests.OpenApi;

/// <summary>
/// The page that this API promises to keep to, example by example and byte for byte: a client written for it must work after changing its address and its
/// credentials. Only those are replaced, and comments in JSON are taken out as a reader would.
/// </summary>
public sealed partial class SeedPageTests(TestPostgres postgres)
{
    private const string Published = "https://api.rpdcreate.com", PublishedId = "a1b2c3d4-5678-90ab-cdef-1234567890ab";

    private const string Balance = """
        curl https://api.rpdcreate.com/v1/credits/balance \
          -H "X-API-KEY: rpd_sk_your_api_key_here"
        """;

    private const string BalanceByToken = """
        curl https://api.rpdcreate.com/v1/credits/balance \
          -H "Authorization: Bearer your_clerk_session_token"
        """;

    private const string Create = """
        curl -X POST https://api.rpdcreate.com/v1/generations \
          -H "X-API-KEY: rpd_sk_your_key" \
          -H "Content-Type: application/json" \
          -d '{
            "type": "text2video",
            "provider": "kling",
            "model": "kling-3.0",
            "prompt": "A golden retriever running through a sunflower field, cinematic lighting",
            "params": {
              "duration": 5,
              "aspectRatio": "16:9"
            }
          }'
        """;

    private const string Poll = """
        curl https://api.rpdcreate.com/v1/generations/a1b2c3d4-5678-90ab-cdef-1234567890ab \
          -H "X-API-KEY: rpd_sk_your_key"
        """;

    private const string CreateBody = """
        {
          "type": "text2image",       // Required — generation type
          "provider": "stability",    // Required — provider name
          "model": "sd3.5-turbo",     // Required — model ID
          "prompt": "...",             // Prompt text
          "negativePrompt": "...",    // Negative prompt (optional)
          "inputImageUrl": "...",     // For image2image, image2video (optional)
          "inputVideoUrl": "...",     // For video2video (optional)
          "params": {                 // Generation parameters (optional)
            "width": 1024,
            "height": 1024,
            "duration": 5,
            "aspectRatio": "16:9",
            "style": "cinematic",
            "seed": 42
          }
        }
        """;

    private const string UploadUrl = """{ "filename": "input.png", "contentType": "image/png" }""", Confirm = """{ "fileId": "..." }""";

    private const string Estimate = """{ "type": "text2video", "provider": "kling", "model": "kling-3.0", "duration": 5 }""";

    /// <summary>The page's overview.</summary>
    private const string Overview = """
        POST/v1/generationsCreate a generationRequired
        GET/v1/generationsList your generationsRequired
        GET/v1/generations/:idGet generation statusRequired
        DELETE/v1/generations/:idCancel a generationRequired
        POST/v1/generations/compareCompare models side-by-sideRequired
        POST/v1/batchBatch generationRequired
        GET/v1/modelsList available modelsOptional
        POST/v1/models/recommendGet model recommendationsOptional
        GET/v1/credits/balanceCheck credit balanceRequired
        POST/v1/credits/estimateEstimate generation costRequired
        POST/v1/files/upload-urlGet presigned upload URLRequired
        POST/v1/files/confirmConfirm file uploadRequired
        POST/v1/prompts/enhanceAI prompt enhancementRequired
        GET/v1/exploreBrowse public galleryOptional
        POST/v1/explore/:id/likeToggle likeRequired
        GET/v1/social/profile/:userIdGet user profileOptional
        POST/v1/social/follow/:userIdToggle followRequired
        GET/v1/collectionsList collectionsRequired
        POST/v1/collectionsCreate collectionRequired
        GET/v1/templatesList templatesOptional
        GET/v1/notificationsList notificationsRequired
        POST/v1/billing/checkoutCreate checkout sessionRequired
        POST/v1/billing/portalOpen billing portalRequired
        GET/v1/webhooksList webhooksRequired
        POST/v1/webhooksCreate webhookRequired
        GET/healthHealth checkNone
        """;

    [Fact]
    public async Task Every_endpoint_of_the_overview_is_there_and_asks_for_what_it_says()
    {
        await using var app = await App.Scripted(postgres);
        var contract = await Contract.Of(app.CreateClient());

        Assert.All(Overview.Split('\n'), line =>
        {
            var row = Row().Match(line);
            var path = Regex.Replace(row.Groups["path"].Value, ":[a-zA-Z]+", "{}");
            var operation = Assert.Single(contract.Operations, operation => operation.Method == row.Groups["method"].Value && Regex.Replace(operation.Path, @"\{\w+\}", "{}") == path);
            var ways = operation.Json["security"]!.AsArray();
            Assert.Equal(row.Groups["auth"].Value, ways.Count == 0 ? "None" : ways.Any(way => way!.AsObject().Count == 0) ? "Optional" : "Required");
        });
    }

    [Fact]
    public async Task The_quick_start_works_with_a_test_key_on_a_fresh_installation()
    {
        await using var page = await Page.Open(postgres);

        var created = await page.Curl(Create, page.TestKey);
        var id = created["data"]!["id"]!.GetValue<string>();
        var read = await page.Curl(Poll, page.TestKey, id);

        Assert.True(created["success"]!.GetValue<bool>());
        // The page shows these members in this order; more may follow.
        Assert.Equal(["id", "status", "type", "provider", "model", "creditsCost", "createdAt"], created["data"]!.AsObject().Select(member => member.Key).Take(7));
        Assert.Equal("""{"status":"queued","type":"text2video","provider":"kling","model":"kling-3.0","creditsCost":10}""", Only(created["data"]!, "status", "type", "provider", "model", "creditsCost"));
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$", created["data"]!["createdAt"]!.GetValue<string>());
        Assert.Contains(read["data"]!["status"]!.GetValue<string>(), new[] { "queued", "processing", "completed" });
        Assert.Equal(id, read["data"]!["id"]!.GetValue<string>());
        Assert.NotNull(read["data"]!["outputUrls"]);
    }

    [Fact]
    public async Task The_body_with_every_field_is_taken_or_told_which_of_its_placeholders_it_must_fill()
    {
        await using var page = await Page.Open(postgres);
        var body = Comment().Replace(CreateBody, "");

        var (status, refused) = await page.Post("/v1/generations", body, page.TestKey);
        var filled = JsonNode.Parse(body)!.AsObject();
        filled.Remove("inputImageUrl");
        filled.Remove("inputVideoUrl");
        var (filledStatus, taken) = await page.Post("/v1/generations", filled.ToJsonString(), page.TestKey);

        // "..." is no address.
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal(["inputImageUrl", "inputVideoUrl"], refused["error"]!["details"]!.AsArray().Select(detail => detail!["field"]!.GetValue<string>()).Order(StringComparer.Ordinal));
        Assert.True(filledStatus == HttpStatusCode.Created, taken.ToJsonString());
    }

    [Theory]
    [InlineData(Balance)]
    [InlineData(BalanceByToken)]
    public async Task The_balance_is_told_by_header_and_by_bearer(string command)
    {
        await using var page = await Page.Open(postgres);

        Assert.Equal(1000, (await page.Curl(command, page.LiveKey))["data"]!["balance"]!.GetValue<long>());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_estimate_is_answered_bare_as_the_page_shows_it(bool test)
    {
        await using var page = await Page.Open(postgres);

        var (status, answer) = await page.Post("/v1/credits/estimate", Estimate, test ? page.TestKey : page.LiveKey);

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(10, answer["credits"]!.GetValue<long>());
        Assert.IsType<JsonObject>(answer["breakdown"]);
    }

    [Fact]
    public async Task Models_by_type_include_what_the_page_lists()
    {
        await using var page = await Page.Open(postgres);

        var models = JsonNode.Parse(await page.Http.GetStringAsync(new Uri("/v1/models?type=text2video", UriKind.Relative)))!["data"]!.AsArray();

        Assert.True(models.Count > 5);
        Assert.All(models, model =>
        {
            foreach (var field in new[] { "id", "provider", "displayName", "description", "supportedTypes", "speed", "quality", "creditCostPerSecond", "creditCostPerImage", "supportsAudio" })
                Assert.True(model!.AsObject().ContainsKey(field), field);
            Assert.Contains("text2video", model!["supportedTypes"]!.AsArray().Select(type => type!.GetValue<string>()));
        });
    }

    [Fact]
    public async Task A_file_is_uploaded_in_the_pages_three_steps()
    {
        await using var page = await Page.Open(postgres);

        var (asked, upload) = await page.Post("/v1/files/upload-url", UploadUrl, page.LiveKey);
        using var picture = new ByteArrayContent(Files.Uploader.Dot) { Headers = { ContentType = new("image/png") } };
        using var put = await page.Http.PutAsync(new Uri(new Uri(upload["data"]!["uploadUrl"]!.GetValue<string>()).PathAndQuery, UriKind.Relative), picture);
        var (confirmed, file) = await page.Post("/v1/files/confirm", Confirm.Replace("...", upload["data"]!["fileId"]!.GetValue<string>(), StringComparison.Ordinal), page.LiveKey);

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.OK, HttpStatusCode.OK), (asked, put.StatusCode, confirmed));
        Assert.Equal(Files.Uploader.Dot.Length, file["data"]!["size"]!.GetValue<long>());
    }

    [Theory]
    [InlineData("completed", "generation.completed")]
    [InlineData("failed", "generation.failed")]
    public async Task A_webhook_gets_the_pages_payload_with_a_signature_that_computes(string ending, string expected)
    {
        await using var receiver = await Webhooks.Receiver.Start();
        await using var page = await Page.Open(postgres, settings: Webhooks.WebhookUser.Settings);
        var (_, webhook) = await page.Post("/v1/webhooks", $$"""{"url":"{{receiver.Url()}}","events":["generation.completed","generation.failed","credits.low"]}""", page.LiveKey);
        var (_, created) = await page.Post("/v1/generations", $$"""{"type":"text2image","provider":"sandbox","model":"{{(ending == "completed" ? "sandbox-success" : "sandbox-failure")}}","prompt":"x"}""", page.LiveKey);

        var message = (await receiver.Until(1))[0];

        var body = JsonNode.Parse(message.Body)!;
        Assert.Equal(["event", "timestamp", "data"], body.AsObject().Select(member => member.Key));
        Assert.Equal(expected, body["event"]!.GetValue<string>());
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$", body["timestamp"]!.GetValue<string>());
        Assert.Equal(created["data"]!["id"]!.GetValue<string>(), body["data"]!["id"]!.GetValue<string>());
        Assert.Equal(ending, body["data"]!["status"]!.GetValue<string>());
        Assert.Equal(ending == "completed", body["data"]!["outputUrls"]!.AsArray().Count > 0);
        Assert.NotNull(body["data"]!["creditsCost"]);
        var secret = webhook["data"]!["secret"]!.GetValue<string>();
        Assert.Equal(Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(message.Body))), message.Legacy);
    }

    [Fact]
    public async Task Too_few_credits_are_told_in_the_pages_very_words()
    {
        await using var page = await Page.Open(postgres, credits: 3);
        // Three credits do not pay for the ten that kling asks; a model that runs here is priced the same way.
        var (status, answer) = await page.Post("/v1/generations", """{"type":"text2image","provider":"studio","model":"studio-sketch","prompt":"x","count":4}""", page.LiveKey);

        Assert.Equal(HttpStatusCode.PaymentRequired, status);
        Assert.Equal("""{"success":false,"error":{"code":"INSUFFICIENT_CREDITS","message":"You need 4 credits but only have 3.","details":null}}""", answer.ToJsonString());
    }

    [Fact]
    public async Task Health_and_description_are_where_the_page_says()
    {
        await using var page = await Page.Open(postgres);

        Assert.Equal("ok", JsonNode.Parse(await page.Http.GetStringAsync(new Uri("/health", UriKind.Relative)))!["status"]!.GetValue<string>());
        Assert.StartsWith("3.", JsonNode.Parse(await page.Http.GetStringAsync(new Uri("/openapi.json", UriKind.Relative)))!["openapi"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    private static string Only(JsonNode of, params string[] names) => new JsonObject(names.Select(name => KeyValuePair.Create(name, of[name]?.DeepClone()))).ToJsonString();

    [GeneratedRegex(@"^(?<method>GET|POST|DELETE)(?<path>(/(:userId|:id|[a-z0-9-]+))+)(?<what>.*?)(?<auth>Required|Optional|None)$")]
    private static partial Regex Row();

    [GeneratedRegex(@"\s*//[^\n]*")]
    private static partial Regex Comment();

    /// <summary>A fresh installation that listens, with somebody who has a live key and a test key.</summary>
    private sealed class Page(App app, Caller caller, string testKey) : IAsyncDisposable
    {
        public HttpClient Http => caller.Http;

        public string LiveKey => caller.Key;

        public string TestKey => testKey;

        public static async Task<Page> Open(TestPostgres postgres, long credits = 1000, params (string Name, string Value)[] settings)
        {
            var app = await App.Start(postgres, [("PORT", "0"), .. settings]);
            app.UseKestrel(0);
            app.StartServer();
            var caller = await app.Caller(credits);
            var (_, made) = await caller.Post("/v1/keys", new { name = "test", scopes = new[] { "generate", "read" }, prefix = "rpd_sk_test" });
            return new(app, caller, made.GetProperty("data").GetProperty("secret").GetString()!);
        }

        /// <summary>A command of the page, run by a shell.</summary>
        public async Task<JsonNode> Curl(string command, string key, string id = PublishedId)
        {
            var start = new ProcessStartInfo("bash", ["-c", command.Replace(Published, app.ClientOptions.BaseAddress.ToString().TrimEnd('/'), StringComparison.Ordinal).Replace(PublishedId, id, StringComparison.Ordinal)
                .Replace("rpd_sk_your_api_key_here", key, StringComparison.Ordinal).Replace("rpd_sk_your_key", key, StringComparison.Ordinal).Replace("your_clerk_session_token", key, StringComparison.Ordinal)])
            { RedirectStandardOutput = true, RedirectStandardError = true };
            using var process = Process.Start(start)!;
            var texts = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
            await process.WaitForExitAsync();
            Assert.True(process.ExitCode == 0, texts[1]);
            return JsonNode.Parse(texts[0])!;
        }

        public async Task<(HttpStatusCode Status, JsonNode Body)> Post(string path, string body, string key)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
            request.Headers.Add("X-API-KEY", key);
            using var client = app.CreateClient();
            client.BaseAddress = app.ClientOptions.BaseAddress;
            using var answer = await client.SendAsync(request);
            return (answer.StatusCode, JsonNode.Parse(await answer.Content.ReadAsStringAsync())!);
        }

        public ValueTask DisposeAsync() => app.DisposeAsync();
    }
}
