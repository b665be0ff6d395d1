using System.Net;
using System.Text.Json.Nodes;
using Rpd.Server.Faces.Tasks;
using Rpd.Server.Tests.Support;

namespace Rpd.Server.Tests.Faces.Tasks;

public sealed class TaskFaceTests(TestPostgres postgres, SharedScriptedApp scripted) : IClassFixture<SharedScriptedApp>
{
    private static readonly object Sketch = new { model = "studio-sketch", prompt = "a hill" };

    [Fact]
    public async Task The_chat_is_here_too_and_what_it_refuses_has_this_faces_codes()
    {
        var caller = await scripted.App.Caller(credits: 10);
        var user = TaskUser.Of(scripted.App, caller.Key);
        object Asking(string model) => new { model, messages = new[] { new { role = "user", content = "What is 6 * 7?" } } };

        var answered = await user.Post("chat/completions", Asking("rapshee-1"));

        Assert.Equal(HttpStatusCode.OK, answered.Status);
        Assert.Contains("42", answered.Body!["choices"]![0]!["message"]!["content"]!.GetValue<string>(), StringComparison.Ordinal);
        var unknown = await user.Post("chat/completions", Asking("nobody"));
        Assert.Equal((HttpStatusCode.BadRequest, TaskErrors.NotServed), (unknown.Status, unknown.Code));
        Assert.Equal(TaskErrors.Wrong, (await user.Post("chat/completions", new { model = "rapshee-1" })).Code);
        Assert.Equal(TaskErrors.TooFewCredits, (await user.Post("chat/completions", new { model = "rapshee-1", max_tokens = 16000, messages = new[] { new { role = "user", content = "x" } } })).Code);
        Assert.Equal(9, await scripted.App.Booked(caller));
    }

    [Fact]
    public async Task A_client_of_its_documentation_submits_polls_and_gets_its_pictures()
    {
        var app = scripted.App;
        var caller = await app.Caller(credits: 10);
        var user = TaskUser.Of(app, await LiveKey(caller));

        var submitted = await user.Post("images/generations", new { model = "studio-sketch", prompt = "a hill", size = "16:9", n = 2, seed = 7, unheard_of = true });
        var started = submitted.Body!.AsObject();
        var task = await user.Ended(started["task_id"]!.GetValue<string>());
        var generation = Guid.ParseExact(started["task_id"]!.GetValue<string>()[5..], "N");

        Assert.Equal(HttpStatusCode.OK, submitted.Status);
        Assert.Equal(["id", "task_id", "model", "status", "created_at"], started.Select(member => member.Key));
        Assert.Equal(("processing", "studio-sketch"), (started["status"]!.GetValue<string>(), started["model"]!.GetValue<string>()));
        Assert.Equal(["id", "task_id", "model", "status", "created_at", "completed_at", "credits", "output", "error"], task.AsObject().Select(member => member.Key));
        Assert.Equal(("completed", 2L, true), (task["status"]!.GetValue<string>(), task["credits"]!.GetValue<long>(), task["error"] is null));
        Assert.Equal(started["created_at"]!.GetValue<long>(), task["created_at"]!.GetValue<long>());
        Assert.InRange(task["completed_at"]!.GetValue<long>(), DateTimeOffset.UtcNow.ToUnixTimeSeconds() - 60, DateTimeOffset.UtcNow.ToUnixTimeSeconds() + 1);
        var pictures = task["output"]!["image_urls"]!.AsArray();
        Assert.Equal(2, pictures.Count);
        using var http = app.CreateClient();
        foreach (var picture in pictures) Assert.Equal("image/png", (await http.GetAsync(new Uri(new Uri(picture!.GetValue<string>()).PathAndQuery, UriKind.Relative))).Content.Headers.ContentType?.MediaType);
        Assert.Equal(8, (await user.Get("balance")).Body!["balance"]!.GetValue<long>());
        // The dashboard and the other faces know it as what it is.
        var (_, known) = await caller.Get($"/v1/generations/{generation}");
        Assert.Equal(("text2image", "16:9", 7), (known.GetProperty("data").GetProperty("type").GetString(), known.GetProperty("data").GetProperty("params").GetProperty("aspectRatio").GetString(), known.GetProperty("data").GetProperty("params").GetProperty("seed").GetInt32()));
        Assert.Equal("tasks", await app.Scalar<string>("select face from generations where id = $1", generation));
        Assert.Equal("tasks", await app.Scalar<string>("select face from usage_hours where account_id = $1", caller.Account));
    }

    [Fact]
    public async Task Whoever_reads_that_it_failed_has_the_credits_back()
    {
        var app = scripted.App;
        var user = TaskUser.Of(app, (await app.Caller(credits: 5)).Key);
        var task = await user.Submit("images", new { model = "studio-sketch", prompt = "fail please" });
        Assert.InRange((await user.Get("balance")).Body!["balance"]!.GetValue<long>(), 4, 5);

        var failed = await user.Ended(task);
        var balance = (await user.Get("balance")).Body!["balance"]!.GetValue<long>();
        var again = await user.Ended(task);

        Assert.Equal(("failed", 0L, TaskErrors.ContentPolicy), (failed["status"]!.GetValue<string>(), failed["credits"]!.GetValue<long>(), failed["error"]!["code"]!.GetValue<int>()));
        Assert.Equal(5, balance);
        Assert.Null(failed["output"]);
        Assert.True(JsonNode.DeepEquals(failed, again));
    }

    [Fact]
    public async Task A_key_for_idempotency_is_kept_and_prevents_nothing()
    {
        var app = scripted.App;
        var caller = await app.Caller(credits: 10);
        var user = TaskUser.Of(app, caller.Key);

        var first = await user.Post("images/generations", Sketch, idempotencyKey: "order-7");
        var second = await user.Post("images/generations", Sketch, idempotencyKey: "order-7");
        var long1 = await user.Post("images/generations", Sketch, idempotencyKey: new string('k', 300));

        Assert.All([first, second, long1], answer => Assert.Equal(HttpStatusCode.OK, answer.Status));
        Assert.NotEqual(first.Body!["id"]!.GetValue<string>(), second.Body!["id"]!.GetValue<string>());
        Assert.Equal(2, await app.Scalar<long>("select count(*) from generations where account_id = $1 and client_key = 'order-7'", caller.Account));
        Assert.Equal(255, await app.Scalar<int>("select max(length(client_key)) from generations where account_id = $1", caller.Account));
    }

    [Fact]
    public async Task Nobody_reads_anothers_task_and_a_test_key_none_of_a_live_one()
    {
        var app = scripted.App;
        var caller = await app.Caller();
        var task = await TaskUser.Of(app, caller.Key).Submit("images", Sketch);
        var other = TaskUser.Of(app, (await app.Caller()).Key);

        foreach (var id in new[] { task, "task_1", task[5..], Guid.NewGuid().ToString() })
        {
            var answer = await other.Get($"tasks/{id}");
            Assert.Equal((HttpStatusCode.NotFound, TaskErrors.NoTask), (answer.Status, answer.Code));
        }
        Assert.Equal(TaskErrors.NoTask, (await TaskUser.Of(app, (await app.TestCaller(caller)).Key).Get($"tasks/{task}")).Code);
    }

    [Fact]
    public async Task What_was_cancelled_has_failed_and_what_waits_is_processing()
    {
        var app = scripted.App;
        var caller = await app.Caller(credits: 5);
        var user = TaskUser.Of(app, caller.Key);
        var task = await user.Submit("images", new { model = "studio-sketch", prompt = "hang on" });

        var waiting = (await user.Get($"tasks/{task}")).Body!;
        await caller.Delete($"/v1/generations/{Guid.ParseExact(task[5..], "N")}");
        var cancelled = (await user.Get($"tasks/{task}")).Body!;

        Assert.Equal(("processing", true, true), (waiting["status"]!.GetValue<string>(), waiting["completed_at"] is null, waiting["output"] is null));
        Assert.Equal(("failed", TaskErrors.Other, 0L), (cancelled["status"]!.GetValue<string>(), cancelled["error"]!["code"]!.GetValue<int>(), cancelled["credits"]!.GetValue<long>()));
    }

    [Fact]
    public async Task The_list_names_what_runs_here_with_its_price()
    {
        var app = scripted.App;
        var user = TaskUser.Of(app, (await app.Caller()).Key);

        var list = (await user.Get("models")).Body!;
        var models = list["data"]!.AsArray().ToDictionary(model => model!["id"]!.GetValue<string>(), model => model!.AsObject());

        Assert.Equal("list", list["object"]!.GetValue<string>());
        Assert.Equal(["id", "object", "created", "owned_by", "type", "credits"], models["studio-sketch"].Select(member => member.Key));
        Assert.Equal(("image", 1L), (models["studio-sketch"]["type"]!.GetValue<string>(), models["studio-sketch"]["credits"]!.GetValue<long>()));
        Assert.False(models.ContainsKey("kling-3.0"));
        Assert.Equal(("chat", null), (models["rapshee-1"]["type"]!.GetValue<string>(), models["rapshee-1"]["credits"]));
    }

    /// <summary>Two keys, four kinds of calls, one clock that stands still.</summary>
    [Fact]
    public async Task Ten_calls_a_second_are_for_the_account_whatever_they_ask()
    {
        var clock = new TestClock();
        await using var app = await App.At(clock, postgres);
        var caller = await app.Caller();
        var (one, two) = (TaskUser.Of(app, caller.Key), TaskUser.Of(app, await LiveKey(caller)));
        var task = await one.Submit("images", Sketch);
        for (var call = 1; call < SecondWindows.PerSecond; call++) Assert.Equal(HttpStatusCode.OK, (await (call % 2 == 0 ? one.Get("balance") : two.Get($"tasks/{task}"))).Status);

        TaskAnswer[] refused = [await one.Get($"tasks/{task}"), await two.Get("models"), await two.Post("images/generations", Sketch)];
        var other = await TaskUser.Of(app, (await app.Caller()).Key).Get("balance");
        clock.Advance(TimeSpan.FromSeconds(1));
        var after = await two.Get("balance");

        Assert.All(refused, answer => Assert.Equal((HttpStatusCode.TooManyRequests, TaskErrors.TooFast, TimeSpan.FromSeconds(1)), (answer.Status, answer.Code, answer.RetryAfter)));
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (other.Status, after.Status));
        Assert.Equal(1, await app.Scalar<long>("select count(*) from generations"));
    }

    private static async Task<string> LiveKey(Caller caller)
    {
        var (_, made) = await caller.Post("/v1/keys", new { name = "tasks", scopes = new[] { "generate", "read" }, prefix = "rk_live" });
        var secret = made.GetProperty("data").GetProperty("secret").GetString()!;
        Assert.StartsWith("rk_live_", secret, StringComparison.Ordinal);
        return secret;
    }
}
