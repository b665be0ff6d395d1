using System.ComponentModel.DataAnnotations;

namespace Rpd.Server.Generations.Remote;

/// <summary>Section <c>Remote</c>: how work is given to vendors.</summary>
public sealed record RemoteOptions
{
    /// <summary>
    /// Whether vendors can reach <c>PublicUrl</c>: to fetch inputs there, and to call when something is ready. Without a word it is taken to be so when it
    /// begins with https.
    /// </summary>
    public bool? Reachable { get; init; }

    /// <summary>How often one way to a model is tried for one run before it is given up.</summary>
    [Range(1, 20)]
    public int TriesPerRoute { get; init; } = 3;

    /// <summary>How long a run that nobody takes is offered again.</summary>
    [Range(0, 24 * 3600)]
    public int PatienceSeconds { get; init; } = 120;

    /// <summary>How long it is waited for news of a run of which nobody knows whether the vendor has it.</summary>
    [Range(1, 24 * 3600)]
    public int UnknownSeconds { get; init; } = 600;
}
