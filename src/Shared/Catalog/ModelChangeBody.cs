using System.ComponentModel.DataAnnotations;
using System.Text.Json;

namespace Rpd.Shared.Catalog;

/// <summary>What is to be otherwise. What is not mentioned stays; null goes back to the configuration and the data files.</summary>
public sealed record ModelChangeBody
{
    /// <summary>In no list and refused; what runs is finished.</summary>
    public bool? Hidden { get; init; }

    /// <summary>For models that the data files leave off.</summary>
    public bool? Enabled { get; init; }

    /// <summary>Credits per billing unit, before the provider's margin; the tiers keep their proportion to it. Two decimals at most.</summary>
    [Range(0, 100_000)]
    public decimal? Rate { get; init; }

    /// <summary>Ids of models that are tried when its provider cannot take it, in this order.</summary>
    [Length(0, 10)]
    public IReadOnlyList<string>? Alternatives { get; init; }

    /// <summary>By param: the value of a request that does not say it; null takes it back.</summary>
    public IReadOnlyDictionary<string, JsonElement>? Defaults { get; init; }
}

/// <summary>Percent to be added to each rate.</summary>
public sealed record MarginBody
{
    /// <summary>Two decimals at most; null goes back to the configuration.</summary>
    [Range(0, 1000)]
    public decimal? Percent { get; init; }
}

/// <summary>Which models to list.</summary>
/// <param name="Q">Words of the id, the name or the description.</param>
public sealed record AdminModelFilter(string? Provider = null, [property: StringLength(200)] string? Q = null);
