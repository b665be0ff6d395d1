using System.Text.Json;
using Rpd.Server.Providers.Vendors;

namespace Rpd.Server.Tests.Providers.Vendors;

/// <summary>Answers of vendors, for what reads them.</summary>
internal static class Answers
{
    public static VendorAnswer Of(int status, string body, IReadOnlyDictionary<string, string>? headers = null) => new(status, name => headers?.GetValueOrDefault(name), body, Json(body));

    private static JsonElement? Json(string text)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            return json.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
