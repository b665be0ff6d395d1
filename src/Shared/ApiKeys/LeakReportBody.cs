using System.ComponentModel.DataAnnotations;

namespace Rpd.Shared.ApiKeys;

/// <summary>A key that was found where it should not be.</summary>
public sealed record LeakReportBody
{
    /// <summary>The whole key: having it is the proof.</summary>
    [StringLength(200)]
    public required string Key { get; init; }

    /// <summary>Where it was found; its owner is told.</summary>
    [StringLength(500)]
    public string? Url { get; init; }
}
