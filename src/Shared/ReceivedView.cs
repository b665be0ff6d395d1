namespace Rpd.Shared;

/// <summary>It has arrived; what came of it is not said.</summary>
public sealed record ReceivedView(bool Received);
