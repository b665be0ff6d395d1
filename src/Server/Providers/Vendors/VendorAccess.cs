using System.ComponentModel.DataAnnotations;

namespace Rpd.Server.Providers.Vendors;

/// <summary>Section <c>Providers:{name}</c>: how one vendor is reached. Which of the credentials it needs, its adapter says.</summary>
public sealed record VendorAccess
{
    public Secret? ApiKey { get; init; }

    /// <summary>The public half of a pair of keys.</summary>
    public string? AccessKey { get; init; }

    public Secret? SecretKey { get; init; }

    /// <summary>A Google service account: its JSON, or the path of the file that holds it.</summary>
    public Secret? ServiceAccount { get; init; }

    /// <summary>Project and region of a cloud.</summary>
    public string? Project { get; init; }

    public string? Location { get; init; }

    /// <summary>Another address of the same interface: a region, a proxy, a server of one's own.</summary>
    [Url]
    public string? BaseUrl { get; init; }

    /// <summary>Of a ComfyUI: the folder that holds its workflows, each of them a model of the catalogue.</summary>
    public string? Workflows { get; init; }

    /// <summary>What the vendor signs its calls with, where it does.</summary>
    public Secret? WebhookSecret { get; init; }

    /// <summary>Runs that one node looks after at once.</summary>
    [Range(1, 1000)]
    public int Concurrency { get; init; } = 16;

    /// <summary>Runs that the vendor works on at once for all nodes; what one's plan there allows.</summary>
    [Range(1, 100_000)]
    public int RunsAtOnce { get; init; } = 1000;

    /// <summary>For one call. Vendors that answer with the finished work need minutes.</summary>
    [Range(1, 3600)]
    public int CallSeconds { get; init; } = 300;

    /// <summary>All that must not be told to anybody.</summary>
    public IEnumerable<Secret> Secrets => new[] { ApiKey, SecretKey, ServiceAccount, WebhookSecret }.OfType<Secret>();
}
