using System.ComponentModel.DataAnnotations;

namespace Rpd.Server.Generations.Inputs;

/// <summary>Section <c>Inputs</c>: files that generations start from, when they come from elsewhere.</summary>
public sealed record InputOptions
{
    [Range(1, long.MaxValue)]
    public long BytesMax { get; init; } = 500_000_000;

    /// <summary>For one try to fetch one file.</summary>
    [Range(1, 3600)]
    public int FetchSeconds { get; init; } = 60;
}
