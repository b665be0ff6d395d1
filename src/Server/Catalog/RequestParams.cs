using System.Globalization;
using System.Text.Json;
using Rpd.Server.Http;
using Rpd.Shared.Catalog;

namespace Rpd.Server.Catalog;

/// <summary>A request's params, checked and brought into the model's own words.</summary>
/// <param name="Ignored">Common params that this model cannot apply.</param>
public sealed record RequestParams(Dictionary<string, JsonElement> Values, IReadOnlyList<string> Ignored)
{
    /// <summary>Params that every model accepts; what does not apply is ignored and said so.</summary>
    public static readonly IReadOnlyList<string> Common = ["width", "height", "duration", "aspectRatio", "style", "seed"];

    /// <param name="inputSeconds">How long what it starts from is, where that is known.</param>
    public static RequestParams Read(Fields fields, IEnumerable<string> names, CatalogEntry entry, decimal? inputSeconds = null)
    {
        var values = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        var ignored = new List<string>();
        foreach (var name in names)
        {
            if (fields.Read(name) is not { } value) continue;
            if (ParamSpecs.Pictures.Contains(name) && entry.Rules.ContainsKey(name))
            {
                if (fields.Address(name) is { } address) values[name] = JsonSerializer.SerializeToElement(address);
            }
            else if (entry.Rules.TryGetValue(name, out var rule))
            {
                var (right, error) = CheckParam.Run(rule, value, asText: fields.FromForm);
                // A style that is no preset is still something that words can say, and every shape has one next to it.
                if (error is not null && name == "style") right = value;
                else if (error is not null && name == "aspectRatio" && Nearest(entry, Ratio(CheckParam.Text(value))) is { Name: "aspectRatio" } nearest) right = nearest.Value;
                else if (error is not null) fields.Wrong(name, $"params.{name} {error}");
                if (right is { } checkedValue && Usual(fields, name, checkedValue)) values[name] = checkedValue;
            }
            else if (!Common.Contains(name)) fields.Wrong(name, $"{entry.Id} has no parameter {name}. It accepts: {string.Join(", ", Accepted(entry))}.");
            else if (Usual(fields, name, value) && !Map(name, value, entry, values)) ignored.Add(name);
        }
        MapSize(values, ignored, fields, entry);
        foreach (var (name, value) in Unsaid(entry)) values.TryAdd(name, value);
        foreach (var impossible in Combinations.Impossible(entry, values)) fields.Wrong(impossible.Field, impossible.Message);
        // What is sold by the second is made as long as it is paid for.
        if (entry.BillingUnit == "second" && !values.ContainsKey("duration") && !values.ContainsKey("lengthMs") && (Prices.UsualSeconds(entry) ?? inputSeconds) is { } usual)
            values["duration"] = JsonSerializer.SerializeToElement(usual);
        return new(values, ignored);
    }

    /// <summary>The same wish in the words of another model that makes it instead.</summary>
    /// <param name="asked">The model that was asked for.</param>
    /// <returns>Null when it cannot: what a customer has asked and paid for is not silently changed. What the model asked for does by itself need not be known to the other.</returns>
    public static IReadOnlyDictionary<string, JsonElement>? For(CatalogEntry entry, CatalogEntry? asked, string type, IReadOnlyDictionary<string, JsonElement> wish)
    {
        var strange = wish.Keys.Where(name => !Common.Contains(name) && !entry.Rules.ContainsKey(name)).ToArray();
        if (strange.Any(name => asked?.Default(name) is not { } usual || !JsonElement.DeepEquals(usual, wish[name]))) return null;
        var fields = Fields.Of(JsonSerializer.SerializeToElement(wish));
        var (values, ignored) = Read(fields, wish.Keys.Except(strange), entry);
        var needed = (entry.RequiredInputs.GetValueOrDefault(type) ?? []).Where(input => entry.Rules.ContainsKey(input));
        return fields.Errors.Count == 0 && !ignored.Contains("duration") && !ignored.Contains("aspectRatio") && needed.All(values.ContainsKey) ? values : null;
    }

    // What the operator wants; and what sets the price is said to the vendor, whose own default may be dearer.
    private static IEnumerable<KeyValuePair<string, JsonElement>> Unsaid(CatalogEntry entry) => entry.OwnDefaults.Concat(
        (entry.PriceTiers ?? []).SelectMany(tier => tier.When.Keys).Distinct().Where(entry.Rules.ContainsKey)
            .Where(name => entry.Params.ContainsKey(CatalogEntry.DefaultName(name))).Select(name => KeyValuePair.Create(name, entry.Params[CatalogEntry.DefaultName(name)])));

    public static IEnumerable<string> Accepted(CatalogEntry entry) => entry.Rules.Keys.Union(Common).Order(StringComparer.Ordinal);

    // What the six common params may be at all, whatever the model.
    private static bool Usual(Fields fields, string name, JsonElement value) => name switch
    {
        "width" or "height" => fields.Integer(name, 16, 8192) is not null,
        "duration" => fields.Number(name, 0.1m, 3600) is not null,
        "seed" => fields.Integer(name, 0, 9_007_199_254_740_991) is not null,
        "style" => fields.Text(name, 200) is not null && !HasNul(value),
        "aspectRatio" => Ratio(CheckParam.Text(value)) is not null || CheckParam.Text(value) is "auto" || Wrong(fields, name),
        _ => !HasNul(value),
    };

    private static bool HasNul(JsonElement value) => CheckParam.Text(value).Contains('\0', StringComparison.Ordinal);

    private static bool Wrong(Fields fields, string name)
    {
        fields.Wrong(name, $"params.{name} must look like 16:9.");
        return false;
    }

    private static bool Map(string name, JsonElement value, CatalogEntry entry, Dictionary<string, JsonElement> values)
    {
        switch (name)
        {
            case "style" when entry.SupportedTypes.Any(type => type.StartsWith("text2", StringComparison.Ordinal)):
                values["style"] = value; // The adapter appends it to the prompt as words.
                return true;
            // The length of what is spoken or moved by an input: it sets the price.
            case "duration" when entry.BillingUnit == "second":
                values[name] = JsonSerializer.SerializeToElement(CheckParam.AsNumber(value));
                return true;
            case "aspectRatio" when Nearest(entry, Ratio(CheckParam.Text(value))) is { } nearest:
                values[nearest.Name] = nearest.Value;
                return true;
            case "width" or "height" when Nearest(entry, 1) is not null:
                values[name] = value; // MapSize turns the pair into the nearest shape.
                return true;
            default:
                return false;
        }
    }

    // Width and height of a model that thinks in ratios or fixed sizes become the nearest of those.
    private static void MapSize(Dictionary<string, JsonElement> values, List<string> ignored, Fields fields, CatalogEntry entry)
    {
        if (entry.Rules.ContainsKey("width")) return;
        var width = values.Remove("width", out var w) ? CheckParam.AsNumber(w) : null;
        var height = values.Remove("height", out var h) ? CheckParam.AsNumber(h) : null;
        if (width is null && height is null) return;
        if (width is null || height is null || fields.Has("aspectRatio")) ignored.AddRange(width is null ? ["height"] : height is null ? ["width"] : ["width", "height"]);
        else if (Nearest(entry, width / height) is { } nearest) values[nearest.Name] = nearest.Value;
    }

    private static (string Name, JsonElement Value)? Nearest(CatalogEntry entry, decimal? ratio)
    {
        if (ratio is not > 0) return null;
        foreach (var name in new[] { "aspectRatio", "size", "ratio", "imageSize" })
        {
            if (entry.Rules.GetValueOrDefault(name) is not { } rule) continue;
            var shapes = rule.Choices.Where(choice => Ratio(choice) is not null).ToArray();
            if (shapes.Length > 0) return (name, JsonSerializer.SerializeToElement(shapes.MinBy(choice => Math.Abs(Math.Log((double)(Ratio(choice)!.Value / ratio.Value))))));
        }
        return null;
    }

    /// <summary>Width over height of <c>16:9</c> or <c>1024x768</c>.</summary>
    public static decimal? Ratio(string shape)
    {
        var parts = shape.Split(':', 'x');
        return parts.Length == 2
            && decimal.TryParse(parts[0], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var width)
            && decimal.TryParse(parts[1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var height)
            && width is > 0 and <= 10_000 && height is > 0 and <= 10_000 ? width / height : null;
    }
}
