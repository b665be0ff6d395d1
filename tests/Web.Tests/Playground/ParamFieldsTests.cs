using System.Text.Json;
using Rpd.Shared;
using Rpd.Shared.Catalog;
using Rpd.Web.Playground;
using Rpd.Web.Tests.Support;

namespace Rpd.Web.Tests.Playground;

public class ParamFieldsTests
{
    private static readonly Dictionary<string, JsonElement> Shapes =
        JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Playground", "param-shapes.json")))!;

    public static TheoryData<string> Names => [.. Shapes.Keys];

    [Theory, MemberData(nameof(Names))]
    public async Task Every_shape_in_the_catalogue_is_drawn_as_the_fields_it_stands_for(string shape)
    {
        var parameters = Shapes[shape].GetProperty("params").GetRawText();
        var expected = Shapes[shape].GetProperty("fields").EnumerateArray().Select(f => f.GetString()!).Order().ToArray();

        var specs = ParamSpecs.Of(Samples.Model(parameters: parameters).Params);

        Assert.Equal(expected, specs.Select(s => $"{s.Name}: {s.Kind.ToString().ToLowerInvariant()}").Order());
        foreach (var spec in specs)
        {
            var page = await Draw.Part<ParamField>(("Spec", spec), ("Errors", FormErrors.Of("params." + spec.Name, "Not this.")), ("Value", null));
            Assert.NotEmpty(page.QuerySelectorAll($"[name='params.{spec.Name}']"));
            var error = page.QuerySelector(".error")!;
            Assert.Contains(page.QuerySelectorAll("[aria-describedby]"), e => e.GetAttribute("aria-describedby")!.Split(' ').Contains(error.Id));
        }
    }

    [Fact]
    public async Task A_ratio_is_drawn_as_a_shape_and_the_default_is_chosen()
    {
        var spec = ParamSpecs.Of(Samples.Model().Params).Single(s => s.Name == "aspectRatio");
        var page = await Draw.Part<ParamField>(("Spec", spec), ("Errors", FormErrors.None));
        Assert.Equal(3, page.QuerySelectorAll("label.shape svg rect").Length);
        Assert.Equal("16:9", page.QuerySelector("input:checked")!.GetAttribute("value"));
    }

    [Fact]
    public async Task What_was_typed_comes_back_even_when_it_is_wrong()
    {
        var page = await Draw.Part<ParamField>(("Spec", new ParamSpec("steps", ParamKind.Number, [], 4, 8, true, true)), ("Errors", FormErrors.Of("params.steps", "4 to 8.")), ("Value", "many"));
        var input = page.QuerySelector("input")!;
        Assert.Equal("many", input.GetAttribute("value"));
        Assert.Equal("true", input.GetAttribute("aria-invalid"));
    }

    [Fact]
    public void The_code_sends_numbers_as_numbers_and_nests_dotted_names()
    {
        var model = Samples.Model(parameters: """{"durations":[3,5],"pixels":{"left":[0,10]},"hdr":true,"resolutions":["720p"]}""");
        var form = new PlaygroundForm { Type = "text2video", Prompt = "it's \"raw\"", Params = new Dictionary<string, string> { ["duration"] = "5", ["pixels.left"] = "4", ["hdr"] = "true", ["resolution"] = "720p" } };
        var body = JsonDocument.Parse(RequestCode.Body(form, model)).RootElement;
        Assert.Equal(5, body.GetProperty("params").GetProperty("duration").GetInt32());
        Assert.Equal(4, body.GetProperty("params").GetProperty("pixels").GetProperty("left").GetInt32());
        Assert.True(body.GetProperty("params").GetProperty("hdr").GetBoolean());
        Assert.Equal("it's \"raw\"", body.GetProperty("prompt").GetString());
        Assert.Contains("it'\\''s", Rpd.Web.Docs.CallCode.Curl(new("POST", "https://x", RequestCode.Body(form, model), Key: true)));
    }

    [Fact]
    public void The_form_reads_query_and_post_alike_and_leaves_empty_parameters_out()
    {
        var form = PlaygroundForm.Read(new Dictionary<string, Microsoft.Extensions.Primitives.StringValues> { ["type"] = "audio", ["params.speed"] = " 1.2 ", ["params.voice"] = "", ["prompt"] = "Hello" });
        Assert.Equal("audio", form.Type);
        Assert.Equal("1.2", Assert.Single(form.Params).Value);
        Assert.Null(form.Count);
    }
}
