namespace Rpd.Server.Providers.Vendors;

/// <summary>What an answer means, in our words.</summary>
public abstract record VendorReply
{
    /// <summary>The vendor has the job and works on it.</summary>
    public sealed record Taken(string UpstreamId, TimeSpan PollAfter) : VendorReply;

    /// <param name="Progress">0–100, where the vendor tells it.</param>
    public sealed record Working(TimeSpan PollAfter, int? Progress = null) : VendorReply;

    public sealed record Made(IReadOnlyList<VendorOutput> Outputs) : VendorReply;

    /// <param name="Message">As the vendor said it, for whoever looks after this server. Customers read it when the fault is theirs.</param>
    /// <param name="RetryAfter">When it may be tried again, where the vendor says so.</param>
    public sealed record Failed(ProviderFault Fault, string Message, TimeSpan? RetryAfter = null) : VendorReply;

    /// <summary>The job needs another call before the vendor has it.</summary>
    public sealed record Next(VendorCall Call, Func<VendorAnswer, VendorReply> Read) : VendorReply
    {
        /// <summary>How long the vendor needs before that call: seconds, for somebody waits.</summary>
        public TimeSpan After { get; init; }
    }

    /// <summary>No answer, or one that makes no sense: whether the vendor has done what was asked, nobody can tell from it.</summary>
    public sealed record Unknown(string What) : VendorReply;

    public static VendorReply Refused(string message) => new Failed(ProviderFault.ContentPolicy, message);
}

/// <summary>One thing that was made: where it is to be had.</summary>
public sealed record VendorOutput
{
    /// <summary>An address that the vendor has given out.</summary>
    public Uri? Link { get; private init; }

    /// <summary>A call to the vendor itself, which needs our key.</summary>
    public VendorCall? Call { get; private init; }

    public string? Base64 { get; private init; }

    /// <summary>A file of the work folder.</summary>
    public string? File { get; private init; }

    /// <summary>Where chance began, as the vendor reports it.</summary>
    public long? Seed { get; init; }

    /// <summary>The vendor's name for it, by which a later job can go on from it.</summary>
    public string? UpstreamId { get; init; }

    /// <returns>Null when it is no address: what a vendor writes there is not ours to trust.</returns>
    public static VendorOutput? At(string? address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var link) && link.Scheme is "http" or "https" ? new() { Link = link } : null;

    public static VendorOutput By(VendorCall call) => new() { Call = call with { Moves = true } };

    public static VendorOutput Of(string base64) => new() { Base64 = base64 };

    public static VendorOutput Saved(string file) => new() { File = file };
}
