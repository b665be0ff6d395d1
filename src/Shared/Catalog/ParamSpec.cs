using System.Globalization;
using System.Text.Json;

namespace Rpd.Shared.Catalog;

public enum ParamKind
{
    Choice,
    Number,
    Switch,
    Text,
}

/// <summary>One parameter that a catalogue entry declares, ready to be drawn as a field or to be checked against.</summary>
/// <param name="Name">As it stands under <c>params</c> of a request; "pixels.left" is <c>left</c> inside <c>pixels</c>.</param>
/// <param name="Choices">For <see cref="ParamKind.Choice"/> all allowed values; for <see cref="ParamKind.Text"/> suggestions.</param>
/// <param name="Numeric">The values travel as JSON numbers.</param>
public sealed record ParamSpec(
    string Name, ParamKind Kind, IReadOnlyList<string> Choices, double? Min = null, double? Max = null, bool Numeric = false, bool Whole = false, string? Default = null);

/// <summary>
/// Catalogue entries declare what the vendors document: lists of choices under a plural name (<c>durations</c>), pairs of limits (<c>cfgScale: [1, 10]</c>),
/// flags, and facts that are no parameters at all (<c>promptMax</c>). This is the one reading of them: the form that is drawn and the check that is made agree.
/// </summary>
public static class ParamSpecs
{
    /// <summary>Flags that say something about the model, or announce a structured value that has no plain field.</summary>
    private static readonly HashSet<string> NoFields =
    [
        "negativePrompt", "twoStep", "versionHashRequired", "audioFieldAccepted", "keyframes", "compositionPlan", "concepts",
        "referenceLookId", "targetAspectRatio", "targetFps", "dualImageScenes",
    ];

    /// <summary>Params that are addresses of pictures.</summary>
    public static readonly IReadOnlySet<string> Pictures = new HashSet<string> { "firstFrame", "lastFrame", "mask", "styleImage", "backgroundReference" };

    private static readonly HashSet<string> Singular = ["fps", "seconds"];

    public static IReadOnlyList<ParamSpec> Of(IReadOnlyDictionary<string, JsonElement> declared) =>
        [.. declared.SelectMany(p => Read(p.Key, p.Value, declared)).DistinctBy(spec => spec.Name).Select(spec => spec with { Default = DefaultOf(spec.Name, declared) })];

    private static IEnumerable<ParamSpec> Read(string key, JsonElement value, IReadOnlyDictionary<string, JsonElement> declared)
    {
        if (NoFields.Contains(key) || IsFact(key))
            return [];
        return value.ValueKind switch
        {
            JsonValueKind.True => [Flag(key)],
            JsonValueKind.Array when value.GetArrayLength() > 0 => List(key, [.. value.EnumerateArray()], declared),
            JsonValueKind.Object => Object(key, value),
            _ => [],
        };
    }

    private static bool IsFact(string key) =>
        key.StartsWith("max", StringComparison.Ordinal) || key.StartsWith("min", StringComparison.Ordinal) || key.StartsWith("default", StringComparison.Ordinal)
        || key.EndsWith("Max", StringComparison.Ordinal) || key.EndsWith("MB", StringComparison.Ordinal) || key.EndsWith("Seconds", StringComparison.Ordinal);

    private static ParamSpec Flag(string key) =>
        key == "seed" ? new(key, ParamKind.Number, [], 0, null, true, true)
        : Pictures.Contains(key) || (key.EndsWith("Prompt", StringComparison.Ordinal) && key != "enhancePrompt") ? new(key, ParamKind.Text, [])
        : new(key, ParamKind.Switch, []);

    private static IEnumerable<ParamSpec> List(string key, JsonElement[] values, IReadOnlyDictionary<string, JsonElement> declared)
    {
        var numbers = values.All(v => v.ValueKind == JsonValueKind.Number);
        if (!numbers && values.Any(v => v.ValueKind != JsonValueKind.String))
            return [];
        if (key == "fields")
            return values.Select(v => new ParamSpec(v.GetString()!, ParamKind.Text, []));
        var name = NameOf(key);
        var words = values.Select(v => v.ToString()).ToList();
        if (key.EndsWith("Sample", StringComparison.Ordinal))
            return [new(name, ParamKind.Text, words)];
        if (numbers && name == key && !Singular.Contains(key) && values is [var low, var high] && low.GetDouble() < high.GetDouble())
            return [Limits(name, low, high)];
        return [new(name, ParamKind.Choice, words, Numeric: numbers)];
    }

    private static IEnumerable<ParamSpec> Object(string key, JsonElement value)
    {
        if (value.TryGetProperty("min", out var low) && value.TryGetProperty("max", out var high))
        {
            if (value.TryGetProperty("sides", out var sides))
                return sides.EnumerateArray().Select(side => Limits($"{key}.{side.GetString()}", low, high)).ToList();
            return [Limits(key.EndsWith("Range", StringComparison.Ordinal) ? key[..^5] : key, low, high)];
        }

        return value.EnumerateObject()
            .Where(p => p.Value.ValueKind == JsonValueKind.Array && p.Value.GetArrayLength() == 2 && p.Value[0].ValueKind == JsonValueKind.Number)
            .Select(p => Limits($"{key}.{p.Name}", p.Value[0], p.Value[1])).ToList();
    }

    /// <summary>Limits of 0 and 1 are a share; wider ones written without a fraction still may take one, except where only whole things exist.</summary>
    private static ParamSpec Limits(string name, JsonElement low, JsonElement high)
    {
        var whole = name is "seed" or "steps" or "width" or "height" or "duration" or "lengthMs" or "edgePixels" or "growMask" || name.StartsWith("pixels.", StringComparison.Ordinal);
        return new(name, ParamKind.Number, [], low.GetDouble(), high.GetDouble(), true, whole);
    }

    private static string NameOf(string key) => key switch
    {
        "stylePresets" or "styles" => "style",
        _ when key.EndsWith("Sample", StringComparison.Ordinal) => key[..^7],
        _ when key.Length > 1 && key[^1] == 's' && char.IsLower(key[^2]) && !key.EndsWith("ss", StringComparison.Ordinal) && !Singular.Contains(key) && key != "steps" => key[..^1],
        _ => key,
    };

    private static string? DefaultOf(string name, IReadOnlyDictionary<string, JsonElement> declared) =>
        declared.TryGetValue("default" + char.ToUpper(name[0], CultureInfo.InvariantCulture) + name[1..], out var value) ? value.ValueKind == JsonValueKind.String ? value.GetString() : value.GetRawText() : null;
}
