using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Rpd.Server.Tests.Generations;
using Rpd.Server.Tests.Providers.Chat;
using Rpd.Server.Tests.Support;

namespace Rpd.Server.Tests.Prompts;

public sealed class PromptsApiTests(TestPostgres postgres, SharedApp shared) : IClassFixture<SharedApp>
{
    [Fact]
    public async Task A_prompt_is_enhanced_for_nothing()
    {
        var app = shared.App;
        var caller = await app.Caller(credits: 3);

        var (status, body) = await caller.Post("/v1/prompts/enhance", new { prompt = "a red fox", type = "text2image", style = "anime" });

        var data = body.GetProperty("data");
        Assert.Equal((HttpStatusCode.OK, "a red fox", "builtin"), (status, data.GetProperty("original").GetString(), data.GetProperty("engine").GetString()));
        Assert.StartsWith("a red fox, anime style", data.GetProperty("enhanced").GetString(), StringComparison.Ordinal);
        Assert.InRange(data.GetProperty("suggestions").GetArrayLength(), 1, 6);
        Assert.Equal(3, await caller.Balance());
        Assert.Equal(HttpStatusCode.Unauthorized, (await app.CreateClient().PostAsync(new Uri("/v1/prompts/enhance", UriKind.Relative), null)).StatusCode);
    }

    [Fact]
    public async Task Every_wrong_field_is_named()
    {
        var app = shared.App;
        var caller = await app.Caller();

        var (status, body) = await caller.Post("/v1/prompts/enhance", new { prompt = "  ", type = "poem", style = 5 });

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal(["prompt", "type", "style"], body.GetProperty("error").GetProperty("details").EnumerateArray().Select(detail => detail.GetProperty("field").GetString()!));
        Assert.Equal(HttpStatusCode.BadRequest, (await caller.Post("/v1/prompts/enhance", new { prompt = new string('x', 4001) })).Status);
        Assert.Equal("CONTENT_VIOLATION", Code((await caller.Post("/v1/prompts/enhance", new { prompt = "p0rn" })).Body));
    }

    [Fact]
    public async Task A_violation_starts_nothing_and_costs_nothing()
    {
        await using var app = await App.Scripted(postgres);
        var caller = await app.Caller(credits: 5);

        foreach (var (body, key) in new (object, string?)[]
        {
            (GenerationMoneyTests.Sketch("p.o.r.n"), null), (GenerationMoneyTests.Sketch("p.o.r.n"), "once"),
            (new { type = "text2image", provider = "studio", model = "studio-sketch", prompt = "a hill", title = "Heil Hitler" }, null),
        })
        {
            var (status, answer) = await caller.Post("/v1/generations", body, key);
            Assert.Equal((HttpStatusCode.BadRequest, "CONTENT_VIOLATION"), (status, Code(answer)));
        }
        Assert.Equal(HttpStatusCode.Created, (await caller.Post("/v1/generations", new { type = "text2image", provider = "studio", model = "studio-sketch", prompt = "a hill", negativePrompt = "porn, nude child" })).Status);
        Assert.Equal(HttpStatusCode.Created, (await caller.Post("/v1/generations", GenerationMoneyTests.Sketch("a hill"), "once")).Status);
        Assert.Equal((2L, 3L), (await app.Scalar<long>("select count(*) from generations"), await caller.Balance()));
        var id = await app.Scalar<Guid>("select id from generations limit 1");
        Assert.Equal("CONTENT_VIOLATION", Code((await caller.Patch($"/v1/generations/{id}", new { title = "Sieg Heil" })).Body));
    }

    [Fact]
    public async Task The_configured_model_answers_and_the_rules_do_when_it_cannot()
    {
        await using var model = await FakeModel.Start();
        await using var app = await App.Start(postgres, ("Prompts:Upstream:BaseUrl", model.Address), ("Prompts:Upstream:ApiKey", "sk-secret"), ("Prompts:Upstream:Model", "m1"),
            ("Prompts:Upstream:TimeoutSeconds", "5"));
        var caller = await app.Caller();

        model.Answer = http => http.Response.WriteAsJsonAsync(new
        {
            choices = new[] { new { message = new { content = "```json\n{\"enhanced\":\"a red fox in snow\",\"suggestions\":[\"dusk\",\"\",null]}\n```" } } },
        });
        var made = (await caller.Post("/v1/prompts/enhance", new { prompt = "a red fox" })).Body.GetProperty("data");
        Assert.Equal(("a red fox in snow", "upstream", 1), (made.GetProperty("enhanced").GetString(), made.GetProperty("engine").GetString(), made.GetProperty("suggestions").GetArrayLength()));
        Assert.Equal(("/v1/chat/completions", "Bearer sk-secret", "m1"), (model.Path, model.Authorization, model.Body.GetProperty("model").GetString()));

        foreach (var fault in new RequestDelegate[]
        {
            http => { http.Response.StatusCode = 500; return http.Response.WriteAsync("sk-secret"); },
            http => http.Response.WriteAsync("not json"),
            http => http.Response.WriteAsJsonAsync(new { choices = Array.Empty<object>() }),
            http => http.Response.WriteAsJsonAsync(new { choices = new[] { new { message = new { content = "{\"enhanced\":\"porn\"}" } } } }),
            http => { http.Response.Redirect("http://127.0.0.1:1/"); return Task.CompletedTask; },
            http => Task.Delay(TimeSpan.FromSeconds(20), http.RequestAborted),
        })
        {
            model.Answer = fault;
            var (status, body) = await caller.Post("/v1/prompts/enhance", new { prompt = "a red fox" });
            Assert.Equal((HttpStatusCode.OK, "builtin-fallback"), (status, body.GetProperty("data").GetProperty("engine").GetString()));
            Assert.StartsWith("a red fox, ", body.GetProperty("data").GetProperty("enhanced").GetString(), StringComparison.Ordinal);
        }
        Assert.Equal(7, model.Calls);
    }

    [Fact]
    public async Task A_model_of_the_chat_upstreams_answers_whichever_of_them_can_and_the_rules_do_when_none_can()
    {
        await using var broken = await ChatServer.Start("broken", ChatServer.Status(500));
        await using var healthy = await ChatServer.Start("healthy");
        healthy.Words = ["{\"enhanced\":\"a red fox in snow\",", "\"suggestions\":[]}"];
        await using var app = await App.Start(postgres, ("Prompts:Upstream:Model", "smart"),
            ("Chat:Upstreams:broken:BaseUrl", broken.Address), ("Chat:Upstreams:broken:ApiKey", ChatServer.Key), ("Chat:Upstreams:broken:Models:smart", "gpt-6-sol"),
            ("Chat:Upstreams:healthy:BaseUrl", healthy.Address), ("Chat:Upstreams:healthy:ApiKey", ChatServer.Key), ("Chat:Upstreams:healthy:Models:smart", "gpt-6-luna"),
            ("Chat:Upstreams:healthy:Priority", "1"));
        var caller = await app.Caller();

        async Task<(string?, string?)> Enhance()
        {
            var (status, body) = await caller.Post("/v1/prompts/enhance", new { prompt = "a red fox" });
            Assert.Equal(HttpStatusCode.OK, status);
            return (body.GetProperty("data").GetProperty("engine").GetString(), body.GetProperty("data").GetProperty("enhanced").GetString());
        }

        Assert.Equal(("upstream", "a red fox in snow"), await Enhance());
        Assert.Equal(("gpt-6-sol", "gpt-6-luna"), (broken.Requests.Single().GetProperty("model").GetString(), healthy.Requests.Single().GetProperty("model").GetString()));
        healthy.Instead = ChatServer.Status(503);
        var (engine, enhanced) = await Enhance();
        Assert.Equal("builtin-fallback", engine);
        Assert.StartsWith("a red fox, ", enhanced, StringComparison.Ordinal);
        Assert.Empty(broken.Faults.Concat(healthy.Faults));
    }

    [Fact]
    public async Task Moderation_refuses_what_it_flags_and_its_failure_stops_nobody_unless_it_is_required()
    {
        await using var model = await FakeModel.Start();
        await using var app = await App.Scripted(postgres, ("ContentPolicy:Upstream:BaseUrl", model.Address), ("ContentPolicy:Upstream:TimeoutSeconds", "1"));
        await using var strict = await App.Scripted(postgres, ("ContentPolicy:Upstream:BaseUrl", model.Address), ("ContentPolicy:Upstream:Required", "true"));
        var (caller, careful) = (await app.Caller(), await strict.Caller());

        model.Answer = http => http.Response.WriteAsJsonAsync(new { results = new[] { new { flagged = model.Body.GetProperty("input")[0].GetString() == "bad hill", categories = new { hate = false, violence = true } } } });
        Assert.Equal(HttpStatusCode.Created, (await caller.Post("/v1/generations", GenerationMoneyTests.Sketch("a hill"))).Status);
        var (status, body) = await caller.Post("/v1/generations", GenerationMoneyTests.Sketch("bad hill"), "k");
        Assert.Equal((HttpStatusCode.BadRequest, "CONTENT_VIOLATION"), (status, Code(body)));
        Assert.Contains("violence", body.GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);
        var id = await app.Scalar<Guid>("select id from generations where account_id = $1", caller.Account);
        var (renamed, refused) = await caller.Patch($"/v1/generations/{id}", new { title = "bad hill" });
        Assert.Equal((HttpStatusCode.BadRequest, "CONTENT_VIOLATION", "title"), (renamed, Code(refused), refused.GetProperty("error").GetProperty("details")[0].GetProperty("field").GetString()));
        Assert.Equal(HttpStatusCode.OK, (await caller.Patch($"/v1/generations/{id}", new { title = "green hill" })).Status);

        model.Answer = http => { http.Response.StatusCode = 503; return Task.CompletedTask; };
        Assert.Equal(HttpStatusCode.Created, (await caller.Post("/v1/generations", GenerationMoneyTests.Sketch("bad hill"))).Status);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await careful.Post("/v1/generations", GenerationMoneyTests.Sketch("a hill"))).Status);
    }

    private static string? Code(JsonElement body) => body.GetProperty("error").GetProperty("code").GetString();

    /// <summary>A server in the place of an OpenAI-compatible API.</summary>
    private sealed class FakeModel : IAsyncDisposable
    {
        private readonly WebApplication app;

        private FakeModel(WebApplication app) => this.app = app;

        public RequestDelegate Answer { get; set; } = _ => Task.CompletedTask;

        public int Calls { get; private set; }

        public string Path { get; private set; } = "";

        public string Authorization { get; private set; } = "";

        public JsonElement Body { get; private set; }

        public string Address => app.Urls.First() + "/v1";

        public static async Task<FakeModel> Start()
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            var model = new FakeModel(builder.Build());
            model.app.Run(async http =>
            {
                model.Calls++;
                (model.Path, model.Authorization) = (http.Request.Path, http.Request.Headers.Authorization.ToString());
                model.Body = await JsonSerializer.DeserializeAsync<JsonElement>(http.Request.Body);
                try
                {
                    await model.Answer(http);
                }
                catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
                {
                    http.Abort();
                }
            });
            await model.app.StartAsync();
            return model;
        }

        public ValueTask DisposeAsync() => app.DisposeAsync();
    }
}
