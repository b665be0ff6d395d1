using System.Globalization;
using System.Text.Json;
using Rpd.Server.Providers;
using Rpd.Shared.Catalog;
using Rpd.Shared.Generations;

namespace Rpd.Server.Catalog;

/// <summary>Every model that is known, whether its provider is configured or not. Read from data files at start; all faults are reported together.</summary>
public sealed class ModelCatalog
{
    private static readonly string[] Units = ["image", "second", "request", "1k_chars"];
    private static readonly string[] Speeds = ["fast", "standard", "slow"], Qualities = ["draft", "standard", "high", "ultra"];
    private readonly Dictionary<string, CatalogEntry> byId;
    private readonly Dictionary<string, IProvider> providers;
    private readonly long created;

    public ModelCatalog(IEnumerable<IProvider> providers, TimeProvider time)
    {
        this.providers = providers.ToDictionary(provider => provider.Name);
        created = time.GetUtcNow().ToUnixTimeSeconds();
        All = [.. Load("own-models.json"), .. Load("models.json").Where(entry => entry.EnabledByDefault), .. Load("sandbox-models.json")];
        var faults = All.SelectMany(Faults).Concat(All.GroupBy(entry => entry.Id).Where(same => same.Count() > 1).Select(same => $"{same.Key} stands twice")).ToArray();
        if (faults.Length > 0) throw new InvalidDataException("The model catalogue is not valid:\n- " + string.Join("\n- ", faults));
        byId = All.ToDictionary(entry => entry.Id);
    }

    public IReadOnlyList<CatalogEntry> All { get; }

    public ModelScores Scores { get; } = new();

    public CatalogEntry? Find(string id) => byId.GetValueOrDefault(id);

    /// <summary>Null when it can run now; otherwise a sentence that says what is missing.</summary>
    public string? Unavailable(CatalogEntry entry) => entry.Lifecycle.Status == "retired" ? "The provider has retired this model."
        : providers.TryGetValue(entry.Provider, out var provider) ? provider.Unavailable(entry.Id)
        : $"The provider {entry.Provider} is not configured on this server.";

    public IProvider? Provider(string name) => providers.GetValueOrDefault(name);

    public IEnumerable<ModelView> List(string? type, string? provider, string? q) => All
        .Where(entry => (type is null || entry.SupportedTypes.Contains(type)) && (provider is null || entry.Provider == provider)
            && (string.IsNullOrWhiteSpace(q) || $"{entry.Id} {entry.DisplayName} {entry.Description}".Contains(q.Trim(), StringComparison.OrdinalIgnoreCase)))
        .Select(View);

    public ModelView View(CatalogEntry entry)
    {
        var reason = Unavailable(entry);
        return new(entry.Id, "model", created, entry.Provider, entry.Provider, entry.DisplayName, entry.Description, entry.SupportedTypes, entry.Speed,
            entry.Quality, entry.BillingUnit, entry.CreditCostPerSecond, entry.CreditCostPerImage, entry.CreditCostPerRequest, entry.CreditCostPer1kChars,
            entry.SupportsAudio, entry.Params, entry.RequiredInputs, reason is null, reason, entry.Lifecycle.Status)
        { Scores = Scores.Of(entry.Id) };
    }

    private static CatalogEntry[] Load(string name)
    {
        using var data = File.OpenRead(Path.Combine(AppContext.BaseDirectory, "Catalog", name));
        return JsonSerializer.Deserialize<CatalogEntry[]>(data, JsonSerializerOptions.Web) ?? throw new InvalidDataException($"{name} is empty.");
    }

    internal static IEnumerable<string> Faults(CatalogEntry entry)
    {
        var who = entry.Id ?? "an entry without id";
        if (string.IsNullOrWhiteSpace(entry.Id) || string.IsNullOrWhiteSpace(entry.Provider) || string.IsNullOrWhiteSpace(entry.DisplayName))
        {
            yield return $"{who}: id, provider and displayName are required";
            yield break;
        }
        if (entry.SupportedTypes is not { Count: > 0 }) yield return $"{who}: supportedTypes is empty";
        foreach (var type in entry.SupportedTypes ?? [])
            if (!GenerationTypes.All.Contains(type)) yield return $"{who}: unknown type {type}";
        if (!Units.Contains(entry.BillingUnit)) yield return $"{who}: unknown billingUnit {entry.BillingUnit}";
        if (!Speeds.Contains(entry.Speed)) yield return $"{who}: unknown speed {entry.Speed}";
        if (!Qualities.Contains(entry.Quality)) yield return $"{who}: unknown quality {entry.Quality}";
        if (entry.Params is null || entry.RequiredInputs is null || entry.Lifecycle is null) yield return $"{who}: params, requiredInputs and lifecycle are required";
        if (entry.BaseRate is null && entry.PriceTiers is not { Count: > 0 }) yield return $"{who}: no price per {entry.BillingUnit}";
        foreach (var rate in (entry.PriceTiers ?? []).Select(tier => tier.Rate).Append(entry.BaseRate ?? 0))
            if (rate is not (>= 0 and <= 100_000) || rate * 100 % 1 != 0) yield return string.Create(CultureInfo.InvariantCulture, $"{who}: {rate} is not a rate in hundredths of a credit");
    }
}
