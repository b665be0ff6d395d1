using System.Globalization;
using System.Text.Json;
using Rpd.Shared.Catalog;

namespace Rpd.Server.Catalog;

/// <summary>Holds a sent value against what the catalogue declares (<see cref="ParamSpecs"/>, the same reading that the playground draws its fields from).</summary>
public static class CheckParam
{
    private const int TextMax = 2048, StructureMax = 4000;

    /// <param name="spec">Null for a declared structure that has no plain field: anything of a sane size.</param>
    /// <param name="value">From JSON, or text from a form.</param>
    /// <param name="asText">From a form, where numbers and switches are text.</param>
    /// <returns>The value in its canonical form, or the sentence that says what is allowed.</returns>
    public static (JsonElement? Value, string? Error) Run(ParamSpec? spec, JsonElement value, bool asText) => spec?.Kind switch
    {
        ParamKind.Choice => Choice(spec, value),
        ParamKind.Number when value.ValueKind == JsonValueKind.String && !asText => (null, "must be a number."),
        ParamKind.Switch when value.ValueKind == JsonValueKind.String && !asText => (null, "must be true or false."),
        ParamKind.Number => Number(spec, value),
        ParamKind.Switch => Switch(value),
        ParamKind.Text when value.ValueKind != JsonValueKind.String => (null, "must be a string."),
        ParamKind.Text when value.GetString()!.Length > TextMax => (null, $"may have {TextMax} characters at most."),
        _ when value.GetRawText().Length > StructureMax => (null, "is too long."),
        _ when !Storable(value) => (null, "holds a NUL character or a number that is out of range."),
        _ => (value, null),
    };

    /// <summary>Whether PostgreSQL can keep it, at any depth.</summary>
    private static bool Storable(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => !value.GetString()!.Contains('\0', StringComparison.Ordinal),
        JsonValueKind.Number => value.TryGetDecimal(out _),
        JsonValueKind.Array => value.EnumerateArray().All(Storable),
        JsonValueKind.Object => value.EnumerateObject().All(member => !member.Name.Contains('\0', StringComparison.Ordinal) && Storable(member.Value)),
        _ => true,
    };

    private static (JsonElement?, string?) Choice(ParamSpec spec, JsonElement value)
    {
        var text = Text(value);
        if (spec.Choices.FirstOrDefault(choice => string.Equals(choice, text, StringComparison.OrdinalIgnoreCase)) is not { } chosen)
            return (null, $"must be one of: {string.Join(", ", spec.Choices)}.");
        return (spec.Numeric ? JsonSerializer.SerializeToElement(decimal.Parse(chosen, CultureInfo.InvariantCulture)) : JsonSerializer.SerializeToElement(chosen), null);
    }

    private static (JsonElement?, string?) Number(ParamSpec spec, JsonElement value)
    {
        var (min, max) = (spec.Min ?? double.MinValue, spec.Max ?? double.MaxValue);
        if (AsNumber(value) is { } number && (double)number >= min && (double)number <= max && (!spec.Whole || number % 1 == 0)) return (JsonSerializer.SerializeToElement(number), null);
        var kind = spec.Whole ? "a whole number" : "a number";
        return (null, spec.Max is null ? FormattableString.Invariant($"must be {kind} of {min} or more.") : FormattableString.Invariant($"must be {kind} between {min} and {max}."));
    }

    private static (JsonElement?, string?) Switch(JsonElement value) => Text(value).ToLowerInvariant() switch
    {
        "true" or "on" => (JsonSerializer.SerializeToElement(true), null),
        "false" or "off" => (JsonSerializer.SerializeToElement(false), null),
        _ => (null, "must be true or false."),
    };

    internal static string Text(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();

    internal static decimal? AsNumber(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number => value.TryGetDecimal(out var number) ? number : null,
        JsonValueKind.String => decimal.TryParse(value.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null,
        _ => null,
    };
}
