namespace Rpd.Server.Providers.Studio.Sketch;

/// <summary>What a face does at one moment.</summary>
/// <param name="Mouth">0 closed, 1 wide open.</param>
/// <param name="Lids">0 open, 1 shut.</param>
internal readonly record struct Expression(double Mouth, double Lids);
