using System.Text.Json;
using Microsoft.Extensions.Primitives;
using Rpd.Shared.Catalog;
using Rpd.Shared.Generations;
using Rpd.Web.Ui;

namespace Rpd.Web.Playground;

/// <summary>The playground's fields as typed. The same names travel in the address (GET) and in the posted form.</summary>
public sealed record PlaygroundForm
{
    public const string ParamPrefix = "params.", GapPrefix = "gap.";

    public string? Type { get; init; }
    public string? Provider { get; init; }
    public string? Model { get; init; }
    public string? Prompt { get; init; }
    public string? NegativePrompt { get; init; }
    public string? InputImageUrl { get; init; }
    public string? InputVideoUrl { get; init; }
    public string? InputAudioUrl { get; init; }
    public string? Count { get; init; }
    public string? Visibility { get; init; }
    /// <summary>For adults, should anybody else be let see it.</summary>
    public bool Mature { get; init; }
    public string? ParentId { get; init; }
    /// <summary>Made by the server for each drawn form: posting it twice starts one generation.</summary>
    public string? RequestId { get; init; }
    /// <summary>The id of the template that the prompt comes from.</summary>
    public string? Template { get; init; }
    /// <summary>What the template's gaps made of it when the form was drawn: a prompt that is still the same may be filled in anew.</summary>
    public string? Filled { get; init; }
    /// <summary>What the gaps of the template are filled with, by name.</summary>
    public IReadOnlyDictionary<string, string> Gaps { get; init; } = new Dictionary<string, string>();
    /// <summary>In price requests only, instead of the prompt: how many characters it has.</summary>
    public string? Chars { get; init; }
    /// <summary>Raw text by parameter name, without the prefix. An empty value means "not chosen" and is left out.</summary>
    public IReadOnlyDictionary<string, string> Params { get; init; } = new Dictionary<string, string>();

    /// <summary>Reads a query or a posted form. It cannot fail: what is wrong stays text, to be shown again.</summary>
    public static PlaygroundForm Read(IEnumerable<KeyValuePair<string, StringValues>> fields)
    {
        var all = fields.ToDictionary(f => f.Key, f => f.Value.LastOrDefault() ?? "", StringComparer.OrdinalIgnoreCase);
        return new()
        {
            Type = Text("type"),
            Provider = Text("provider"),
            Model = Text("model"),
            Prompt = Text("prompt"),
            NegativePrompt = Text("negativePrompt"),
            InputImageUrl = Text("inputImageUrl"),
            InputVideoUrl = Text("inputVideoUrl"),
            InputAudioUrl = Text("inputAudioUrl"),
            Count = Text("count"),
            Visibility = Text("visibility"),
            Mature = Text("mature") == "true",
            ParentId = Text("parentId"),
            RequestId = Text("requestId"),
            Chars = Text("chars"),
            Template = Text("template"),
            Filled = Text("filled"),
            Gaps = Below(GapPrefix),
            Params = Below(ParamPrefix),
        };

        Dictionary<string, string> Below(string prefix) => all
            .Where(f => f.Key.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) && f.Value.Trim().Length > 0)
            .ToDictionary(f => f.Key[prefix.Length..], f => f.Value.Trim(), StringComparer.Ordinal);

        string? Text(string name) => all.TryGetValue(name, out var value) && value.Length > 0 ? value : null;
    }

    /// <summary>Filled in as it was for this generation.</summary>
    public static PlaygroundForm Again(GenerationView generation) => WithPromptOf(generation) with
    {
        Count = generation.Count > 1 ? generation.Count.ToString(Words.English) : null,
        Params = generation.Params
            .Where(p => p.Value.ValueKind is JsonValueKind.String or JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False)
            .ToDictionary(p => p.Key, p => p.Value.ValueKind == JsonValueKind.String ? p.Value.GetString()! : p.Value.GetRawText()),
    };

    /// <summary>The words of somebody's work with the model that they were written for, and its label; the rest is up to whoever uses them.</summary>
    public static PlaygroundForm WithPromptOf(GenerationView work) => new()
    {
        Type = work.Type,
        Provider = work.Provider,
        Model = work.Model,
        Prompt = work.Prompt,
        NegativePrompt = work.NegativePrompt,
        Mature = work.Mature,
    };

    /// <summary>The address of a file to start from, by the field's name.</summary>
    public string? Input(string field) => field switch
    {
        "inputImageUrl" => InputImageUrl,
        "inputVideoUrl" => InputVideoUrl,
        "inputAudioUrl" => InputAudioUrl,
        _ => null,
    };

    public PlaygroundForm WithInput(string field, string? value) => field switch
    {
        "inputImageUrl" => this with { InputImageUrl = value },
        "inputVideoUrl" => this with { InputVideoUrl = value },
        "inputAudioUrl" => this with { InputAudioUrl = value },
        _ => this,
    };

    /// <summary>What its places for files belong to.</summary>
    public InputDesk Desk => new("/playground", "the playground", [("type", Type), ("provider", Provider), ("model", Model), ("prompt", Address.Carried(Prompt))]);

    /// <summary>The playground for another type or model. Without scripts what the server knows of the form goes along in the address.</summary>
    public string AddressFor(string type, ModelView? model = null) => AddressFor(type, model?.Provider, model?.Id);

    public string AddressFor(string type, string? provider, string? model) => Address.Of(
        "/playground", ("type", type), ("provider", provider), ("model", model),
        ("prompt", Address.Carried(Prompt)), ("count", Count), ("visibility", Visibility), ("mature", Mature ? "true" : null),
        ("inputImageUrl", InputImageUrl), ("inputVideoUrl", InputVideoUrl), ("inputAudioUrl", InputAudioUrl), ("parentId", ParentId));
}
