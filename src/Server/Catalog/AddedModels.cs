using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Rpd.Server.Providers.Vendors;

namespace Rpd.Server.Catalog;

/// <summary>
/// Models that an operator adds, each in the shape of <c>models.json</c>: in section <c>Catalog:Models</c>, in the file that <c>Catalog:File</c> names, and as
/// the <c>model</c> of every workflow in the folder of <c>Providers:comfyui:Workflows</c>. What is wrong with them stops the start and is told together.
/// </summary>
public sealed class AddedModels
{
    private const string ComfyUi = "comfyui";

    /// <summary>What need not be said.</summary>
    private static readonly JsonObject Usual = new()
    {
        ["description"] = "",
        ["speed"] = "standard",
        ["quality"] = "standard",
        ["billingUnit"] = "image",
        ["supportsAudio"] = false,
        ["requiredInputs"] = new JsonObject(),
        ["params"] = new JsonObject(),
        ["lifecycle"] = new JsonObject { ["status"] = "active" },
        ["enabledByDefault"] = true,
    };

    public AddedModels(IConfiguration settings, VendorList vendors)
    {
        var faults = new List<string>();
        var all = Settings(settings.GetSection("Catalog:Models")).Concat(Named(settings["Catalog:File"], faults)).Concat(Workflows(vendors.Access(ComfyUi).Workflows, faults))
            .Select(one => Entry(one.Model, one.From, faults)).OfType<CatalogEntry>().Where(entry => entry.EnabledByDefault).ToArray();
        faults.AddRange(all.SelectMany(ModelCatalog.Faults));
        faults.AddRange(all.Where(entry => entry.Provider is { Length: > 0 } provider && vendors.Find(provider) is null).Select(entry => $"{entry.Id}: no provider is called {entry.Provider}"));
        if (faults.Count > 0) throw new CannotStart("The models that the settings add are not valid:\n- " + string.Join("\n- ", faults));
        All = all;
    }

    public IReadOnlyList<CatalogEntry> All { get; }

    private static IEnumerable<(JsonObject Model, string From)> Settings(IConfigurationSection section) =>
        section.GetChildren().Select(one => (Tree(one) as JsonObject ?? [], $"Catalog:Models:{one.Key}"));

    private static IEnumerable<(JsonObject Model, string From)> Named(string? path, List<string> faults) =>
        string.IsNullOrEmpty(path) || Read(path, faults) is not { } json ? [] : json is JsonArray list ? list.Index().Select(one => (one.Item as JsonObject ?? [], $"{path}, entry {one.Index + 1}")) : Wrong(path, "is no list of models", faults);

    private static IEnumerable<(JsonObject Model, string From)> Workflows(string? folder, List<string> faults)
    {
        if (string.IsNullOrEmpty(folder)) return [];
        if (!Directory.Exists(folder)) return Wrong($"Providers:{ComfyUi}:Workflows", $"names {folder}, which is no folder", faults);
        return Directory.GetFiles(folder, "*.json").Order(StringComparer.Ordinal).SelectMany(path =>
        {
            if (Read(path, faults) is not { } json) return [];
            if (json is not JsonObject { } file || file["model"] is not JsonObject model || file["workflow"] is not JsonObject) return Wrong(path, "needs a model and a workflow, both objects", faults);
            var name = Path.GetFileNameWithoutExtension(path);
            model["id"] ??= name;
            model["displayName"] ??= name;
            model["provider"] = ComfyUi;
            model["upstreamModelId"] = name;
            return [((JsonObject)model.DeepClone(), path)];
        }).ToArray();
    }

    private static (JsonObject Model, string From)[] Wrong(string where, string what, List<string> faults)
    {
        faults.Add($"{where} {what}");
        return [];
    }

    private static JsonNode? Read(string path, List<string> faults)
    {
        try
        {
            return JsonNode.Parse(File.ReadAllText(path));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or JsonException)
        {
            faults.Add($"{path} cannot be read: {fault.Message}");
            return null;
        }
    }

    private static CatalogEntry? Entry(JsonObject model, string from, List<string> faults)
    {
        foreach (var (name, value) in Usual) model[name] ??= value?.DeepClone();
        try
        {
            return model.Deserialize<CatalogEntry>(JsonSerializerOptions.Web);
        }
        catch (JsonException fault)
        {
            faults.Add($"{from}: {fault.Message}");
            return null;
        }
    }

    /// <summary>Settings are text; what looks like a number or a switch is one. An empty text is what settings make of an empty list.</summary>
    private static JsonNode? Tree(IConfigurationSection section)
    {
        var parts = section.GetChildren().ToArray();
        if (parts.Length > 0)
            return parts.All(part => int.TryParse(part.Key, NumberStyles.None, CultureInfo.InvariantCulture, out _)) ? new JsonArray([.. parts.Select(Tree)]) : new JsonObject(parts.Select(part => KeyValuePair.Create(part.Key, Tree(part))));
        return section.Value switch
        {
            null or "" => null,
            var text when bool.TryParse(text, out var flag) => flag,
            var text when decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => number,
            var text => text,
        };
    }
}
