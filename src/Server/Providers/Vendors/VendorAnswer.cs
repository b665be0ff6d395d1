using System.Text.Json;

namespace Rpd.Server.Providers.Vendors;

/// <summary>What came back. Media is a file of the work folder, everything else is text and, where it is that, JSON.</summary>
/// <param name="Header">The first value of a header; null without it.</param>
/// <param name="Json">Null when the text is no JSON.</param>
/// <param name="Media">The path of the file that the answer's body is.</param>
public sealed record VendorAnswer(int Status, Func<string, string?> Header, string Text, JsonElement? Json, string? Media = null)
{
    public bool Ok => Status is >= 200 and < 300;

    /// <summary>Where what was asked for is to be had instead.</summary>
    public string? Elsewhere => Status is 301 or 302 or 303 or 307 or 308 ? Header("Location") : null;

    /// <summary>A member of the answer's JSON, however deep; undefined when it is not there.</summary>
    public JsonElement At(params ReadOnlySpan<string> path) => Json is { } root ? root.At(path) : default;
}

/// <summary>Reading what others have written: nothing throws, whatever stands there.</summary>
public static class VendorJson
{
    public static JsonElement At(this JsonElement element, params ReadOnlySpan<string> path)
    {
        foreach (var name in path)
        {
            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out element)) return default;
        }
        return element;
    }

    /// <summary>Null for everything but text that says something.</summary>
    public static string? Text(this JsonElement element) => element.ValueKind == JsonValueKind.String && element.GetString() is { Length: > 0 } text ? text : null;

    /// <summary>A number, also where it is written as text. Null for what is none, is negative, or is more than <paramref name="most"/>.</summary>
    public static double? Number(this JsonElement element, double most)
    {
        double? number = element.ValueKind switch
        {
            JsonValueKind.Number when element.TryGetDouble(out var value) => value,
            JsonValueKind.String when double.TryParse(element.GetString(), System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out var value) => value,
            _ => null,
        };
        return number is { } sane && double.IsFinite(sane) && sane >= 0 && sane <= most ? sane : null;
    }

    public static long? Whole(this JsonElement element) => element.ValueKind == JsonValueKind.Number && element.TryGetInt64(out var whole) && whole >= 0 ? whole : null;

    /// <summary>The items of a list; none of what is no list.</summary>
    public static IEnumerable<JsonElement> Items(this JsonElement element) => element.ValueKind == JsonValueKind.Array ? element.EnumerateArray() : [];
}
