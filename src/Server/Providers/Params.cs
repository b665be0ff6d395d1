using System.Globalization;
using System.Text.Json;

namespace Rpd.Server.Providers;

/// <summary>A request's parameters by name; numbers may come as text, as forms send them.</summary>
internal static class Params
{
    public static string? Text(this ProviderRequest request, string name) =>
        request.Params.TryGetValue(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text ? text : null;

    public static double? Number(this ProviderRequest request, string name)
    {
        if (!request.Params.TryGetValue(name, out var value)) return null;
        return value.ValueKind switch
        {
            JsonValueKind.Number => value.GetDouble(),
            JsonValueKind.String when double.TryParse(value.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) => number,
            _ => null,
        };
    }

    public static long? Whole(this ProviderRequest request, string name)
    {
        if (!request.Params.TryGetValue(name, out var value)) return null;
        return value.ValueKind switch
        {
            JsonValueKind.Number when value.TryGetInt64(out var number) => number,
            JsonValueKind.String when long.TryParse(value.GetString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) => number,
            _ => null,
        };
    }

    /// <summary>Null when nothing is said; switches come as text from forms, and the catalogue has some as <c>on</c> and <c>off</c>.</summary>
    public static bool? Flag(this ProviderRequest request, string name) => !request.Params.TryGetValue(name, out var value) ? null : value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.String => value.GetString() is "true" or "on" or "yes",
        _ => null,
    };
}
