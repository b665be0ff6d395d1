using System.Text.Json;

namespace Rpd.Shared.Catalog;

/// <summary>A model as its administrators see it: what it is delivered as, what they want otherwise, and what comes of both.</summary>
/// <param name="Shown">Whether it is offered. One that is not is in no list and refused.</param>
/// <param name="EnabledByDefault">Whether the data files offer it.</param>
/// <param name="Available">Whether it can run here; otherwise <paramref name="UnavailableReason"/> says what is missing.</param>
/// <param name="Lifecycle">Whether the vendor still offers it.</param>
/// <param name="BillingUnit">What one pays for: <c>image</c>, <c>second</c>, <c>request</c> or <c>1k_chars</c>.</param>
/// <param name="Rate">Credits per unit of a request that says nothing, as it is sold: with the margin.</param>
/// <param name="DeliveredRate">The same in the data files.</param>
/// <param name="Margin">Percent that are added to each rate of its provider.</param>
/// <param name="Tiers">The rates of requests that say more, as they are sold.</param>
/// <param name="Alternatives">Models that are tried when its provider cannot take it.</param>
/// <param name="Defaults">By param, the operator's value for requests that do not say it.</param>
/// <param name="Settings">What the configuration wants otherwise.</param>
/// <param name="Changes">What administrators want otherwise; it goes before the configuration.</param>
public sealed record AdminModelView(
    string Id, string Provider, string DisplayName, IReadOnlyList<string> SupportedTypes, bool Shown, bool EnabledByDefault, bool Available, string? UnavailableReason, string Lifecycle,
    string BillingUnit, decimal? Rate, decimal? DeliveredRate, decimal Margin, IReadOnlyList<PriceTierView> Tiers, IReadOnlyList<string> Alternatives,
    IReadOnlyDictionary<string, JsonElement> Defaults, ModelWishView Settings, ModelWishView Changes);

/// <summary>A rate for some requests.</summary>
/// <param name="When">By param, the value or the list of values that it is for; <c>type</c> is the type of generation.</param>
/// <param name="Rate">Credits per unit; null when the price is not known, and then such a request is refused.</param>
public sealed record PriceTierView(IReadOnlyDictionary<string, JsonElement> When, decimal? Rate);

/// <summary>What is wanted otherwise; null where nothing is said.</summary>
public sealed record ModelWishView(bool? Hidden, bool? Enabled, decimal? Rate, IReadOnlyList<string>? Alternatives, IReadOnlyDictionary<string, JsonElement> Defaults);

/// <summary>Percent that are added to each rate of a provider.</summary>
/// <param name="Percent">What counts.</param>
/// <param name="Changed">Whether an administrator has said so; otherwise the configuration.</param>
public sealed record ProviderMarginView(string Provider, decimal Percent, bool Changed);

/// <summary>The model that the playground offers first.</summary>
/// <param name="Model">Null: whichever can run here.</param>
/// <param name="Changed">Whether an administrator has said so; otherwise the configuration.</param>
public sealed record PreferredModelView(string Type, string? Model, bool Changed);
