namespace Rpd.Server.Providers.Vendors;

/// <summary>
/// One vendor's wire format. Every member but <see cref="VendorApi.Authorize"/> is a function of what it is given: it renders a call or reads an answer. Sending,
/// retrying, remembering and downloading is done once for all of them (<see cref="VendorHttp"/>).
/// </summary>
public abstract class Vendor : VendorApi
{
    /// <summary>Null when all is configured that this model needs; otherwise one sentence that names the settings.</summary>
    public virtual string? Missing(VendorAccess access, string upstreamModel) => access.ApiKey is { Empty: false } ? null : $"Set Providers:{Name}:ApiKey.";

    /// <summary>How many outputs one call makes at most.</summary>
    public virtual int OutputsAtOnce(string upstreamModel, string type) => 1;

    /// <summary>Whether it must fetch the media of such a job from an address of ours, which it can reach.</summary>
    public virtual bool NeedsLinks(string upstreamModel, string type) => false;

    public abstract VendorCall Submit(VendorJob job);

    /// <summary>Of a 2xx answer.</summary>
    public abstract VendorReply Submitted(VendorJob job, VendorAnswer answer);

    /// <summary>What has become of a job that was <see cref="VendorReply.Taken"/>.</summary>
    public virtual VendorCall Ask(VendorJob job, string upstreamId) => throw new NotSupportedException($"{Name} answers with the finished work.");

    public virtual VendorReply Asked(VendorJob job, string upstreamId, VendorAnswer answer) => throw new NotSupportedException($"{Name} answers with the finished work.");

    /// <summary>Whether people have accounts of their own there. Nobody but the operator has one on a server of the operator's.</summary>
    public virtual bool OpenToPeople => true;

    /// <summary>Whether it stops what it has begun, and bills nothing for it, when it is asked to.</summary>
    public virtual bool Cancels => false;

    /// <summary>Asks it to stop, where it can.</summary>
    public virtual VendorCall? Cancel(VendorJob job, string upstreamId) => null;

    /// <summary>The same where it takes several calls, which are made one after another.</summary>
    public virtual IReadOnlyList<VendorCall> Stop(VendorJob job, string upstreamId) => Cancel(job, upstreamId) is { } call ? [call] : [];

    /// <summary>Looks for a job by our own id, when the answer to its submission has been lost. Null where the vendor cannot look.</summary>
    public virtual VendorCall? Find(VendorJob job) => null;

    /// <returns>The vendor's id; null when it does not have the job.</returns>
    public virtual string? Found(VendorJob job, VendorAnswer answer) => null;

    /// <summary>What a call of the vendor says, when it is the vendor who calls. Null where it makes none.</summary>
    public virtual VendorCallback? Called(VendorAccess access, IReadOnlyDictionary<string, string> headers, byte[] body, DateTimeOffset now) => null;

    /// <summary>A call that costs nothing and shows whether the credentials are good.</summary>
    public abstract VendorCall Probe(VendorAccess access);

    /// <summary>Lists what a param can be, where that is the vendor's to say: voices, avatars.</summary>
    public virtual VendorCall? ListChoices(string param) => null;

    public virtual IReadOnlyList<VendorChoice> Choices(string param, VendorAnswer answer) => [];
}

/// <param name="Verified">False: signed wrongly, or not at all where it should be. Such a call is answered with 401 and forgotten.</param>
/// <param name="UpstreamId">The vendor's name for the job, for the case that the answer to its submission has been lost.</param>
public sealed record VendorCallback(bool Verified, string? UpstreamId = null);

public sealed record VendorChoice(string Value, string Label, string? Preview = null);
