using Rpd.Server.Providers;

namespace Rpd.Server.Generations.Remote;

/// <summary>One try to have one part of a generation made by one vendor.</summary>
public sealed record Submission
{
    /// <summary>What the vendor knows it by, where it takes an id of ours.</summary>
    public required Guid Id { get; init; }

    public required Guid GenerationId { get; init; }

    /// <summary>A vendor that makes one output per call gets a part for each of them.</summary>
    public required int Part { get; init; }

    public required int Try { get; init; }

    public required string Provider { get; init; }

    /// <summary>The catalogue's id of the model that serves it.</summary>
    public required string Model { get; init; }

    public required bool OwnKey { get; init; }

    /// <summary>Outputs that are asked for.</summary>
    public required int Count { get; init; }

    public string State { get; init; } = SubmissionState.Sending;

    public string? UpstreamId { get; init; }

    /// <summary>What was made, as it lies in our storage.</summary>
    public IReadOnlyList<Output>? Outputs { get; init; }

    public ProviderFault? Fault { get; init; }

    /// <summary>The vendor's own words, for whoever looks after this server.</summary>
    public string? Detail { get; init; }

    /// <summary>Of a failed one: before this the vendor does not want to be asked again.</summary>
    public DateTimeOffset? RetryAt { get; init; }

    /// <summary>How often its outputs could not be fetched.</summary>
    public int Fetches { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}

/// <summary>States: sending → taken → made or failed; unknown while nobody can say whether the vendor has it.</summary>
public static class SubmissionState
{
    /// <summary>Written before the call, so that whoever comes after a crash knows that there may have been one.</summary>
    public const string Sending = "sending";
    public const string Unknown = "unknown";
    public const string Taken = "taken";
    public const string Made = "made";
    public const string Failed = "failed";
}
