using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Rpd.Server.Tests.Live;
using Rpd.Server.Tests.Support;

namespace Rpd.Server.Tests.CustomModels;

public sealed class CustomModelTests(TrainingApp shared) : IClassFixture<TrainingApp>
{
    private readonly App app = shared.App;

    [Fact]
    public async Task Mails_are_learned_judged_on_kept_ones_deployed_and_told_apart_for_a_credit_each()
    {
        var ada = await Trainer.Of(app);
        var (first, second, third) = (await ada.Create(Trainer.Mails(20)), await ada.Create(Trainer.Mails(20)), await ada.Create(Trainer.Mails(20), seed: 8));
        var trained = await ada.Ended(first);
        var metrics = trained.GetProperty("metrics");

        Assert.Equal(("ready", 100, 40), (trained.GetProperty("status").GetString(), trained.GetProperty("progress").GetInt32(), trained.GetProperty("examples").GetInt32()));
        Assert.Equal(["complaint", "praise"], trained.GetProperty("labels").EnumerateArray().Select(label => label.GetString()));
        Assert.Equal((8, 1.0), (metrics.GetProperty("examples").GetInt32(), metrics.GetProperty("accuracy").GetDouble()));
        Assert.Equal("[[4,0],[0,4]]", metrics.GetProperty("confusion").GetRawText());
        await ada.Ended(second);
        await ada.Ended(third);
        Assert.Equal(await ada.Stored(first, "weights"), await ada.Stored(second, "weights"));
        Assert.NotEqual(await ada.Stored(first, "weights"), await ada.Stored(third, "weights"));
        await ada.Erased(first, "examples");

        Assert.Equal(HttpStatusCode.Conflict, (await Ask(ada, first, "wonderful")).Status);
        for (var twice = 0; twice < 2; twice++) Assert.True((await ada.Caller.Post($"{Trainer.Models}/{first}/deploy", new { })).Body.GetProperty("data").GetProperty("deployed").GetBoolean());
        var said = (await Ask(ada, first, "I am angry, the chair is broken")).Body.GetProperty("data");
        Assert.Equal("complaint", said.GetProperty("label").GetString());
        Assert.Equal(1, said.GetProperty("probabilities").EnumerateArray().Sum(one => one.GetProperty("probability").GetDouble()), 5);
        Assert.Equal("praise", (await Ask(ada, first, "thank you, lovely")).Body.GetProperty("data").GetProperty("label").GetString());
        Assert.Equal(HttpStatusCode.BadRequest, (await Ask(ada, first, " ")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await ada.Caller.Post($"{Trainer.Models}/{first}/predict", new { })).Status);
        Assert.False((await ada.Caller.Delete($"{Trainer.Models}/{first}/deploy")).Body.GetProperty("data").GetProperty("deployed").GetBoolean());
        Assert.Equal(HttpStatusCode.Conflict, (await Ask(ada, first, "wonderful")).Status);
        Assert.Equal(8, await app.Booked(ada.Caller));

        Assert.Equal([third, second, first], (await ada.Caller.Get(Trainer.Models)).Body.GetProperty("data").EnumerateArray().Select(one => one.GetProperty("id").GetGuid()));
        Assert.Equal(HttpStatusCode.OK, (await ada.Caller.Delete($"{Trainer.Models}/{first}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await ada.Caller.Get($"{Trainer.Models}/{first}")).Status);
        await ada.Erased(first, "weights");
    }

    [Fact]
    public async Task Pictures_are_learned_and_told_apart_and_another_node_answers_for_them_too()
    {
        var ada = await Trainer.Of(app);
        var model = await ada.Deployed(Trainer.Pictures(6), "image");
        await using var twin = app.Twin();
        var http = twin.CreateClient();
        http.DefaultRequestHeaders.Add("X-API-KEY", ada.Caller.Key);
        var there = new Trainer(twin, ada.Caller with { Http = http });

        var (status, red) = await ada.Upload($"{Trainer.Models}/{model}/predict", Trainer.Picture(red: true, 40));
        Assert.True(status == HttpStatusCode.OK, red.GetRawText());
        Assert.Equal("red", red.GetProperty("data").GetProperty("label").GetString());
        var blue = await there.Caller.Post($"{Trainer.Models}/{model}/predict", new { file = "data:image/png;base64," + Convert.ToBase64String(Trainer.Picture(red: false, 41)) });
        Assert.Equal("blue", blue.Body.GetProperty("data").GetProperty("label").GetString());
        // None of these is paid for.
        Assert.Equal(HttpStatusCode.BadRequest, (await ada.Upload($"{Trainer.Models}/{model}/predict", "no picture"u8.ToArray())).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await ada.Caller.Post($"{Trainer.Models}/{model}/predict", new { url = "http://127.0.0.1:9/a.png" })).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await ada.Caller.Post($"{Trainer.Models}/{model}/predict", new { url = $"file:{model}" })).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await Ask(ada, model, "a text")).Status);
        await twin.Booked(there.Caller);
        Assert.Equal(8, await app.Booked(ada.Caller));
    }

    [Fact]
    public async Task Nobody_else_knows_of_a_model_and_a_smaller_plan_has_none()
    {
        var (ada, bo, free) = (await Trainer.Of(app), await Trainer.Of(app), await Trainer.Of(app, "free"));
        var model = await ada.Deployed(Trainer.Mails(5));

        foreach (var answer in new[]
        {
            await bo.Caller.Get($"{Trainer.Models}/{model}"), await Ask(bo, model, "lovely"), await bo.Caller.Post($"{Trainer.Models}/{model}/deploy", new { }),
            await bo.Caller.Delete($"{Trainer.Models}/{model}/deploy"), await bo.Caller.Delete($"{Trainer.Models}/{model}"),
        }) Assert.Equal(HttpStatusCode.NotFound, answer.Status);
        var (status, body) = await free.TryCreate(Trainer.Mails(5));
        Assert.Equal(HttpStatusCode.Forbidden, status);
        Assert.Equal("Custom models are not part of the plan free. They come with: creator, pro, business, enterprise.", body.GetProperty("error").GetProperty("message").GetString());

        // Who goes back to a smaller plan keeps what is there, and can only look at it and delete it.
        await app.Execute("update accounts set plan = 'free' where id = $1", ada.Caller.Account);
        var small = new Trainer(app, ada.Caller with { Http = await Again(ada) });
        Assert.True((await small.Get(model)).GetProperty("deployed").GetBoolean());
        Assert.Equal(HttpStatusCode.Forbidden, (await Ask(small, model, "lovely")).Status);
        Assert.Equal(HttpStatusCode.OK, (await small.Caller.Delete($"{Trainer.Models}/{model}")).Status);
    }

    [Fact]
    public async Task An_upload_that_nothing_can_be_learned_from_is_refused_in_words_and_leaves_nothing()
    {
        var ada = await Trainer.Of(app);
        foreach (var (file, kind, status, said) in new (byte[]?, string, HttpStatusCode, string)[]
        {
            ([.. Trainer.Mails(5), .. "only one value\n"u8], "text", HttpStatusCode.BadRequest, "Line 12 has 1 values, the first line 2."),
            ("text,label\na,x\nb,x\nc,x\nd,x\ne,x\nf,y\n"u8.ToArray(), "text", HttpStatusCode.BadRequest, "Each label needs 5 examples. Too few: y (1)."),
            (Trainer.Mails(5), "image", HttpStatusCode.BadRequest, "The file is no zip archive, or it is damaged."),
            (Trainer.Pictures(5), "text", HttpStatusCode.BadRequest, "The file is not text in UTF-8. Save it as \"CSV UTF-8\"."),
            (Trainer.Pictures(0, ("../../up/a.png", [1])), "image", HttpStatusCode.BadRequest, "At least 2 labels are needed; there are none."),
            ([], "text", HttpStatusCode.BadRequest, "The file is empty."),
            (null, "text", HttpStatusCode.BadRequest, "file is required."),
            (new byte[3_000_001], "image", HttpStatusCode.RequestEntityTooLarge, "A file may have 3 MB; this one has 3 MB."),
        })
        {
            var answer = await ada.TryCreate(file, kind);
            Assert.Equal((status, said), (answer.Status, answer.Body.GetProperty("error").GetProperty("message").GetString()));
        }
        var nameless = await ada.Upload(Trainer.Models, Trainer.Mails(5), null, ("kind", "sound"), ("seed", "-1"));
        Assert.Equal(["name", "kind", "seed"], nameless.Body.GetProperty("error").GetProperty("details").EnumerateArray().Select(detail => detail.GetProperty("field").GetString()));
        Assert.Empty((await ada.Caller.Get(Trainer.Models)).Body.GetProperty("data").EnumerateArray());
    }

    [Fact]
    public async Task A_plan_holds_so_many_models_and_the_same_form_sent_again_makes_no_other()
    {
        var ada = await Trainer.Of(app, "creator");
        (string, string)[] fields = [("name", "Mail"), ("kind", "text")];
        var first = await ada.Upload(Trainer.Models, Trainer.Mails(5), "once", fields);
        var again = await ada.Upload(Trainer.Models, Trainer.Mails(5), "once", fields);
        var other = await ada.Upload(Trainer.Models, Trainer.Mails(6), "once", fields);
        var more = await ada.TryCreate(Trainer.Mails(5));

        Assert.Equal((HttpStatusCode.Accepted, HttpStatusCode.Accepted), (first.Status, again.Status));
        Assert.Equal(first.Body.GetRawText(), again.Body.GetRawText());
        Assert.Equal((HttpStatusCode.UnprocessableEntity, HttpStatusCode.Conflict), (other.Status, more.Status));
    }

    [Fact]
    public async Task Open_pages_of_its_owner_are_told_how_a_training_goes()
    {
        var (ada, bo) = (await Trainer.Of(app), await Trainer.Of(app));
        using var socket = await LiveSocket.Open(app, await LiveSocket.Cookie(app, ada.Caller.Account));
        using var stranger = await LiveSocket.Open(app, await LiveSocket.Cookie(app, bo.Caller.Account));
        await LiveSocket.Call(socket, "Subscribe", new[] { "account" });
        var model = await ada.Create(Trainer.Mails(5));

        var told = new List<string?>();
        while (told.LastOrDefault() != "ready")
            foreach (var message in await LiveSocket.Receive(socket))
                if (message.TryGetProperty("target", out var target) && target.GetString() == "nudge" && message.GetProperty("arguments")[0] is var nudge)
                {
                    Assert.Equal((model, "custom-model"), (nudge.GetProperty("id").GetGuid(), nudge.GetProperty("kind").GetString()));
                    told.Add(nudge.GetProperty("status").GetString());
                }
        Assert.Equal("training", told[0]);
        var items = new[] { new { id = model, version = 1 } };
        Assert.Equal(model, (await LiveSocket.Call(socket, "Sync", items)).GetProperty("result")[0].GetProperty("id").GetGuid());
        Assert.Empty((await LiveSocket.Call(stranger, "Sync", items)).GetProperty("result").EnumerateArray());
    }

    private static Task<(HttpStatusCode Status, JsonElement Body)> Ask(Trainer trainer, Guid model, string text) => trainer.Caller.Post($"{Trainer.Models}/{model}/predict", new { text });

    /// <summary>A key whose credential is read anew.</summary>
    private async Task<HttpClient> Again(Trainer trainer)
    {
        using var scope = app.Services.CreateScope();
        var http = app.CreateClient();
        http.DefaultRequestHeaders.Add("X-API-KEY", await TestAccount.Key(scope.ServiceProvider.GetRequiredService<AppDb>(), trainer.Caller.Account, null, false));
        return http;
    }
}
