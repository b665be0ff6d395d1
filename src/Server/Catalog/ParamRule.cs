using System.Globalization;
using System.Text.Json;

namespace Rpd.Server.Catalog;

/// <summary>
/// What a model accepts under one param name. The catalogue declares lists (choices), pairs of numbers or <c>{min,max}</c> (ranges) and
/// <c>true</c> (anything); other values are notes about the model and declare nothing.
/// </summary>
public sealed record ParamRule(string Name, IReadOnlyList<JsonElement>? Choices, decimal? Min, decimal? Max)
{
    // The data says "durations" for what a request calls "duration".
    private static readonly Dictionary<string, string> RequestNames = new()
    {
        ["aspectRatios"] = "aspectRatio", ["durations"] = "duration", ["durationRange"] = "duration", ["resolutions"] = "resolution",
        ["targetResolutions"] = "targetResolution", ["sizes"] = "size", ["imageSizes"] = "imageSize", ["ratios"] = "ratio", ["voices"] = "voice",
        ["formats"] = "format", ["outputFormats"] = "outputFormat", ["stylePresets"] = "stylePreset", ["styles"] = "style",
        ["languages"] = "language", ["scaleFactors"] = "scaleFactor", ["flavors"] = "flavor", ["models"] = "engine", ["variants"] = "variant",
        ["effectsSample"] = "effect", ["scenesSample"] = "scene", ["dualImageScenes"] = "scene", ["resultTypes"] = "resultType",
    };

    // Lists that show examples, not the whole choice.
    private static readonly HashSet<string> OpenLists = ["effectsSample", "scenesSample", "dualImageScenes"];

    private static readonly HashSet<string> Notes =
        ["fields", "edit", "negativePrompt", "audioSeconds", "referenceVideoSeconds", "maxAudioSeconds", "maxDrivingSeconds"];

    public static IReadOnlyDictionary<string, ParamRule> ReadAll(IReadOnlyDictionary<string, JsonElement> declared)
    {
        var rules = new Dictionary<string, ParamRule>(StringComparer.Ordinal);
        foreach (var (key, value) in declared)
        {
            if (Read(key, value) is { } rule) rules.TryAdd(rule.Name, rule);
        }
        if (declared.TryGetValue("fields", out var fields))
        {
            foreach (var field in fields.EnumerateArray()) rules.TryAdd(field.GetString()!, new(field.GetString()!, null, null, null));
        }
        return rules;
    }

    private static ParamRule? Read(string key, JsonElement value)
    {
        if (Notes.Contains(key) || key.StartsWith("default", StringComparison.Ordinal) || key.StartsWith("max", StringComparison.Ordinal)) return null;
        var name = RequestNames.GetValueOrDefault(key, key);
        if (value.ValueKind == JsonValueKind.True || OpenLists.Contains(key)) return new(name, null, null, null);
        if (value.ValueKind == JsonValueKind.Object && value.TryGetProperty("min", out var min) && value.TryGetProperty("max", out var max))
            return new(name, null, min.GetDecimal(), max.GetDecimal());
        if (value.ValueKind != JsonValueKind.Array) return null;
        var items = value.EnumerateArray().ToArray();
        if (items.Length == 0) return new(name, null, null, null);
        var isRange = items.Length == 2 && name == key && items.All(item => item.ValueKind == JsonValueKind.Number);
        return isRange ? new(name, null, items[0].GetDecimal(), items[1].GetDecimal()) : new(name, items, null, null);
    }

    /// <summary>The value in its canonical form, or the sentence that says what is allowed.</summary>
    /// <param name="value">From JSON, or text from a form.</param>
    public (JsonElement? Value, string? Error) Check(JsonElement value)
    {
        if (Choices is not null)
        {
            var text = Text(value);
            foreach (var choice in Choices)
            {
                if (string.Equals(Text(choice), text, StringComparison.OrdinalIgnoreCase)) return (choice, null);
            }
            return (null, $"must be one of: {string.Join(", ", Choices.Select(Text))}.");
        }
        if (Min is not null)
        {
            if (AsNumber(value) is { } number && number >= Min && number <= Max) return (JsonSerializer.SerializeToElement(number), null);
            return (null, string.Create(CultureInfo.InvariantCulture, $"must be a number between {Min} and {Max}."));
        }
        return value.ValueKind is JsonValueKind.Object or JsonValueKind.Array && value.GetRawText().Length > 4000
            ? (null, "is too long.") : value.ValueKind == JsonValueKind.String && value.GetString()!.Length > 2048
            ? (null, "may have 2048 characters at most.") : (value, null);
    }

    internal static string Text(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();

    internal static decimal? AsNumber(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number => value.TryGetDecimal(out var number) ? number : null,
        JsonValueKind.String => decimal.TryParse(value.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null,
        _ => null,
    };
}
