using System.Globalization;
using System.Text.Json;

namespace Rpd.Server.Providers.Studio;

/// <summary>A request's parameters by name; numbers may come as text, as forms send them.</summary>
internal static class Params
{
    public static string? Text(this ProviderRequest request, string name) =>
        request.Params.TryGetValue(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text ? text : null;

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
}
