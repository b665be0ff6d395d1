using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Options;

namespace Rpd.Server.Catalog;

/// <summary>Section <c>Catalog</c>: what the operator has otherwise than the data files. What an administrator changes on the page goes before it.</summary>
public sealed record CatalogOptions
{
    /// <summary>By provider: percent that are added to each of its rates.</summary>
    public Dictionary<string, decimal> Margins { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>By the model's id.</summary>
    public Dictionary<string, ModelSetting> Changes { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>By type of generation: the id of the model that the playground offers first.</summary>
    public Dictionary<string, string> Preferred { get; } = new(StringComparer.OrdinalIgnoreCase);
}

/// <summary>Section <c>Catalog:Changes:{model}</c>. What is not set stays as the data files have it.</summary>
public sealed record ModelSetting
{
    /// <summary>In no list and refused; what runs is finished.</summary>
    public bool? Hidden { get; init; }

    /// <summary>For entries that the data files leave off.</summary>
    public bool? Enabled { get; init; }

    /// <summary>Credits per billing unit; the tiers keep their proportion to it.</summary>
    public decimal? Rate { get; init; }

    /// <summary>Ids of models that are tried when its provider cannot take it, between commas.</summary>
    public string? Alternatives { get; init; }

    /// <summary>By param: the value of a request that does not say it.</summary>
    public Dictionary<string, string> Defaults { get; } = new(StringComparer.Ordinal);

    internal ModelChange ToChange() => new()
    {
        Hidden = Hidden,
        Enabled = Enabled,
        Rate = Rate,
        Alternatives = Alternatives?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
        Defaults = Defaults.ToDictionary(one => one.Key, one => JsonSerializer.SerializeToElement(one.Value)),
    };
}

/// <summary>Holds the section against the data files: all that does not fit is named at once, with the settings of all other sections.</summary>
public sealed class CatalogOptionsCheck(AddedModels added) : IValidateOptions<CatalogOptions>
{
    public ValidateOptionsResult Validate(string? name, CatalogOptions options)
    {
        var faults = OperatorWishes.Of(options, CatalogData.Read(added.All)).Faults;
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults.Select(fault => string.Create(CultureInfo.InvariantCulture, $"Catalog:{fault.Field}: {fault.Message}")));
    }
}
