using Rpd.Server.Credits;
using Rpd.Server.Credits.Metering;
using Rpd.Shared;

namespace Rpd.Server.Recognition;

/// <summary>What a look at a picture costs: one credit when something was found. Nothing found and everything that goes wrong is free.</summary>
public sealed class PaidLook(Meter meter)
{
    public const long Credits = 1;

    /// <summary>Who serves what is found by this server itself.</summary>
    public const string BuiltIn = "builtin";

    /// <summary>Finding faces, as usage names it.</summary>
    public const string Faces = "recognition-faces";

    /// <param name="model">As usage names it.</param>
    /// <param name="found">Whether the answer holds anything.</param>
    public async Task<Outcome<T>> Run<T>(Payer payer, string provider, string model, Func<Task<Outcome<T>>> look, Func<T, bool> found, CancellationToken cancel)
    {
        var held = await meter.Hold(payer, Credits, provider, model, cancel);
        if (held.Declined) return held.Refusal;
        using var hold = held.Value;
        var seen = await look();
        if (!seen.Declined) hold.Charge(found(seen.Value) ? Credits : 0);
        return seen;
    }
}
