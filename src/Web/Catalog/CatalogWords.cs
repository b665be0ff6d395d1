using Rpd.Shared.Catalog;
using Rpd.Web.Playground;
using Rpd.Web.Ui;

namespace Rpd.Web.Catalog;

/// <summary>How the facts of the catalogue read to people.</summary>
public static class CatalogWords
{
    private static readonly Dictionary<string, string> Names = new()
    {
        ["openai"] = "OpenAI",
        ["bfl"] = "Black Forest Labs",
        ["heygen"] = "HeyGen",
        ["elevenlabs"] = "ElevenLabs",
        ["stability"] = "Stability AI",
        ["comfyui"] = "ComfyUI",
        ["fal"] = "fal",
    };

    public static string Provider(string provider) => Names.GetValueOrDefault(provider) ?? Words.Sentence(provider);

    /// <summary>What is missing, in few words; the whole sentence stands on the model's page.</summary>
    public static string Availability(ModelView model) => model switch
    {
        { Available: true } => "Ready",
        { Lifecycle: "retired" } => "Retired",
        _ => "Needs a provider key",
    };

    public static string Lifecycle(string status) => status switch
    {
        "preview" => "Preview: it may change or go at any time.",
        "legacy" => "Legacy: its provider has newer models.",
        "expiring" => "Expiring: its provider will end it.",
        "retired" => "Retired: its provider has ended it.",
        _ => "Active",
    };

    /// <summary>What a usual run is: "1 image", "5 s", "500 characters".</summary>
    public static string Run(PriceBreakdown how) => how.Unit switch
    {
        "image" => "a picture",
        "second" => $"{Words.Rate(how.Units)} s",
        "1k_chars" => $"{Words.Number((long)(how.Units * 1000))} characters",
        _ => "a run",
    };

    public static string Amount(string unit, decimal amount) => unit switch
    {
        "second" => $"{Words.Rate(amount)} s",
        "character" => $"{Words.Number((long)amount)} characters",
        _ => amount == 1 ? "1 output" : $"{Words.Rate(amount)} outputs",
    };

    public static string Measured(int milliseconds) => milliseconds < 950 ? $"{Words.Rate(Math.Max(0.1m, Math.Round(milliseconds / 1000m, 1)))} s" : Words.Seconds(Math.Round(milliseconds / 1000.0, 1));

    /// <summary>"Picture", "Video or picture", "Text": what a type needs besides the prompt.</summary>
    public static string Input(string input) => string.Join(" or ", input.Split('|').Select(way => way switch
    {
        "image" => "a picture",
        "video" => "a video",
        "audio" => "a sound",
        "text" or "prompt" or "script" => "words",
        "upstreamVideoId" or "upstreamGenerationId" => "an earlier generation",
        _ => ParamField.LabelOf(way).ToLowerInvariant(),
    }));
}
