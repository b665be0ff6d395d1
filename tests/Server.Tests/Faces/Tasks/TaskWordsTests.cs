using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Rpd.Server.Catalog;
using Rpd.Server.Faces.Tasks;
using Rpd.Server.Tests.Support;

namespace Rpd.Server.Tests.Faces.Tasks;

public sealed class TaskWordsTests(SharedScriptedApp scripted) : IClassFixture<SharedScriptedApp>
{
    [Theory]
    [InlineData("images", """{"model":"studio-sketch","prompt":"a hill","size":"1024x768","n":3}""", "text2image", """{"prompt":"a hill","count":3,"params":{"width":1024,"height":768}}""")]
    [InlineData("images", """{"model":"studio-sketch","prompt":"a hill","size":"4:3","negative_prompt":"people"}""", "text2image", """{"prompt":"a hill","negativePrompt":"people","params":{"aspectRatio":"4:3"}}""")]
    [InlineData("images", """{"model":"gpt-image-2","prompt":"a hill","size":"1024x1536","quality":"high"}""", "text2image", """{"prompt":"a hill","params":{"size":"1024x1536","quality":"high"}}""")]
    [InlineData("images", """{"model":"studio-restyle","prompt":"ink","image_urls":["https://example.org/a.png"]}""", "image2image", """{"prompt":"ink","inputImageUrl":"https://example.org/a.png","params":{}}""")]
    [InlineData("images", """{"model":"studio-upscale","image_urls":["https://example.org/a.png"]}""", "upscale", """{"inputImageUrl":"https://example.org/a.png","params":{}}""")]
    [InlineData("videos", """{"model":"kling-3.0","prompt":"a hill","duration":5,"resolution":"1080p","aspect_ratio":"16:9"}""", "text2video", """{"prompt":"a hill","params":{"duration":5,"resolution":"1080p","aspectRatio":"16:9"}}""")]
    [InlineData("videos", """{"model":"kling-3.0","prompt":"a hill","image_urls":["https://example.org/a.png","https://example.org/b.png"]}""", "image2video", """{"prompt":"a hill","inputImageUrl":"https://example.org/a.png","params":{"lastFrame":"https://example.org/b.png"}}""")]
    [InlineData("videos", """{"model":"studio-grade","prompt":"warm","video_urls":["https://example.org/a.mp4"]}""", "video2video", """{"prompt":"warm","inputVideoUrl":"https://example.org/a.mp4","params":{}}""")]
    [InlineData("audio", """{"model":"studio-voice","prompt":"hello","unheard_of":{"a":1},"seed":null}""", "audio", """{"prompt":"hello","params":{}}""")]
    public void A_body_says_the_same_as_a_request_of_the_core(string path, string body, string type, string request)
    {
        var sent = JsonSerializer.Deserialize<JsonElement>(body);
        var entry = Catalog.Find(sent.GetProperty("model").GetString()!)!;

        var found = TaskKind.All.Single(kind => kind.Path == path).TypeFor(entry, sent);
        var words = new TaskWords(sent, entry, found!);

        Assert.Equal(type, found);
        var rest = words.Request.EnumerateObject().Where(member => member.Name is not ("type" or "provider" or "model")).ToDictionary(member => member.Name, member => member.Value);
        Assert.True(JsonElement.DeepEquals(JsonSerializer.Deserialize<JsonElement>(request), JsonSerializer.SerializeToElement(rest)), words.Request.GetRawText());
        Assert.False(words.Mistaken);
    }

    [Theory]
    [InlineData("images", "studio-motion")]
    [InlineData("videos", "studio-voice")]
    [InlineData("audio", "studio-sketch")]
    public void A_model_that_makes_something_else_is_not_served_there(string path, string model) =>
        Assert.Null(TaskKind.All.Single(kind => kind.Path == path).TypeFor(Catalog.Find(model)!, JsonSerializer.SerializeToElement(new { model })));

    [Fact]
    public void Mistakes_are_named_as_they_were_sent_and_all_at_once()
    {
        var sent = JsonSerializer.SerializeToElement(new { model = "studio-restyle", prompt = "ink", image_urls = new[] { "ftp://a", "https://b" }, n = 9 });
        var entry = Catalog.Find("studio-restyle")!;
        var words = new TaskWords(sent, entry, "image2image");
        var found = Rpd.Server.Generations.NewGeneration.Read(Rpd.Server.Http.Fields.Of(words.Request), [], Catalog, own: null);

        var (code, message) = words.Mistakes(found.Refusal);

        Assert.Equal(TaskErrors.Wrong, code);
        Assert.Contains("studio-restyle takes one address in image_urls.", message, StringComparison.Ordinal);
        Assert.Contains("n must be between 1 and 4.", message, StringComparison.Ordinal);
        Assert.DoesNotContain("inputImageUrl", message, StringComparison.Ordinal);
        Assert.DoesNotContain("count", message, StringComparison.Ordinal);
    }

    private ModelCatalog Catalog => scripted.App.Services.GetRequiredService<ModelCatalog>();
}
