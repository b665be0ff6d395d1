using Rpd.Server.Catalog;
using Rpd.Server.Media;
using Rpd.Server.Providers;
using Rpd.Server.Providers.Vendors;

namespace Rpd.Server.Generations.Remote;

/// <summary>The outputs of a generation that one call makes.</summary>
/// <param name="Routes">The models that may make it, the one that was asked for first.</param>
/// <param name="Tries">What has been submitted for it so far.</param>
/// <param name="First">The ordinal of its first output.</param>
/// <param name="MayPay">False only looks after what has been taken.</param>
public sealed record RemotePart(RemoteRun Run, IReadOnlyList<CatalogEntry> Routes, PreparedJob Job, IReadOnlyList<Submission> Tries, int Number, int Count, int First, bool MayPay);

/// <summary>How one part stands.</summary>
public abstract record PartStanding
{
    public sealed record Open(TimeSpan LookAfter, int? Progress = null) : PartStanding;

    public sealed record Made(IReadOnlyList<Output> Outputs) : PartStanding;

    public sealed record Failed(ProviderFault Fault, string Detail) : PartStanding;
}

/// <summary>
/// Makes one part, or looks how far it is: first tried at the model's own provider and then at the others that serve it, as long as nobody has taken it.
/// What may have been taken is never submitted again: it is looked for, waited for, and in the end given up.
/// </summary>
public sealed class MakePart(
    VendorList vendors, VendorRuns runs, VendorHttp http, Submissions submissions, PrepareJob prepare, StoreMade store, RemoteOptions options, TimeProvider time, ILogger<MakePart> log)
{
    private const int FetchesMax = 5;
    private static readonly TimeSpan Busy = TimeSpan.FromSeconds(2), Refetch = TimeSpan.FromSeconds(2), Look = TimeSpan.FromSeconds(10), Soon = TimeSpan.FromSeconds(5);

    public async Task<PartStanding> Run(RemotePart part, CancellationToken cancel)
    {
        var last = part.Tries.Count > 0 ? part.Tries[^1] : null;
        switch (last?.State)
        {
            case null when !part.MayPay:
                return new PartStanding.Failed(ProviderFault.TimedOut, "It was not submitted in time.");
            case SubmissionState.Made:
                return new PartStanding.Made(last.Outputs ?? []);
            case SubmissionState.Taken:
                var stand = await Ask(part, last, cancel);
                // The vendor's own trouble: it, or another, may have more luck with the next try.
                return part.MayPay && stand is PartStanding.Failed failed && !Final(failed.Fault) ? new PartStanding.Open(Soon) : stand;
            case SubmissionState.Sending or SubmissionState.Unknown:
                // Whoever only looks cannot tell one that is being sent this moment from one that was lost.
                return part.MayPay ? await Lost(part, last, cancel) : new PartStanding.Open(Look);
            case SubmissionState.Failed when !part.MayPay || Final(last.Fault!.Value):
                return new PartStanding.Failed(last.Fault!.Value, last.Detail ?? "");
            default:
                return await SubmitAnywhere(part, cancel);
        }
    }

    /// <summary>What the customer asked for is wrong, or it was taken and went wrong: another vendor is no answer to it.</summary>
    private static bool Final(ProviderFault fault) => fault is ProviderFault.InvalidInput or ProviderFault.ContentPolicy or ProviderFault.TimedOut;

    private async Task<PartStanding> SubmitAnywhere(RemotePart part, CancellationToken cancel)
    {
        var (run, tries, now) = (part.Run, part.Tries, time.GetUtcNow());
        var (next, wait, last) = (tries.Count, TimeSpan.MaxValue, tries.Count > 0 && tries[^1].Fault is { } known ? new PartStanding.Failed(known, tries[^1].Detail ?? "") : null);
        foreach (var route in Order(part.Routes))
        {
            var before = tries.LastOrDefault(row => row.Model == route.Id);
            // What our account there lacks, the operator must look after; meanwhile the others serve.
            if (before?.Fault == ProviderFault.InsufficientQuota) continue;
            if (before?.RetryAt > now)
            {
                wait = Min(wait, before.RetryAt.Value - now);
                continue;
            }
            if (tries.Count(row => row.Model == route.Id) >= options.TriesPerRoute) continue;
            if (!prepare.Reachable && vendors.Find(route.Provider)!.NeedsLinks(route.UpstreamModelId ?? route.Id, run.Type))
            {
                log.LogError("Generation {Generation}: {Vendor} fetches files itself for {Model}, and cannot reach this server. Set PublicUrl to an https address, or Remote:Reachable", run.Id, route.Provider, route.Id);
                last = new(ProviderFault.InsufficientQuota, "Its files cannot be fetched from here.");
                continue;
            }
            var row = new Submission
            {
                Id = Guid.CreateVersion7(now),
                GenerationId = run.Id,
                Part = part.Number,
                Try = next,
                Provider = route.Provider,
                Model = route.Id,
                OwnKey = run.OwnKey,
                Count = part.Count,
                CreatedAt = now,
            };
            var (prepared, refused) = await part.Job.ToSubmit(row, cancel);
            if (refused is not null) return new PartStanding.Failed(ProviderFault.InvalidInput, refused);
            // Credentials may have changed since it was started.
            if (prepared is null || vendors.Find(route.Provider)!.Missing(prepared.Access, prepared.UpstreamModel) is not null) continue;
            if (!await submissions.Begin(row, run.Fence, prepared.Access.RunsAtOnce, cancel))
            {
                wait = Min(wait, Busy);
                continue;
            }
            next++;
            var stand = await Submit(part, row, prepared, cancel);
            if (stand is not PartStanding.Failed failed || Final(failed.Fault)) return stand;
            last = failed;
            if (failed.Fault != ProviderFault.InsufficientQuota) wait = Min(wait, Soon);
        }
        return wait == TimeSpan.MaxValue || now - run.StartedAt > TimeSpan.FromSeconds(options.PatienceSeconds)
            ? last ?? new PartStanding.Failed(ProviderFault.Unavailable, "No provider could take it.") : new PartStanding.Open(wait);
    }

    /// <summary>As the operator ordered them; what is known to be down comes last.</summary>
    private IEnumerable<CatalogEntry> Order(IReadOnlyList<CatalogEntry> routes) => routes.OrderBy(route => http.Down(route.Provider) ? 1 : 0);

    private async Task<PartStanding> Submit(RemotePart part, Submission row, VendorJob job, CancellationToken cancel)
    {
        var vendor = vendors.Find(row.Provider)!;
        var reply = await runs.Submit(vendor, job.Access, job, cancel);
        switch (reply)
        {
            case VendorReply.Taken taken:
                await submissions.Taken(row.Id, taken.UpstreamId, cancel);
                return new PartStanding.Open(taken.PollAfter);
            case VendorReply.Made made:
                return await Keep(part, row, vendor, job, made, again: false, cancel);
            case VendorReply.Failed failed:
                return await Fail(row, failed, cancel);
            case VendorReply.Unknown unknown:
                log.LogWarning("Generation {Generation}: whether {Vendor} has taken it is not known. {What}", row.GenerationId, row.Provider, unknown.What);
                await submissions.Unknown(row.Id, unknown.What, cancel);
                return new PartStanding.Open(Look);
            default:
                throw new InvalidOperationException($"{row.Provider} answered a submission with {reply.GetType().Name}.");
        }
    }

    private async Task<PartStanding> Ask(RemotePart part, Submission row, CancellationToken cancel)
    {
        if (vendors.Find(row.Provider) is not { } vendor || await part.Job.ToAsk(row, cancel) is not { } job) return new PartStanding.Open(Look);
        var reply = await runs.Ask(vendor, job.Access, job, row.UpstreamId!, cancel);
        switch (reply)
        {
            case VendorReply.Working working:
                return new PartStanding.Open(working.PollAfter, working.Progress);
            case VendorReply.Made made:
                return await Keep(part, row, vendor, job, made, again: true, cancel);
            case VendorReply.Failed failed:
                return await Fail(row, failed, cancel);
            default:
                return new PartStanding.Open(Look);
        }
    }

    /// <summary>Called, and never heard of again: by a crash, a broken line, an answer that makes no sense.</summary>
    private async Task<PartStanding> Lost(RemotePart part, Submission row, CancellationToken cancel)
    {
        if (row.State == SubmissionState.Sending) await submissions.Unknown(row.Id, "The server stopped while it was being submitted.", cancel);
        if (vendors.Find(row.Provider) is { } vendor && await part.Job.ToSubmit(row, cancel) is { Job: { } job })
        {
            if (vendor.Submit(job).Recognised) return await Submit(part, row, job, cancel);
            var age = time.GetUtcNow() - row.CreatedAt;
            switch (await runs.Find(vendor, job.Access, job, cancel))
            {
                case { Length: > 0 } upstream:
                    await submissions.Taken(row.Id, upstream, cancel);
                    return new PartStanding.Open(Soon);
                // It may take a moment until a vendor finds what it has just taken.
                case "" when age > Look:
                    await submissions.Failed(row.Id, ProviderFault.Unavailable, "The vendor does not have it.", null, cancel);
                    return new PartStanding.Open(TimeSpan.Zero);
            }
        }
        if (time.GetUtcNow() - row.CreatedAt < TimeSpan.FromSeconds(options.UnknownSeconds)) return new PartStanding.Open(Look);
        log.LogError("Generation {Generation}: {Vendor} never said whether it has taken submission {Submission}; given up. It may appear on the vendor's bill", row.GenerationId, row.Provider, row.Id);
        await submissions.Failed(row.Id, ProviderFault.TimedOut, "The vendor never said whether it has taken it.", null, cancel);
        return new PartStanding.Failed(ProviderFault.TimedOut, "The provider never said whether it has taken it.");
    }

    private async Task<PartStanding> Fail(Submission row, VendorReply.Failed failed, CancellationToken cancel)
    {
        if (failed.Fault == ProviderFault.InsufficientQuota && !row.OwnKey)
            log.LogError("{Vendor} refuses our account: {Message}. Look at its key and its balance there", row.Provider, failed.Message);
        var pause = failed.Fault is ProviderFault.RateLimited or ProviderFault.Unavailable or ProviderFault.Internal ? failed.RetryAfter ?? Soon : (TimeSpan?)null;
        await submissions.Failed(row.Id, failed.Fault, failed.Message, pause is { } known ? time.GetUtcNow() + known : null, cancel);
        return new PartStanding.Failed(failed.Fault, failed.Message);
    }

    /// <summary>Fetches what was made and stores it.</summary>
    /// <param name="again">The vendor can be asked once more for addresses that are good.</param>
    private async Task<PartStanding> Keep(RemotePart part, Submission row, Vendor vendor, VendorJob job, VendorReply.Made made, bool again, CancellationToken cancel)
    {
        var (outputs, trouble) = await store.Run(part.Run, vendor, job.Access, made.Outputs.Take(row.Count), part.First, cancel);
        if (outputs is null)
        {
            log.LogWarning("Generation {Generation}: an output of {Vendor} could not be fetched. {Trouble}", row.GenerationId, row.Provider, trouble);
            if (again && row.Fetches + 1 < FetchesMax)
            {
                await submissions.NotFetched(row.Id, trouble!, cancel);
                return new PartStanding.Open(Refetch);
            }
            return await Fail(row, new(ProviderFault.TimedOut, trouble!), cancel);
        }
        await submissions.Made(row.Id, outputs, made.Outputs.FirstOrDefault()?.UpstreamId, cancel);
        return new PartStanding.Made(outputs);
    }

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
