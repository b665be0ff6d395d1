using System.Text.Json;

namespace Rpd.Server.Providers.Vendors;

/// <summary>An interface of a vendor, whatever is asked there: where it is, how a call to it is signed, and what its refusals mean.</summary>
public abstract class VendorApi
{
    /// <summary>By which it is known in settings and logs. Calls of one name share a circuit breaker.</summary>
    public abstract string Name { get; }

    /// <summary>Where its interface lives unless the operator says otherwise. Ends without a slash.</summary>
    public abstract string BaseUrl(VendorAccess access);

    public abstract ValueTask Authorize(HttpRequestMessage request, VendorSession session, CancellationToken cancel);

    /// <summary>Of any answer but a good one: which of our faults it is.</summary>
    public abstract VendorReply.Failed Fault(VendorAnswer answer);

    /// <summary>Of a refusal of what is <see cref="VendorCall.Recognised"/>: whether an earlier sending of the same is still being taken, so that nobody knows yet how that ends.</summary>
    public virtual bool BeingTaken(VendorAnswer answer) => false;

    protected VendorReply.Failed Failed(ProviderFault fault, string? message) => new(fault, message ?? $"{Name} gave no reason.");

    /// <summary>The usual meaning of a status, for whatever the vendor does not tell more exactly.</summary>
    protected static ProviderFault Usual(int status) => status switch
    {
        400 or 404 or 405 or 406 or 409 or 413 or 415 or 422 => ProviderFault.InvalidInput,
        // Our key, our balance, our rights there.
        401 or 402 or 403 => ProviderFault.InsufficientQuota,
        408 or 504 => ProviderFault.TimedOut,
        429 => ProviderFault.RateLimited,
        502 or 503 or 529 => ProviderFault.Unavailable,
        _ => ProviderFault.Internal,
    };
}

/// <summary>What signing needs.</summary>
/// <param name="Fetch">Sends a call without signing it: for exchanging keys for tokens.</param>
public sealed record VendorSession(VendorAccess Access, TimeProvider Time, Func<HttpRequestMessage, CancellationToken, Task<JsonElement>> Fetch, VendorTokens Tokens);
