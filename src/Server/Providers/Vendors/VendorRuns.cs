using Rpd.Server.Outbound;

namespace Rpd.Server.Providers.Vendors;

/// <summary>What can be done with a job at a vendor, over the one transport.</summary>
public sealed class VendorRuns(VendorHttp http, OutboundHttp downloads)
{
    private const int StepsMax = 12;
    private const long OutputBytesMax = 4_000_000_000;
    private static readonly TimeSpan DownloadWithin = TimeSpan.FromMinutes(10), AskAgain = TimeSpan.FromSeconds(10);

    /// <summary>Hands the job over.</summary>
    /// <returns>Never <see cref="VendorReply.Next"/>.</returns>
    public Task<VendorReply> Submit(Vendor vendor, VendorAccess access, VendorJob job, CancellationToken cancel) =>
        Follow(vendor, access, new(vendor.Submit(job), answer => vendor.Submitted(job, answer)), job.Request.WorkFolder, cancel);

    /// <summary>Looks what has become of it. What cannot be understood is no reason to give up: it is still being worked on, as far as anybody knows.</summary>
    public async Task<VendorReply> Ask(Vendor vendor, VendorAccess access, VendorJob job, string upstreamId, CancellationToken cancel)
    {
        var (heard, more) = (false, false);
        var reply = await Follow(vendor, access, new(vendor.Ask(job, upstreamId), answer => Heard(vendor.Asked(job, upstreamId, answer))), job.Request.WorkFolder, cancel);
        return reply switch
        {
            VendorReply.Unknown => new VendorReply.Working(AskAgain),
            // The question was refused, which says nothing about the job; unless the vendor does not know it any more.
            VendorReply.Failed { Fault: ProviderFault.InvalidInput } lost when !heard => lost with { Fault = ProviderFault.TimedOut },
            // Only a job can go against a policy, never a question.
            VendorReply.Failed { Fault: not ProviderFault.ContentPolicy } failed when !heard => new VendorReply.Working(failed.RetryAfter ?? AskAgain),
            // Nor does it when a further question found nobody there.
            VendorReply.Failed { Fault: ProviderFault.RateLimited or ProviderFault.Unavailable or ProviderFault.TimedOut or ProviderFault.InsufficientQuota } failed when more =>
                new VendorReply.Working(failed.RetryAfter ?? AskAgain),
            _ => reply,
        };

        VendorReply Heard(VendorReply said)
        {
            (heard, more) = (true, said is VendorReply.Next);
            return said is VendorReply.Next next ? next with { Read = answer => Heard(next.Read(answer)) } : said;
        }
    }

    /// <summary>Whether the vendor has the job whose submission was never answered.</summary>
    /// <returns>Null when the vendor cannot tell or does not answer now; an empty id when it does not have it.</returns>
    public async Task<string?> Find(Vendor vendor, VendorAccess access, VendorJob job, CancellationToken cancel)
    {
        if (vendor.Find(job) is not { } call) return null;
        var (answer, _) = await http.Send(vendor, access, call, job.Request.WorkFolder, cancel);
        return answer is null ? null : vendor.Found(job, answer) ?? "";
    }

    /// <summary>Asks it to stop; nobody waits for the answer's meaning.</summary>
    public async Task Cancel(Vendor vendor, VendorAccess access, VendorJob job, string upstreamId, CancellationToken cancel)
    {
        foreach (var call in vendor.Stop(job, upstreamId)) await http.Send(vendor, access, call, job.Request.WorkFolder, cancel);
    }

    /// <summary>Whether the credentials are good.</summary>
    /// <returns>Null when they are; otherwise what the vendor said.</returns>
    public async Task<string?> Try(Vendor vendor, VendorAccess access, CancellationToken cancel) => (await Check(vendor, access, cancel))?.Message;

    /// <summary>The same, with the kind of trouble: a vendor that cannot be asked has not refused anything.</summary>
    public async Task<VendorReply.Failed?> Check(Vendor vendor, VendorAccess access, CancellationToken cancel)
    {
        var (_, instead) = await http.Send(vendor, access, vendor.Probe(access), Path.GetTempPath(), cancel);
        return instead switch { VendorReply.Failed failed => failed, VendorReply.Unknown unknown => new(ProviderFault.Unavailable, unknown.What), _ => null };
    }

    /// <summary>Brings what was made into the work folder.</summary>
    /// <returns>The file, or why there is none: an address that is not valid any more is given out anew by most vendors.</returns>
    public async Task<(string? Path, string? Trouble)> Fetch(Vendor vendor, VendorAccess access, VendorOutput output, string folder, CancellationToken cancel)
    {
        if (output.File is { } file) return (file, null);
        var path = Path.Combine(folder, $"output-{Guid.NewGuid():N}");
        if (output.Base64 is { } text) return await Decode(text, path, cancel) ? (path, null) : (null, "The vendor's output is no base64.");
        if (output.Call is { } call)
        {
            var (answer, instead) = await http.Send(vendor, access, call, folder, cancel);
            if (answer?.Media is { } media) return (media, null);
            if (VendorOutput.At(answer?.Elsewhere) is not { } elsewhere) return (null, instead is VendorReply.Failed failed ? failed.Message : "The vendor's output is no media.");
            output = elsewhere;
        }
        await using var into = File.Create(path);
        var got = await downloads.Download(output.Link!, into, OutputBytesMax, DownloadWithin, cancel);
        return got.Failed ? (null, got.Failure.Message) : (path, null);
    }

    private async Task<VendorReply> Follow(Vendor vendor, VendorAccess access, VendorReply.Next step, string folder, CancellationToken cancel)
    {
        for (var steps = 0; steps < StepsMax; steps++)
        {
            var (answer, instead) = await http.Send(vendor, access, step.Call, folder, cancel);
            if (answer is null) return instead!;
            var reply = step.Read(answer);
            if (reply is not VendorReply.Next next) return reply;
            await Task.Delay(next.After, cancel);
            step = next;
        }
        return new VendorReply.Failed(ProviderFault.Internal, $"{vendor.Name} wants too many calls for one job.");
    }

    private static async Task<bool> Decode(string text, string path, CancellationToken cancel)
    {
        var bytes = new byte[text.Length / 4 * 3 + 3];
        if (!Convert.TryFromBase64String(text, bytes, out var length) || length == 0) return false;
        await File.WriteAllBytesAsync(path, bytes.AsMemory(0, length), cancel);
        return true;
    }
}
