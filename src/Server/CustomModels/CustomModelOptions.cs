using System.ComponentModel.DataAnnotations;

namespace Rpd.Server.CustomModels;

/// <summary>Section <c>CustomModels</c>. How many models an account may have, its plan says.</summary>
public sealed record CustomModelOptions
{
    /// <summary>Of the uploaded CSV or zip. A form is read whole before anything looks at it.</summary>
    [Range(1024, 130_000_000)]
    public int UploadBytesMax { get; init; } = 100_000_000;

    /// <summary>Trainings that run at once on this node, each on one processor; 0 leaves them to other nodes.</summary>
    [Range(0, 64)]
    public int Workers { get; init; } = 1;

    /// <summary>A training that takes longer fails.</summary>
    [Range(1, 86_400)]
    public int TrainingSeconds { get; init; } = 1800;

    /// <summary>Memory for the weights of models that are asked, on each node.</summary>
    [Range(1, 100_000)]
    public int MemoryMegabytes { get; init; } = 256;
}
