namespace Rpd.Shared;

/// <summary>Where this installation is reached: cascaded into every component that has to name a whole address.</summary>
/// <param name="BaseAddress">Scheme and host without a slash at the end.</param>
public sealed record Site(string BaseAddress);
