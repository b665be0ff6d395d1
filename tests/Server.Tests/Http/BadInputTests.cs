using System.Net;
using System.Text;
using Rpd.Server.Tests.Support;

namespace Rpd.Server.Tests.Http;

public sealed class BadInputTests(TestPostgres postgres)
{
    public static TheoryData<string, string> WrongBodies => new()
    {
        { "", "" },
        { "{", "" },
        { "[]", "" },
        { "\"text\"", "" },
        { "null", "" },
        { "{\"type\":1}", "type" },
        { "{\"type\":\"text2image\",\"provider\":\"studio\",\"model\":\"studio-sketch\"}", "prompt" },
        { "{\"type\":\"text2image\",\"provider\":\"studio\",\"model\":\"studio-sketch\",\"prompt\":\" \"}", "prompt" },
        { "{\"type\":\"text2image\",\"provider\":\"studio\",\"model\":\"nothing\",\"prompt\":\"x\"}", "model" },
        { "{\"type\":\"text2image\",\"provider\":\"nobody\",\"model\":\"studio-sketch\",\"prompt\":\"x\"}", "provider" },
        { "{\"type\":\"text2video\",\"provider\":\"studio\",\"model\":\"studio-sketch\",\"prompt\":\"x\"}", "type" },
        { Sketch("\"prompt\":\"a\\u0000b\""), "prompt" },
        { Sketch("\"prompt\":\"\\ud800\""), "prompt" },
        { Sketch("\"prompt\":\"x\",\"params\":{\"aspectRatio\":\"\\ud800\"}"), "params.aspectRatio" },
        { Sketch("\"prompt\":\"x\",\"params\":{\"\\ud800\":1}"), "params" },
        { Sketch("\"prompt\":\"x\",\"\\udc00\":1"), "" },
        { Sketch("\"prompt\":[\"x\"]"), "prompt" },
        { Sketch("\"prompt\":\"x\",\"count\":0"), "count" },
        { Sketch("\"prompt\":\"x\",\"count\":5"), "count" },
        { Sketch("\"prompt\":\"x\",\"count\":1.5"), "count" },
        { Sketch("\"prompt\":\"x\",\"count\":\"2\""), "count" },
        { Sketch("\"prompt\":\"x\",\"count\":99999999999999999999"), "count" },
        { Sketch("\"prompt\":\"x\",\"params\":[]"), "params" },
        { Sketch("\"prompt\":\"x\",\"params\":{\"width\":-5}"), "params.width" },
        { Sketch("\"prompt\":\"x\",\"params\":{\"width\":1e999}"), "params.width" },
        { Sketch("\"prompt\":\"x\",\"params\":{\"height\":\"NaN\"}"), "params.height" },
        { Sketch("\"prompt\":\"x\",\"params\":{\"seed\":-1}"), "params.seed" },
        { Sketch("\"prompt\":\"x\",\"params\":{\"aspectRatio\":\"16/9\"}"), "params.aspectRatio" },
        { Sketch("\"prompt\":\"x\",\"params\":{\"hack\":1}"), "params.hack" },
        { Sketch("\"prompt\":\"x\",\"visibility\":\"everyone\""), "visibility" },
        { Sketch("\"prompt\":\"x\",\"inputImageUrl\":\"file:///etc/passwd\""), "inputImageUrl" },
        { Sketch("\"prompt\":\"x\",\"webhookUrl\":\"file:019a0000-0000-7000-8000-000000000000\""), "webhookUrl" },
        { Sketch("\"prompt\":\"x\",\"inputImageUrl\":\"javascript:alert(1)\""), "inputImageUrl" },
        { Sketch("\"prompt\":\"x\",\"parentId\":\"7\""), "parentId" },
    };

    [Theory, MemberData(nameof(WrongBodies))]
    public async Task A_wrong_body_is_refused_by_name_and_nothing_is_charged(string body, string field)
    {
        await using var app = await App.Scripted(postgres);
        var caller = await app.Caller(credits: 10);

        var (status, answer) = await caller.PostText("/v1/generations", body);

        Assert.Equal(HttpStatusCode.BadRequest, status);
        var error = answer.GetProperty("error");
        Assert.False(answer.GetProperty("success").GetBoolean());
        Assert.Equal("VALIDATION_ERROR", error.GetProperty("code").GetString());
        Assert.Contains(error.GetProperty("details").EnumerateArray(), detail => detail.GetProperty("field").GetString() == field);
        Assert.Equal(10, await caller.Balance());
    }

    [Fact]
    public async Task Every_mistake_is_told_at_once()
    {
        await using var app = await App.Scripted(postgres);
        var caller = await app.Caller();

        var (_, answer) = await caller.PostText("/v1/generations", Sketch("\"prompt\":7,\"count\":9,\"visibility\":\"x\",\"params\":{\"width\":1,\"hack\":1}"));

        Assert.Equal(["count", "params.hack", "params.width", "prompt", "visibility"],
            answer.GetProperty("error").GetProperty("details").EnumerateArray().Select(detail => detail.GetProperty("field").GetString()!).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_flood_of_mistakes_is_answered_with_the_first_fifty()
    {
        await using var app = await App.Scripted(postgres);
        var caller = await app.Caller();

        var (status, answer) = await caller.PostText("/v1/generations", Sketch($"\"prompt\":\"x\",\"params\":{{{string.Join(',', Enumerable.Range(0, 5000).Select(i => $"\"p{i}\":1"))}}}"));

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal(50, answer.GetProperty("error").GetProperty("details").GetArrayLength());
    }

    [Theory]
    [InlineData(4000, HttpStatusCode.Created)]
    [InlineData(4001, HttpStatusCode.BadRequest)]
    public async Task A_prompt_may_have_four_thousand_characters(int length, HttpStatusCode expected)
    {
        await using var app = await App.Scripted(postgres);
        var caller = await app.Caller();

        Assert.Equal(expected, (await caller.Post("/v1/generations", new { type = "text2image", provider = "studio", model = "studio-sketch", prompt = new string('x', length) })).Status);
    }

    [Theory]
    [InlineData("زرافة 🦒 في الصحراء")]
    [InlineData("👩‍👩‍👧‍👦 e\u0301 ﷽ \u202Eright to left\u202C \u200B")]
    [InlineData("<script>alert(1)</script> & \"quotes\" '; drop table generations; --")]
    [InlineData("日本語のプロンプト、夕焼け")]
    [InlineData("tab\tand\nnewline\u0001control")]
    public async Task A_prompt_in_any_script_comes_back_as_it_was_sent(string prompt)
    {
        await using var app = await App.Scripted(postgres);
        var caller = await app.Caller();

        var (status, created) = await caller.Post("/v1/generations", new { type = "text2image", provider = "studio", model = "studio-sketch", prompt });
        var (_, read) = await caller.Get($"/v1/generations/{created.GetProperty("data").GetProperty("id").GetString()}");

        Assert.Equal(HttpStatusCode.Created, status);
        Assert.Equal(prompt, read.GetProperty("data").GetProperty("prompt").GetString());
    }

    [Fact]
    public async Task Deep_large_and_foreign_bodies_are_refused_in_the_faces_own_words()
    {
        await using var app = await App.Scripted(postgres);
        var caller = await app.Caller();

        var deep = await caller.PostText("/v1/generations", string.Concat(Enumerable.Repeat("{\"a\":", 2000)) + "1" + new string('}', 2000));
        var large = await caller.PostText("/v1/generations", $"{{\"prompt\":\"{new string('x', 300_000)}\"}}");
        var form = await caller.PostText("/v1/generations", "a=b", "application/x-www-form-urlencoded");
        using var binary = new ByteArrayContent([.. "{\"prompt\":\""u8, 0xff, 0xfe, .. "\"}"u8]);
        binary.Headers.ContentType = new("application/json");
        using var notText = await caller.Http.PostAsync(new Uri("/v1/generations", UriKind.Relative), binary);

        Assert.Equal((HttpStatusCode.BadRequest, "VALIDATION_ERROR"), (deep.Status, Code(deep.Body)));
        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, "PAYLOAD_TOO_LARGE"), (large.Status, Code(large.Body)));
        Assert.Equal((HttpStatusCode.UnsupportedMediaType, "UNSUPPORTED_MEDIA_TYPE"), (form.Status, Code(form.Body)));
        Assert.Equal(HttpStatusCode.BadRequest, notText.StatusCode);
    }

    [Fact]
    public async Task Unknown_paths_and_wrong_methods_answer_in_the_faces_own_words()
    {
        await using var app = await App.Scripted(postgres);
        var caller = await app.Caller();

        var unknown = await caller.Get("/v1/nothing");
        var badId = await caller.Get("/v1/generations/not-an-id");
        var method = await caller.Delete("/v1/generations");
        var foreignId = await caller.Get($"/v1/generations/{Guid.NewGuid()}");

        Assert.Equal((HttpStatusCode.NotFound, "NOT_FOUND"), (unknown.Status, Code(unknown.Body)));
        Assert.Equal((HttpStatusCode.NotFound, "NOT_FOUND"), (badId.Status, Code(badId.Body)));
        Assert.Equal((HttpStatusCode.MethodNotAllowed, "METHOD_NOT_ALLOWED"), (method.Status, Code(method.Body)));
        Assert.Equal((HttpStatusCode.NotFound, "NOT_FOUND"), (foreignId.Status, Code(foreignId.Body)));
    }

    [Fact]
    public async Task Every_answer_has_a_request_id_of_ours_and_no_two_are_the_same()
    {
        await using var app = await App.Start(postgres);
        using var http = app.CreateClient();
        http.DefaultRequestHeaders.Add("X-Request-Id", "mine");

        var ids = new List<string>();
        foreach (var path in new[] { "/health", "/v1/models", "/v1/nothing", "/nothing", "/explore" })
        {
            using var answer = await http.GetAsync(new Uri(path, UriKind.Relative));
            ids.Add(Assert.Single(answer.Headers.GetValues("X-Request-Id")));
        }

        Assert.All(ids, id => Assert.Matches("^req_[0-9a-f]{32}$", id));
        Assert.Equal(ids.Count, ids.Distinct().Count());
    }

    [Fact]
    public async Task The_limit_refuses_with_the_time_to_wait_and_every_answer_says_what_is_left()
    {
        await using var app = await App.Scripted(postgres);
        var caller = await app.Caller(plan: "free");

        var answers = new List<HttpResponseMessage>();
        for (var i = 0; i < 6; i++)
            answers.Add(await caller.Http.PostAsync(new Uri("/v1/generations", UriKind.Relative), new StringContent(Sketch("\"prompt\":\"x\""), Encoding.UTF8, "application/json")));

        Assert.Equal([201, 201, 201, 201, 201, 429], answers.Select(answer => (int)answer.StatusCode));
        Assert.All(answers, answer => Assert.Equal("5", answer.Headers.GetValues("RateLimit-Limit").Single()));
        Assert.InRange(answers[5].Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 12);
    }

    private static string? Code(System.Text.Json.JsonElement body) => body.GetProperty("error").GetProperty("code").GetString();

    private static string Sketch(string rest) => $$"""{"type":"text2image","provider":"studio","model":"studio-sketch",{{rest}}}""";
}
