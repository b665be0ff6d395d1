using Rpd.Shared;
using Rpd.Shared.Catalog;
using Rpd.Shared.Prompts;
using Rpd.Shared.Templates;
using Rpd.Web.Library;
using Rpd.Web.Playground;

namespace Rpd.Web.Tests.Support;

public static class PlaygroundStates
{
    public static readonly TemplateView Template = new(Samples.Id(900), "Product on a plain ground", "text2image", "A photograph of {product} on {ground}, {mood}",
        [new("product", "What is for sale", "a bottle"), new("ground", "Ground", "warm grey"), new("mood", "Mood", null)], null, true);

    public static readonly InputView Picture = new("inputImageUrl", $"file:{Samples.Id(901)}", "image", "fox <one>.png", "/files/uploads/a/b/c.png?e=1&s=2");

    public static readonly InputSlot PictureSlot = InputSlot.Of(Samples.Models[1], "image2image").Single();

    public static PlaygroundModel ImageToImage => Samples.Playground("image2image") with { Recent = [] };

    private static PlaygroundModel Speech(IReadOnlyList<ChoiceView>? voices)
    {
        var model = Samples.Models[1] with { Id = "eleven-v3", Provider = "elevenlabs", DisplayName = "Eleven v3", SupportedTypes = ["audio"], RequiredInputs = new Dictionary<string, IReadOnlyList<string>> { ["audio"] = ["text", "voiceId"] }, Params = new Dictionary<string, System.Text.Json.JsonElement>(), Listed = ["voiceId"] };
        return Samples.Playground("audio", "studio-voice") with
        {
            Form = new() { Type = "audio", Provider = "elevenlabs", Model = "eleven-v3", Prompt = "Good evening", RequestId = "req-1" },
            Models = [.. Samples.Models, model],
            Listed = voices is null ? new Dictionary<string, IReadOnlyList<ChoiceView>>() : new Dictionary<string, IReadOnlyList<ChoiceView>> { ["voiceId"] = voices },
        };
    }

    public static readonly PageStates All = new()
    {
        ["playground, own key"] = (typeof(PlaygroundPage), Samples.Playground("text2video", "kling-3.0") with { Price = new(Samples.Price.Estimate! with { Credits = 2, OwnKey = true, UsualCredits = 10 }, null, 1240) }, Samples.Viewer),
        ["playground, voices not listed yet"] = (typeof(PlaygroundPage), Speech(null), Samples.Viewer),
        ["playground, voices"] = (typeof(PlaygroundPage), Speech([new("voiceId", "21m00", "Rachel <warm>"), new("voiceId", "29vD3", "Drew")]) with { Errors = FormErrors.Of("params.voiceId", "params.voiceId is required for audio with eleven-v3.") }, Samples.Viewer),
        ["playground, no voices"] = (typeof(PlaygroundPage), Speech([]), Samples.Viewer),
        ["playground, a picture is needed"] = (typeof(PlaygroundPage), ImageToImage with { Errors = FormErrors.Of("inputImageUrl", "inputImageUrl is required for image2image with studio-sketch.") }, Samples.Viewer),
        ["playground, a picture is given"] = (typeof(PlaygroundPage), ImageToImage with { Inputs = [Picture] }, Samples.Viewer),
        ["playground, from an address"] = (typeof(PlaygroundPage), ImageToImage with { Inputs = [new("inputImageUrl", "https://example.org/fox.png", "image", "example.org/fox.png")] }, Samples.Viewer),
        ["playground, a template and a better prompt"] = (typeof(PlaygroundPage), Samples.Playground() with
        {
            Template = Template,
            Enhanced = new("a fox", "a fox, in warm light", ["early mist"], "builtin"),
            GoodFor = [new("flux", "flux-2-pro", "FLUX 2 Pro", "text2image", 90, ["Its quality is ultra."], 4, true)],
            Errors = FormErrors.Of("gap.mood", "Fill in Mood."),
            RefusedCode = "INSUFFICIENT_CREDITS",
        }, Samples.Viewer),
        ["picks"] = (typeof(PicksPage), new PicksModel(PictureSlot, ImageToImage.Form.Desk, "made", [new(Picture with { Value = "https://create.example/files/outputs/a.png?e=1" }, Samples.Id(303)), new(Picture, null)], "next", "cursor"), Samples.Viewer),
        ["picks, none"] = (typeof(PicksPage), new PicksModel(PictureSlot, CompareStates.Form("image2image").Form.Desk, "uploaded", [], null, null), Samples.Viewer),
        ["generation, with what it can become"] = (typeof(GenerationPage), Samples.GenerationPage(Samples.Generation(3)) with
        {
            Actions = [ResultActions.Of(Samples.Generation(3), Samples.Models), [new("Upscale", "expand", $"/playground?type=upscale&parentId={Samples.Id(303)}&output=1")]],
        }, Samples.Viewer),
    };
}
