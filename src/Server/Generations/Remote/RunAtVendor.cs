using System.Text.Json;
using Rpd.Server.Catalog;
using Rpd.Server.Generations.Inputs;
using Rpd.Server.Media;
using Rpd.Server.Providers;
using Rpd.Server.Providers.Vendors;

namespace Rpd.Server.Generations.Remote;

/// <summary>A generation that a vendor is to make.</summary>
/// <param name="Fence">The job that holds it; only while it does, anything is submitted.</param>
/// <param name="OwnKey">With the account's own key, and with no other.</param>
/// <param name="StartedAt">When the first try began.</param>
/// <param name="Folder">To work in; the caller deletes it.</param>
public sealed record RemoteRun(
    Guid Id, Guid Account, bool OwnKey, string Type, string Model, string Prompt, string? NegativePrompt, IReadOnlyDictionary<string, JsonElement> Params, int Count, InputWish Inputs,
    (long Job, long Fence) Fence, DateTimeOffset StartedAt, string Folder);

/// <summary>
/// Has a generation made by vendors: as many calls as it takes for all outputs, each first tried at the model's own provider and then at the others that
/// serve it, as long as nobody has taken it. What may have been taken is never submitted again: it is looked for, waited for, and in the end given up.
/// One look at all parts per run of the job; between two looks the job sleeps. What runs with an account's own key stays with that key: the operator would
/// pay for any other way, and nobody him.
/// </summary>
public sealed class RunAtVendor(
    ModelCatalog catalog, IOwnKeys keys, VendorList vendors, VendorRuns runs, VendorHttp http, Submissions submissions, PrepareJob prepare, StoreMade store, RemoteOptions options, TimeProvider time,
    ILogger<RunAtVendor> log)
{
    private const int FetchesMax = 5;
    private static readonly TimeSpan Busy = TimeSpan.FromSeconds(2), Refetch = TimeSpan.FromSeconds(2), Look = TimeSpan.FromSeconds(10), Soon = TimeSpan.FromSeconds(5);

    /// <summary>How one part stands.</summary>
    private abstract record Standing
    {
        public sealed record Open(TimeSpan LookAfter, int? Progress = null) : Standing;

        public sealed record Made(IReadOnlyList<Output> Outputs) : Standing;

        public sealed record Failed(ProviderFault Fault, string Detail) : Standing;
    }

    /// <param name="mayPay">False only looks after what has been taken: late, or because the vendor called.</param>
    /// <returns>How it ends, or when to look again.</returns>
    public async Task<(Ending? Ending, TimeSpan LookAfter)> Run(RemoteRun run, bool mayPay, IProgress<int> progress, CancellationToken cancel)
    {
        var entry = catalog.Known(run.Model);
        if (entry is null) return (Ending.Failed("unavailable", "The model is not offered any more."), default);
        var own = run.OwnKey ? await keys.Use(run.Account, entry.Provider, cancel) : null;
        if (run.OwnKey && own is null) return (await WithoutKey(run, entry.Provider, cancel), default);
        IReadOnlyList<CatalogEntry> routes = run.OwnKey ? [entry] : catalog.Ways(entry, run.Type);
        var rows = await submissions.Of(run.Id, cancel);
        var tries = rows.ToLookup(row => row.Part);
        // As it was cut at first: the operator may have other routes by now.
        var size = rows.FirstOrDefault(row => row.Part == 0)?.Count ?? PartSize(routes, run.Type);
        var parts = Enumerable.Range(0, (run.Count + size - 1) / size).Select(part => (Part: part, Count: Math.Min(size, run.Count - (part * size)))).ToArray();
        using var job = prepare.For(run, own);
        var stands = await Task.WhenAll(parts.Select(part => mayPay || tries[part.Part].Any()
            ? Stand(run, routes, job, [.. tries[part.Part]], part.Part, part.Count, part.Part * size, mayPay, cancel)
            : Task.FromResult<Standing>(new Standing.Failed(ProviderFault.TimedOut, "It was not submitted in time."))));
        progress.Report((int)stands.Average(stand => stand is Standing.Open open ? open.Progress ?? 0 : 100));
        if (stands.OfType<Standing.Open>().MinBy(open => open.LookAfter) is { } next) return (null, next.LookAfter);
        var made = stands.OfType<Standing.Made>().SelectMany(one => one.Outputs).ToArray();
        if (made.Length > 0) return (Ending.Completed(made), default);
        var failed = stands.OfType<Standing.Failed>().First();
        return (VendorEndings.Of(failed.Fault, failed.Detail, run.OwnKey), default);
    }

    /// <summary>Nobody wants the rest: vendors that can stop are told so.</summary>
    public async Task Abandon(RemoteRun run, CancellationToken cancel)
    {
        var own = run.OwnKey && catalog.Known(run.Model) is { } entry ? await keys.Use(run.Account, entry.Provider, cancel) : null;
        using var job = prepare.For(run, own);
        foreach (var row in await Unsettled(run, cancel))
        {
            if (run.OwnKey == own is not null && row.UpstreamId is { } upstream && vendors.Find(row.Provider) is { } vendor && await job.ToAsk(row, cancel) is { } asked)
                await runs.Cancel(vendor, asked.Access, asked, upstream, cancel);
            await submissions.Failed(row.Id, ProviderFault.TimedOut, "Nobody waits for it any more.", null, cancel);
        }
    }

    /// <summary>Nobody may be asked any more, neither to make it nor what has become of it.</summary>
    private async Task<Ending> WithoutKey(RemoteRun run, string provider, CancellationToken cancel)
    {
        foreach (var row in await Unsettled(run, cancel)) await submissions.Failed(row.Id, ProviderFault.InsufficientQuota, "The account has removed its key.", null, cancel);
        return Ending.Failed("insufficient_quota", $"It was to run with your own key for {provider}, which has been removed. The credits are back.");
    }

    private async Task<IEnumerable<Submission>> Unsettled(RemoteRun run, CancellationToken cancel) =>
        (await submissions.Of(run.Id, cancel)).Where(row => row.State is SubmissionState.Taken or SubmissionState.Unknown or SubmissionState.Sending);

    private async Task<Standing> Stand(
        RemoteRun run, IReadOnlyList<CatalogEntry> routes, PreparedJob job, IReadOnlyList<Submission> tries, int part, int count, int ordinal, bool mayPay, CancellationToken cancel)
    {
        var last = tries.Count > 0 ? tries[^1] : null;
        switch (last?.State)
        {
            case SubmissionState.Made:
                return new Standing.Made(last.Outputs ?? []);
            case SubmissionState.Taken:
                var stand = await Ask(run, job, last, ordinal, cancel);
                // The vendor's own trouble: it, or another, may have more luck with the next try.
                return mayPay && stand is Standing.Failed failed && !Final(failed.Fault) ? new Standing.Open(Soon) : stand;
            case SubmissionState.Sending or SubmissionState.Unknown:
                // Whoever only looks cannot tell one that is being sent this moment from one that was lost.
                return mayPay ? await Lost(run, job, last, ordinal, cancel) : new Standing.Open(Look);
            case SubmissionState.Failed when !mayPay || Final(last.Fault!.Value):
                return new Standing.Failed(last.Fault!.Value, last.Detail ?? "");
            default:
                return await SubmitAnywhere(run, routes, job, tries, part, count, ordinal, cancel);
        }
    }

    /// <summary>What the customer asked for is wrong, or it was taken and went wrong: another vendor is no answer to it.</summary>
    private static bool Final(ProviderFault fault) => fault is ProviderFault.InvalidInput or ProviderFault.ContentPolicy or ProviderFault.TimedOut;

    private async Task<Standing> SubmitAnywhere(
        RemoteRun run, IReadOnlyList<CatalogEntry> routes, PreparedJob job, IReadOnlyList<Submission> tries, int part, int count, int ordinal, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var (next, wait, last) = (tries.Count, TimeSpan.MaxValue, tries.Count > 0 && tries[^1].Fault is { } known ? new Standing.Failed(known, tries[^1].Detail ?? "") : null);
        foreach (var route in Order(routes))
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
                Part = part,
                Try = next,
                Provider = route.Provider,
                Model = route.Id,
                OwnKey = run.OwnKey,
                Count = count,
                CreatedAt = now,
            };
            var (prepared, refused) = await job.ToSubmit(row, cancel);
            if (refused is not null) return new Standing.Failed(ProviderFault.InvalidInput, refused);
            // Credentials may have changed since it was started.
            if (prepared is null || vendors.Find(route.Provider)!.Missing(prepared.Access, prepared.UpstreamModel) is not null) continue;
            if (!await submissions.Begin(row, run.Fence, prepared.Access.RunsAtOnce, cancel))
            {
                wait = Min(wait, Busy);
                continue;
            }
            next++;
            var stand = await Submit(run, row, prepared, ordinal, cancel);
            if (stand is not Standing.Failed failed || Final(failed.Fault)) return stand;
            last = failed;
            if (failed.Fault != ProviderFault.InsufficientQuota) wait = Min(wait, Soon);
        }
        return wait == TimeSpan.MaxValue || now - run.StartedAt > TimeSpan.FromSeconds(options.PatienceSeconds)
            ? last ?? new Standing.Failed(ProviderFault.Unavailable, "No provider could take it.") : new Standing.Open(wait);
    }

    /// <summary>As the operator ordered them; what is known to be down comes last.</summary>
    private IEnumerable<CatalogEntry> Order(IReadOnlyList<CatalogEntry> routes) => routes.OrderBy(route => http.Down(route.Provider) ? 1 : 0);

    private async Task<Standing> Submit(RemoteRun run, Submission row, VendorJob job, int ordinal, CancellationToken cancel)
    {
        var vendor = vendors.Find(row.Provider)!;
        var reply = await runs.Submit(vendor, job.Access, job, cancel);
        switch (reply)
        {
            case VendorReply.Taken taken:
                await submissions.Taken(row.Id, taken.UpstreamId, cancel);
                return new Standing.Open(taken.PollAfter);
            case VendorReply.Made made:
                return await Keep(run, row, vendor, job, made, ordinal, again: false, cancel);
            case VendorReply.Failed failed:
                return await Fail(row, failed, cancel);
            case VendorReply.Unknown unknown:
                log.LogWarning("Generation {Generation}: whether {Vendor} has taken it is not known. {What}", run.Id, row.Provider, unknown.What);
                await submissions.Unknown(row.Id, unknown.What, cancel);
                return new Standing.Open(Look);
            default:
                throw new InvalidOperationException($"{row.Provider} answered a submission with {reply.GetType().Name}.");
        }
    }

    private async Task<Standing> Ask(RemoteRun run, PreparedJob prepared, Submission row, int ordinal, CancellationToken cancel)
    {
        if (vendors.Find(row.Provider) is not { } vendor || await prepared.ToAsk(row, cancel) is not { } job) return new Standing.Open(Look);
        var reply = await runs.Ask(vendor, job.Access, job, row.UpstreamId!, cancel);
        switch (reply)
        {
            case VendorReply.Working working:
                return new Standing.Open(working.PollAfter, working.Progress);
            case VendorReply.Made made:
                return await Keep(run, row, vendor, job, made, ordinal, again: true, cancel);
            case VendorReply.Failed failed:
                return await Fail(row, failed, cancel);
            default:
                return new Standing.Open(Look);
        }
    }

    /// <summary>Called, and never heard of again: by a crash, a broken line, an answer that makes no sense.</summary>
    private async Task<Standing> Lost(RemoteRun run, PreparedJob prepared, Submission row, int ordinal, CancellationToken cancel)
    {
        if (row.State == SubmissionState.Sending) await submissions.Unknown(row.Id, "The server stopped while it was being submitted.", cancel);
        if (vendors.Find(row.Provider) is { } vendor && await prepared.ToSubmit(row, cancel) is { Job: { } job })
        {
            if (vendor.Submit(job).Recognised) return await Submit(run, row, job, ordinal, cancel);
            var age = time.GetUtcNow() - row.CreatedAt;
            switch (await runs.Find(vendor, job.Access, job, cancel))
            {
                case { Length: > 0 } upstream:
                    await submissions.Taken(row.Id, upstream, cancel);
                    return new Standing.Open(Soon);
                // It may take a moment until a vendor finds what it has just taken.
                case "" when age > Look:
                    await submissions.Failed(row.Id, ProviderFault.Unavailable, "The vendor does not have it.", null, cancel);
                    return new Standing.Open(TimeSpan.Zero);
            }
        }
        if (time.GetUtcNow() - row.CreatedAt < TimeSpan.FromSeconds(options.UnknownSeconds)) return new Standing.Open(Look);
        log.LogError("Generation {Generation}: {Vendor} never said whether it has taken submission {Submission}; given up. It may appear on the vendor's bill", run.Id, row.Provider, row.Id);
        await submissions.Failed(row.Id, ProviderFault.TimedOut, "The vendor never said whether it has taken it.", null, cancel);
        return new Standing.Failed(ProviderFault.TimedOut, "The provider never said whether it has taken it.");
    }

    private async Task<Standing> Fail(Submission row, VendorReply.Failed failed, CancellationToken cancel)
    {
        if (failed.Fault == ProviderFault.InsufficientQuota && !row.OwnKey)
            log.LogError("{Vendor} refuses our account: {Message}. Look at its key and its balance there", row.Provider, failed.Message);
        var pause = failed.Fault is ProviderFault.RateLimited or ProviderFault.Unavailable or ProviderFault.Internal ? failed.RetryAfter ?? Soon : (TimeSpan?)null;
        await submissions.Failed(row.Id, failed.Fault, failed.Message, pause is { } known ? time.GetUtcNow() + known : null, cancel);
        return new Standing.Failed(failed.Fault, failed.Message);
    }

    /// <summary>Fetches what was made and stores it.</summary>
    /// <param name="again">The vendor can be asked once more for addresses that are good.</param>
    private async Task<Standing> Keep(RemoteRun run, Submission row, Vendor vendor, VendorJob job, VendorReply.Made made, int ordinal, bool again, CancellationToken cancel)
    {
        var (outputs, trouble) = await store.Run(run, vendor, job.Access, made.Outputs.Take(row.Count), ordinal, cancel);
        if (outputs is null)
        {
            log.LogWarning("Generation {Generation}: an output of {Vendor} could not be fetched. {Trouble}", run.Id, row.Provider, trouble);
            if (again && row.Fetches + 1 < FetchesMax)
            {
                await submissions.NotFetched(row.Id, trouble!, cancel);
                return new Standing.Open(Refetch);
            }
            return await Fail(row, new(ProviderFault.TimedOut, trouble!), cancel);
        }
        await submissions.Made(row.Id, outputs, made.Outputs.FirstOrDefault()?.UpstreamId, cancel);
        return new Standing.Made(outputs);
    }

    /// <summary>As many outputs as one call makes at every vendor that may be asked: a part that has moved on to another stays whole.</summary>
    private int PartSize(IReadOnlyList<CatalogEntry> routes, string type) =>
        routes.Min(route => vendors.Find(route.Provider) is { } vendor ? Math.Max(1, vendor.OutputsAtOnce(route.UpstreamModelId ?? route.Id, type)) : int.MaxValue);

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
