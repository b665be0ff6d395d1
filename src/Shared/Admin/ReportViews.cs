using Rpd.Shared.Generations;

namespace Rpd.Shared.Admin;

/// <summary>A work with open reports, as moderators find it: once, however many reported it.</summary>
/// <param name="Handle">Of its author.</param>
/// <param name="Strikes">Decisions that count against the author.</param>
/// <param name="Reasons">What was said to be wrong with it, the most frequent first.</param>
/// <param name="Details">In the words of who reported it, the latest five.</param>
/// <param name="FirstAt">When it was first reported.</param>
public sealed record ReportedWorkView(
    Guid WorkId, Guid AccountId, string Handle, int Strikes, string? Title, string? Prompt, string Visibility, bool Mature, int Reports,
    IReadOnlyList<ReasonCount> Reasons, IReadOnlyList<string> Details, DateTimeOffset FirstAt, IReadOnlyList<OutputView> Outputs);

/// <summary>A reason, and how many gave it.</summary>
public sealed record ReasonCount(string Reason, int Count);

/// <summary>What was decided about a reported work.</summary>
/// <param name="Decision"><c>hide</c> or <c>dismiss</c>.</param>
/// <param name="Reason">Its author is told that, when the work was hidden.</param>
/// <param name="Strikes">Of the author, this one among them.</param>
/// <param name="Appeal">What the author says to it.</param>
/// <param name="AppealClosed">The appeal was read and changed nothing.</param>
public sealed record DecisionView(
    Guid Id, Guid WorkId, Guid AccountId, string Handle, string Decision, string Reason, bool Strike, int Strikes, DateTimeOffset At, string? Appeal, DateTimeOffset? AppealedAt, bool AppealClosed);
