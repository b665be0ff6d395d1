using System.Text.Json;
using Rpd.Shared.Generations;
using Rpd.Web.Playground;
using Rpd.Web.Ui;

namespace Rpd.Web.Library;

public static class RunAgain
{
    /// <summary>The playground, filled in as it was for this generation.</summary>
    public static string Address(GenerationView generation)
    {
        var fields = new List<(string Name, string? Value)>
        {
            ("type", generation.Type), ("provider", generation.Provider), ("model", generation.Model),
            ("prompt", Words.Cut(generation.Prompt ?? "", 1500)), ("negativePrompt", Words.Cut(generation.NegativePrompt ?? "", 500)),
            ("count", generation.Count > 1 ? generation.Count.ToString(Words.English) : null),
        };
        fields.AddRange(generation.Params
            .Where(p => p.Value.ValueKind is JsonValueKind.String or JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False)
            .Select(p => (PlaygroundForm.ParamPrefix + p.Key, (string?)Text(p.Value))));
        return "/playground?" + string.Join('&', fields.Where(f => !string.IsNullOrEmpty(f.Value)).Select(f => $"{Uri.EscapeDataString(f.Name)}={Uri.EscapeDataString(f.Value!)}"));
    }

    private static string Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => value.ToString(),
    };
}
