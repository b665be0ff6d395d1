using System.Globalization;
using System.Text.Json;
using Rpd.Server.Providers;
using Rpd.Server.Providers.Vendors;
using Rpd.Shared;
using Rpd.Shared.Catalog;
using Rpd.Shared.Generations;

namespace Rpd.Server.Catalog;

/// <summary>Every model that is offered, whether its provider is configured or not, as the operator wants it: the data files, the settings, and what administrators have changed since.</summary>
public sealed class ModelCatalog
{
    private static readonly string[] Units = ["image", "second", "request", "1k_chars"];
    private static readonly string[] Speeds = ["fast", "standard", "slow"], Qualities = ["draft", "standard", "high", "ultra"];
    private readonly Dictionary<string, IProvider> providers;
    private readonly VendorList vendors;
    private readonly long created;
    private readonly Lock renewing = new();
    private volatile Offer now;

    public ModelCatalog(IEnumerable<IProvider> providers, VendorList vendors, TimeProvider time, CatalogOptions? options = null, AddedModels? added = null)
    {
        (this.providers, this.vendors) = (providers.ToDictionary(provider => provider.Name), vendors);
        created = time.GetUtcNow().ToUnixTimeSeconds();
        Data = CatalogData.Read(added?.All ?? []);
        Settings = OperatorWishes.Of(options ?? new(), Data);
        now = new(Data, Settings, StoredWishes.None, 0);
    }

    /// <summary>As delivered.</summary>
    public CatalogData Data { get; }

    /// <summary>What the settings want otherwise.</summary>
    public OperatorWishes Settings { get; }

    /// <summary>The same with what administrators want, which goes first.</summary>
    public OperatorWishes Wishes => now.Wishes;

    /// <summary>What administrators want by themselves.</summary>
    public StoredWishes Stored => now.Stored;

    /// <summary>Of the latest change that counts here; 0 before the first.</summary>
    public long Version => now.Version;

    /// <summary>Those that can be asked for.</summary>
    public IReadOnlyList<CatalogEntry> All => now.Shown;

    /// <summary>All that are known, hidden ones too.</summary>
    public IReadOnlyList<CatalogItem> Items => now.Items;

    public ModelScores Scores { get; } = new();

    public ModelTimes Times { get; } = new();

    /// <summary>Null as well for a model that is hidden.</summary>
    public CatalogEntry? Find(string id) => now.ById.GetValueOrDefault(id) is { Shown: true } item ? item.Sold : null;

    /// <summary>Hidden or not: for what was made with it, and for what is being made.</summary>
    public CatalogEntry? Known(string id) => Item(id)?.Sold;

    public CatalogItem? Item(string id) => now.ById.GetValueOrDefault(id);

    /// <summary>The model that the operator wants to be offered first, if it is to be had.</summary>
    /// <param name="own">The keys of whoever is offered it.</param>
    public CatalogEntry? Preferred(string type, OwnKeys? own = null) =>
        Wishes.Preferred.TryGetValue(type, out var id) && Find(id) is { } entry && entry.SupportedTypes.Contains(type) && Unavailable(entry, own) is null ? entry : null;

    /// <summary>Sells by these changes from now on.</summary>
    /// <param name="version">That of the newest of them.</param>
    /// <returns>False when newer ones count already.</returns>
    public bool Renew(long version, IReadOnlyList<StoredChange> rows)
    {
        lock (renewing)
        {
            if (version <= now.Version) return false;
            var stored = StoredWishes.Of(rows);
            now = new(Data, OperatorWishes.Of(stored, Settings, Data), stored, version);
            return true;
        }
    }

    /// <summary>Null when it can run now; otherwise a sentence that says what is missing.</summary>
    /// <param name="own">The keys of whoever asks, which may open what the operator has not.</param>
    public string? Unavailable(CatalogEntry entry, OwnKeys? own = null) => entry.Lifecycle.Status == "retired" ? "The provider has retired this model."
        : OnOwnKey(entry, own) ? null
        : providers.TryGetValue(entry.Provider, out var provider) ? provider.Unavailable(entry.Id)
        : vendors.Find(entry.Provider) is { } vendor ? vendor.Missing(vendors.Access(entry.Provider), entry.UpstreamModelId ?? entry.Id)
        : $"The provider {entry.Provider} is not configured on this server.";

    /// <summary>Whether a vendor of that name is called for it: others need nobody's key.</summary>
    public bool AtVendor(string provider) => vendors.Find(provider) is not null;

    /// <summary>Whether the account's own key is what runs it. A key that does not open this model leaves it to the operator's.</summary>
    public bool OnOwnKey(CatalogEntry entry, OwnKeys? own) =>
        own?.Of(entry.Provider) is { } access && vendors.Find(entry.Provider) is { } vendor && vendor.Missing(access, entry.UpstreamModelId ?? entry.Id) is null;

    /// <summary>What a request costs whoever asks.</summary>
    public Outcome<EstimateView> Price(CatalogEntry entry, string type, IReadOnlyDictionary<string, JsonElement> parameters, string? prompt, int count, OwnKeys? own)
    {
        var usual = Prices.Of(entry, type, parameters, prompt, count);
        return usual.Declined || !OnOwnKey(entry, own) ? usual : own!.Fee(usual.Value);
    }

    /// <summary>The model itself and, after it, whichever of its alternatives could make this type now.</summary>
    public IReadOnlyList<CatalogEntry> Ways(CatalogEntry entry, string type) =>
        [entry, .. entry.Alternatives.Select(Find).OfType<CatalogEntry>().Where(other => other.SupportedTypes.Contains(type) && vendors.Find(other.Provider) is not null && Unavailable(other) is null)];

    public IProvider? Provider(string name) => providers.GetValueOrDefault(name);

    public IEnumerable<ModelView> List(string? type, string? provider, string? q, OwnKeys? own = null) => All
        .Where(entry => (type is null || entry.SupportedTypes.Contains(type)) && (provider is null || entry.Provider == provider) && Says(entry, q))
        .Select(entry => View(entry, own));

    /// <summary>Whether its id, its name or its description has these words.</summary>
    public static bool Says(CatalogEntry entry, string? q) => Says($"{entry.Id} {entry.DisplayName} {entry.Description}", q);

    internal static bool Says(string text, string? q) => string.IsNullOrWhiteSpace(q) || text.Contains(q.Trim(), StringComparison.OrdinalIgnoreCase);

    public ModelView View(CatalogEntry entry) => View(entry, own: null);

    public ModelView View(CatalogEntry entry, OwnKeys? own)
    {
        var reason = Unavailable(entry, own);
        return new(entry.Id, "model", created, entry.Provider, entry.Provider, entry.DisplayName, entry.Description, entry.SupportedTypes, Times.Speed(entry.Id) ?? entry.Speed,
            entry.Quality, entry.BillingUnit, entry.CreditCostPerSecond, entry.CreditCostPerImage, entry.CreditCostPerRequest, entry.CreditCostPer1kChars,
            entry.SupportsAudio, entry.Params, entry.RequiredInputs, reason is null, reason, entry.Lifecycle.Status)
        { Scores = Scores.Of(entry.Id), Listed = vendors.Find(entry.Provider) is { } vendor ? [.. entry.Rules.Keys.Where(param => vendor.ListChoices(param) is not null)] : [] };
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
        foreach (var rate in (entry.PriceTiers ?? []).Select(tier => tier.Rate).Append(entry.BaseRate).OfType<decimal>())
            if (rate is not (>= 0 and <= Repricing.RateMax) || rate * 100 % 1 != 0) yield return string.Create(CultureInfo.InvariantCulture, $"{who}: {rate} is not a rate in hundredths of a credit");
        if (entry is not { SupportedTypes.Count: > 0, Params: not null, RequiredInputs: not null }) yield break;
        foreach (var fault in TierRules.Faults(entry)) yield return fault;
    }

    /// <summary>What is offered between two changes.</summary>
    private sealed class Offer
    {
        public Offer(CatalogData data, OperatorWishes wishes, StoredWishes stored, long version)
        {
            (Wishes, Stored, Version) = (wishes, stored, version);
            Items = [.. data.All.Select(entry => new CatalogItem(entry, wishes.Of(entry.Id).Apply(entry, wishes.MarginOf(entry.Provider)), wishes.Of(entry.Id).Shows(entry)))];
            Shown = [.. Items.Where(item => item.Shown).Select(item => item.Sold)];
            ById = Items.ToDictionary(item => item.Data.Id);
        }

        public OperatorWishes Wishes { get; }

        public StoredWishes Stored { get; }

        public long Version { get; }

        public IReadOnlyList<CatalogItem> Items { get; }

        public IReadOnlyList<CatalogEntry> Shown { get; }

        public Dictionary<string, CatalogItem> ById { get; }
    }
}

/// <param name="Data">As delivered.</param>
/// <param name="Sold">As the operator wants it.</param>
/// <param name="Shown">Whether it is offered.</param>
public sealed record CatalogItem(CatalogEntry Data, CatalogEntry Sold, bool Shown);
