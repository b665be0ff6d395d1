using System.ComponentModel.DataAnnotations;

namespace Rpd.Shared.ProviderKeys;

/// <summary>An account's own key at a provider, without its secret.</summary>
/// <param name="Hint">Its last four characters, to tell it from others.</param>
/// <param name="UsedAt">When something last ran with it.</param>
/// <param name="CheckedAt">When the provider last took it; null while nobody knows, or when it was refused last time.</param>
/// <param name="Notice">What the provider said when the key was just tried and not taken; null otherwise.</param>
public sealed record ProviderKeyView(string Provider, string Hint, DateTimeOffset CreatedAt, DateTimeOffset? UsedAt, DateTimeOffset? CheckedAt, string? Notice = null);

/// <summary>What a provider knows its customer by. Which of these a provider takes, the error of a wrong one says.</summary>
public sealed record NewProviderKeyBody
{
    /// <summary>What most providers take.</summary>
    [StringLength(ProviderKeyLimits.Key)]
    public string? ApiKey { get; init; }

    /// <summary>The public half of a pair of keys.</summary>
    [StringLength(ProviderKeyLimits.Key)]
    public string? AccessKey { get; init; }

    /// <summary>The secret half of a pair of keys.</summary>
    [StringLength(ProviderKeyLimits.Key)]
    public string? SecretKey { get; init; }

    /// <summary>The JSON of a cloud's service account.</summary>
    [StringLength(ProviderKeyLimits.ServiceAccount)]
    public string? ServiceAccount { get; init; }

    /// <summary>The cloud's project.</summary>
    [StringLength(ProviderKeyLimits.Name)]
    public string? Project { get; init; }

    /// <summary>The cloud's region; without one it is this server's usual.</summary>
    [StringLength(ProviderKeyLimits.Name)]
    public string? Location { get; init; }
}

public static class ProviderKeyLimits
{
    public const int Key = 2000, ServiceAccount = 8000, Name = 100;
}
