using System.Text.Json;
using Rpd.Server.Catalog;
using Rpd.Server.Generations.Inputs;
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
/// Has a generation made by vendors: as many calls as it takes for all outputs (<see cref="MakePart"/>). One look at all parts per run of the job; between
/// two looks the job sleeps. What runs with an account's own key stays with that key: the operator would pay for any other way, and nobody him.
/// </summary>
public sealed class RunAtVendor(ModelCatalog catalog, IOwnKeys keys, VendorList vendors, VendorRuns runs, Submissions submissions, PrepareJob prepare, MakePart make)
{
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
        using var job = prepare.For(run, own);
        var parts = Enumerable.Range(0, (run.Count + size - 1) / size)
            .Select(part => new RemotePart(run, routes, job, [.. tries[part]], part, Math.Min(size, run.Count - (part * size)), part * size, mayPay)).ToArray();
        var stands = await Task.WhenAll(parts.Select(part => make.Run(part, cancel)));
        progress.Report((int)stands.Average(stand => stand is PartStanding.Open open ? open.Progress ?? 0 : 100));
        if (stands.OfType<PartStanding.Open>().MinBy(open => open.LookAfter) is { } next) return (null, next.LookAfter);
        var made = stands.OfType<PartStanding.Made>().SelectMany(one => one.Outputs).ToArray();
        if (made.Length > 0) return (Ending.Completed(made), default);
        var failed = stands.OfType<PartStanding.Failed>().First();
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

    /// <summary>As many outputs as one call makes at every vendor that may be asked: a part that has moved on to another stays whole.</summary>
    private int PartSize(IReadOnlyList<CatalogEntry> routes, string type) =>
        routes.Min(route => vendors.Find(route.Provider) is { } vendor ? Math.Max(1, vendor.OutputsAtOnce(route.UpstreamModelId ?? route.Id, type)) : int.MaxValue);
}
