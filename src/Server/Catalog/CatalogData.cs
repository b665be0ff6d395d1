using System.Collections.Concurrent;
using System.Text.Json;
using Rpd.Shared;

namespace Rpd.Server.Catalog;

/// <summary>The entries as they are delivered, before anything that the operator wants otherwise.</summary>
public sealed class CatalogData
{
    private static readonly ConcurrentDictionary<string, IReadOnlyList<CatalogEntry>> Files = new();

    /// <summary>Checked once: it is the same for all who ask.</summary>
    private static readonly Lazy<CatalogData> Delivered = new(() => With([]));

    private readonly Dictionary<string, CatalogEntry> byId;

    private CatalogData(IReadOnlyList<CatalogEntry> entries)
    {
        var faults = entries.SelectMany(ModelCatalog.Faults).Concat(entries.GroupBy(entry => entry.Id).Where(same => same.Count() > 1).Select(same => $"{same.Key} stands twice")).ToArray();
        if (faults.Length > 0) throw new InvalidDataException("The model catalogue is not valid:\n- " + string.Join("\n- ", faults));
        (All, byId) = (entries, entries.ToDictionary(entry => entry.Id));
    }

    /// <summary>In the order of the lists: our own, the vendors', Sandbox.</summary>
    public IReadOnlyList<CatalogEntry> All { get; }

    public CatalogEntry? Find(string id) => byId.GetValueOrDefault(id);

    public IEnumerable<string> Providers => All.Select(entry => entry.Provider).Distinct();

    /// <param name="added">By the operator.</param>
    public static CatalogData Read(IReadOnlyList<CatalogEntry> added) => added.Count == 0 ? Delivered.Value : With(added);

    private static CatalogData With(IReadOnlyList<CatalogEntry> added) => new([.. Load("own-models.json"), .. Load("models.json"), .. added, .. Load("sandbox-models.json")]);

    private static IReadOnlyList<CatalogEntry> Load(string name) => Files.GetOrAdd(name, static file =>
    {
        using var data = File.OpenRead(Path.Combine(AppContext.BaseDirectory, "Catalog", file));
        return JsonSerializer.Deserialize<CatalogEntry[]>(data, JsonSerializerOptions.Web) ?? throw new InvalidDataException($"{file} is empty.");
    });
}
