using Rpd.Shared.Generations;

namespace Rpd.Server.Live;

/// <summary>What the live connection needs from the feature whose changes it carries.</summary>
/// <param name="Started">The account's newest, down to the oldest that is shown.</param>
/// <param name="Places">Where those of the account's items that wait stand.</param>
/// <param name="HeardElsewhere">A change that another node told of.</param>
public sealed record LiveSource(
    Func<Guid, Guid?, CancellationToken, Task<IReadOnlyList<Nudge>>> Started,
    Func<Guid, Guid[], CancellationToken, Task<IReadOnlyList<QueuePlace>>> Places,
    Action<Nudge> HeardElsewhere);

/// <summary>Things of one feature that pages are told of.</summary>
/// <param name="Newer">Those of the account's items that have moved on since they were drawn. Items of other features are not known and not answered.</param>
public sealed record LiveItems(Func<Guid, SyncItem[], CancellationToken, Task<IReadOnlyList<Nudge>>> Newer);
