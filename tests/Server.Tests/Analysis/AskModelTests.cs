using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Rpd.Server.Analysis;
using Rpd.Server.Analysis.Llm;
using Rpd.Server.Analysis.Pictures;
using Rpd.Server.Http;
using Rpd.Server.Tests.Providers.Chat;
using Rpd.Server.Tests.Support;

namespace Rpd.Server.Tests.Analysis;

public sealed class AskModelTests
{
    private const string Text = "😀 Next summer in Barcelona";

    [Theory]
    [InlineData(AnalysisTask.Sentiment, """{"sentiment":"POSITIVE","positive":0.9,"negative":0,"neutral":0.1,"mixed":0}""", """{"sentiment":"POSITIVE","sentimentScore":{"positive":0.9,"negative":0,"neutral":0.1,"mixed":0}}""")]
    [InlineData(AnalysisTask.Entities, "```json\n{\"found\":[{\"text\":\"Next summer\",\"type\":\"DATE\",\"score\":0.9}]}\n```", """{"entities":[{"score":0.9,"type":"DATE","text":"Next summer","beginOffset":2,"endOffset":13}]}""")]
    [InlineData(AnalysisTask.KeyPhrase, """{"found":[{"text":"Barcelona","score":1}]}""", """{"keyPhrases":[{"score":1,"text":"Barcelona","beginOffset":17,"endOffset":26}]}""")]
    [InlineData(AnalysisTask.Landmark, """{"found":[{"description":"Eiffel Tower","score":0.9,"latitude":48.86,"longitude":2.29}]}""",
        """{"landmarkAnnotations":[{"description":"Eiffel Tower","score":0.9,"boundingPoly":{"vertices":[]},"locations":[{"latLng":{"latitude":48.86,"longitude":2.29}}]}]}""")]
    [InlineData(AnalysisTask.Localize, """{"found":[{"name":"Cup","score":0.8,"left":0.1,"top":0.2,"right":0.5,"bottom":0.6}]}""",
        """{"localizedObjectAnnotations":[{"name":"Cup","score":0.8,"boundingPoly":{"normalizedVertices":[{"x":0.1,"y":0.2},{"x":0.5,"y":0.2},{"x":0.5,"y":0.6},{"x":0.1,"y":0.6}]}}]}""")]
    public async Task An_answer_of_the_form_that_was_asked_for_becomes_a_result(AnalysisTask task, string said, string expected)
    {
        await using var world = new ChatWorld();
        using var folder = new TestFolder();
        var outcome = await Ask(world, folder, task, said);

        Assert.Null(outcome.Refusal);
        var result = JsonSerializer.Serialize(outcome.Value, ApiAnswers.Json);
        Assert.True(JsonElement.DeepEquals(JsonElement.Parse(expected), JsonElement.Parse(result)), result);
    }

    [Theory]
    [InlineData(AnalysisTask.Sentiment, "It is positive.")]
    [InlineData(AnalysisTask.Sentiment, """{"sentiment":"GREAT","positive":0.9,"negative":0,"neutral":0.1,"mixed":0}""")]
    [InlineData(AnalysisTask.Sentiment, """{"sentiment":"POSITIVE","positive":0.9,"negative":0.9,"neutral":0.1,"mixed":0}""")]
    [InlineData(AnalysisTask.Sentiment, """{"sentiment":"POSITIVE","positive":"much"}""")]
    [InlineData(AnalysisTask.Entities, """{"found":[{"text":"Madrid","type":"LOCATION","score":0.9}]}""")]
    [InlineData(AnalysisTask.Entities, """{"found":[{"text":"Barcelona","type":"PLACE","score":0.9}]}""")]
    [InlineData(AnalysisTask.KeyPhrase, """{"found":"Barcelona"}""")]
    [InlineData(AnalysisTask.Landmark, """{"found":[{"description":"Eiffel Tower","score":7}]}""")]
    [InlineData(AnalysisTask.Localize, """{"found":[{"name":"Cup","score":0.8,"left":0.5,"top":0.2,"right":0.1,"bottom":0.6}]}""")]
    [InlineData(AnalysisTask.Localize, """{"found":[{"name":"Cup","score":0.8,"left":0.5,"top":0.2,"right":40,"bottom":0.6}]}""")]
    public async Task Any_other_answer_is_none(AnalysisTask task, string said)
    {
        await using var world = new ChatWorld();
        using var folder = new TestFolder();

        Assert.Equal("PROVIDER_UNAVAILABLE", (await Ask(world, folder, task, said)).Refusal!.Code);
    }

    [Fact]
    public async Task What_the_model_refuses_is_the_callers_and_what_it_fails_at_is_not()
    {
        await using var world = new ChatWorld();
        using var folder = new TestFolder();
        var server = await world.Server("openai", ChatServer.Status(400, "The input was flagged.", "content_filter"));
        Assert.Equal(400, (await Model(world, server).Run(new(AnalysisTask.Sentiment, Text, "en"), TestContext.Current.CancellationToken)).Refusal!.Status);
        var broken = await world.Server("other", ChatServer.Status(500));
        Assert.Equal(503, (await Model(world, broken).Run(new(AnalysisTask.Sentiment, Text, "en"), TestContext.Current.CancellationToken)).Refusal!.Status);
    }

    private static async Task<Rpd.Shared.Outcome<object>> Ask(ChatWorld world, TestFolder folder, AnalysisTask task, string said)
    {
        var pictured = task is AnalysisTask.Landmark or AnalysisTask.Localize;
        if (!pictured)
        {
            var server = await world.Server("openai");
            server.Words = [said];
            return await Model(world, server).Run(new(task, Text, "en"), TestContext.Current.CancellationToken);
        }
        await using var eyes = await LocalServer.Start(call => Say(call, said));
        var path = folder.Below("picture.jpg");
        await File.WriteAllBytesAsync(path, [1, 2, 3]);
        var upstreams = world.Upstreams(("eyes", new() { BaseUrl = eyes.Address("/v1").ToString() }));
        return await new AskModel(new() { Model = "gpt-6-luna" }, upstreams).Run(new(task, "", "", new Picture(path)), TestContext.Current.CancellationToken);
    }

    private static async Task Say(HttpContext call, string said)
    {
        using var request = await JsonDocument.ParseAsync(call.Request.Body);
        var part = request.RootElement.GetProperty("messages")[1].GetProperty("content")[0];
        Assert.Equal(("image_url", "data:image/jpeg;base64,AQID"), (part.GetProperty("type").GetString(), part.GetProperty("image_url").GetProperty("url").GetString()));
        await call.Response.WriteAsJsonAsync(new { choices = new[] { new { index = 0, message = new { role = "assistant", content = said } } } });
    }

    private static AskModel Model(ChatWorld world, ChatServer server) => new(new() { Model = "gpt-6-luna" }, world.InOrder(server));
}
