using System.Text.Json;
using Rpd.Shared;
using Rpd.Shared.Catalog;
using Rpd.Shared.Templates;
using Rpd.Web.Catalog;
using Rpd.Web.Pricing;
using Rpd.Web.Templates;

namespace Rpd.Web.Tests.Support;

/// <summary>Models, prices and templates in their states.</summary>
internal static class CatalogueStates
{
    public static readonly EstimateView Usual = new(1, new("image", 1, 1, 1, 1));
    public static readonly SpeedView Measured = new(240, 1_240, 4_900, Samples.Now);

    public static readonly ModelsModel Models = new(
        new(), [.. Samples.Models.Select((model, i) => new ModelLine(model, i == 2 ? null : Usual, i == 1 ? Measured : null))], ["bfl", "studio"], 4, 2);

    public static readonly ModelPageModel Model = new(
        Samples.Models[1], [new(["text2image"], ["resolution"], [1, 4], "output", [new([["1k", "2k"]], null, [1, 4]), new([[]], null, [2, null])])], Usual, Measured, [900],
        [.. Enumerable.Range(0, 5).Select(Samples.Item)], true, null, null, 4, 4000, Samples.Base);

    public static readonly PricingModel Pricing = new(
        [new("free", 0, 2, 5, 60, 1_000_000_000, 25_000_000, 0), new("pro", 650, 15, 30, 300, 100_000_000_000, 500_000_000, 20)], [new("small", 100, 5), new("large", 2500, 115)],
        [new("image", "studio-sketch", "Studio Sketch", Usual), new("video", "studio-motion", "Studio Motion", new(5, new("second", 5, 1, 1, 5))), new("audio", "studio-voice", "Studio Voice", new(1, new("1k_chars", 0.5m, 1, 1, 1)))],
        100, true, false);

    public static readonly TemplateView Own = new(Samples.Id(900), "Lighthouse", "text2image", "A {thing} in {weather} <b>", [new("thing", "What", "lighthouse"), new("weather", "Weather", null)], "studio-sketch", false);

    public static readonly TemplateForm Form = new() { Title = "Lighthouse", Type = "text2image", Prompt = Own.Prompt, Gaps = [new("thing", "What", "lighthouse"), new("weather", "", null)] };

    public static readonly PageStates All = new()
    {
        ["models"] = (typeof(ModelsPage), Models, null),
        ["models, nothing matches"] = (typeof(ModelsPage), Models with { Filter = new(Q: "zebra"), Models = [] }, null),
        ["model"] = (typeof(ModelPage), Model, null),
        ["model, nothing known"] = (typeof(ModelPage), Model with
        {
            Model = Samples.Models[2] with { Lifecycle = "expiring", Params = new Dictionary<string, JsonElement>() },
            Prices = [new(["image2video"], [], [5, 10], "second", [new([], 1, [5, 10]), new([], 4, [20, 40])])],
            Usual = null,
            Measured = null,
            Examples = [],
            MoreExamples = false,
            Until = "2026-12-01",
        }, Samples.Viewer),
        ["pricing"] = (typeof(PricingPage), Pricing, null),
        ["pricing, signed in"] = (typeof(PricingPage), Pricing with { PaymentsReady = true }, Samples.Viewer),
        ["pricing, closed and bare"] = (typeof(PricingPage), Pricing with { Examples = [], FreeCredits = 0, SignUpOpen = false }, null),
        ["templates"] = (typeof(TemplatesPage), new TemplatesModel(null, new([Own, Own with { Id = Samples.Id(901), Curated = true }], "next"), "here", new Dictionary<string, string> { ["studio-sketch"] = "Studio Sketch" }), Samples.Viewer),
        ["templates, none of a type"] = (typeof(TemplatesPage), new TemplatesModel("extend", new([], null), null, new Dictionary<string, string>()), null),
        ["template, new and refused"] = (typeof(TemplatePage), new TemplatePageModel(new(), null, new([new("title", "title is required."), new("prompt", "prompt is required.")]), [new("studio-sketch", "Studio Sketch")], false), Samples.Viewer),
        ["template"] = (typeof(TemplatePage), new TemplatePageModel(Form, Own.Id, new([new("placeholders[1].label", "Too long.")]), [new("studio-sketch", "Studio Sketch")], true), Samples.Viewer),
    };
}
