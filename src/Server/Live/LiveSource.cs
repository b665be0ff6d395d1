using Rpd.Shared.Generations;

namespace Rpd.Server.Live;

/// <summary>What the live connection needs from the feature whose changes it carries.</summary>
/// <param name="Newer">Those of the account's items that have moved on since they were drawn.</param>
/// <param name="HeardElsewhere">A change that another node told of.</param>
public sealed record LiveSource(Func<Guid, SyncItem[], CancellationToken, Task<IReadOnlyList<Nudge>>> Newer, Action<Nudge> HeardElsewhere);
