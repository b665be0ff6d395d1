namespace Rpd.Shared.Admin;

/// <summary>A provider as administrators look after it.</summary>
/// <param name="Configured">Whether the operator has set credentials with which some model of it runs.</param>
/// <param name="Down">Calls are held back for a moment because too many failed, on the node that answers.</param>
/// <param name="Models">How many the catalogue has of it.</param>
/// <param name="Offered">Of those, how many are offered and can run.</param>
/// <param name="Open">Runs that it has been given and has not ended, up to 10,000.</param>
public sealed record ProviderView(string Provider, bool Configured, bool Down, int Models, int Offered, long Open);
