using System.Globalization;
using System.Text.Json;
using Rpd.Server.Providers.Studio.Sketch;

namespace Rpd.Server.Providers.Studio;

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

    /// <summary>Without a seed, or with −1 as some clients say it, the generation's own id decides: chance that repeats after a crash.</summary>
    public static long Seed(this ProviderRequest request) =>
        request.Whole("seed") is { } seed and not -1 ? seed : (long)(Rng.Hash(request.GenerationId.ToString("N")) >> 1);

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
