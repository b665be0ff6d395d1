using System.Text.Json;
using Rpd.Server.Catalog;

namespace Rpd.Server.Generations;

/// <summary>The caller's own provider keys, as far as requests can need them: what this server makes itself starts without a look at any.</summary>
internal static class CallersKeys
{
    /// <param name="asked">Objects that name a provider, as they were sent.</param>
    public static Task<OwnKeys> Of(HttpContext http, IOwnKeys keys, ModelCatalog catalog, IEnumerable<JsonElement> asked) =>
        asked.Any(one => one.ValueKind == JsonValueKind.Object && one.TryGetProperty("provider", out var name) && name.ValueKind == JsonValueKind.String && catalog.AtVendor(name.GetString()!))
            ? keys.OfCaller(http) : Task.FromResult(OwnKeys.None);
}
