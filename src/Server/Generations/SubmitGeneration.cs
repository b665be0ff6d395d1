using System.Text.Json;
using Npgsql;
using Rpd.Server.Catalog;
using Rpd.Server.Generations.Inputs;
using Rpd.Server.Generations.Remote;
using Rpd.Server.Jobs;
using Rpd.Server.Live;
using Rpd.Server.Media;
using Rpd.Server.Providers;
using Rpd.Server.Providers.Sandbox;
using Rpd.Server.Providers.Vendors;
using Rpd.Server.Storage;
using Rpd.Shared.Generations;

namespace Rpd.Server.Generations;

/// <summary>
/// The job <c>generation.submit</c>: hands the request to its provider and ends the generation with what came back. A vendor that goes on working is asked
/// again later, by the same job; <c>generation.collect</c> asks once more, because the vendor called. What comes after our deadline is delivered free.
/// </summary>
public sealed class SubmitGeneration(
    NpgsqlDataSource database, ModelCatalog catalog, FetchInputs fetch, CollectOutputs collect, EndGeneration end, DeleteLeftovers leftovers, RunningGenerations running,
    AnnounceEnding announce, DeliverLate deliver, VendorList vendors, RunAtVendor remote, LiveFeed live, TimeProvider time, ILogger<SubmitGeneration> log) : IJob
{
    public const string Kind = "generation.submit", CollectKind = "generation.collect";

    public sealed record Args(Guid Id);

    public async Task<JobResult> Run(JobRun job, CancellationToken cancel)
    {
        var id = job.Read<Args>().Id;
        // Null: cancelled or expired while it waited. Whoever ended it has settled the credits.
        if (await Begin(job, id, cancel) is not { } begun) return await Late(job, id, cancel);
        if (!begun.Test) live.Tell(begun.Account, new Nudge(id, GenerationStatus.Processing, begun.Progress, begun.Version));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        using var registered = running.Register(id, stop);
        using var folder = new WorkFolder();
        try
        {
            var (ending, again) = await Execute(job, begun, folder.Path, stop);
            // Whoever called looks once; the job that submitted goes on asking.
            if (ending is null) return job.Kind == CollectKind ? JobResult.Done : JobResult.Snooze(again);
            var ended = await end.Run(id, ending, fence: (job.Id, job.Fence), cancel: cancel);
            if (ended is null) await leftovers.Delete(begun.Account, id, cancel);
            announce.After(ended);
            return JobResult.Done;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested && !cancel.IsCancellationRequested)
        {
            // Ended by somebody else while it ran: its credits are settled and nobody wants the rest.
            await leftovers.Delete(begun.Account, id, cancel);
            // The vendor may still deliver, should it have been our deadline; otherwise it is told to stop.
            return job.Kind == CollectKind || (begun.UpstreamId is null && !Remote(begun)) ? JobResult.Done : JobResult.Snooze(LatePoll);
        }
    }

    private async Task<Begun?> Begin(JobRun job, Guid id, CancellationToken cancel)
    {
        await using var command = database.CreateCommand("""
            update generations set status = 'processing', started_at = coalesce(started_at, $2), version = version + 1
            where id = $1 and status in ('queued', 'processing') and exists (select 1 from jobs where id = $3 and fence = $4 and state = 'running') and ($5 or upstream_id is not null)
            returning account_id, type, provider, model, prompt, negative_prompt, params, count, progress, version, test, upstream_id,
              input_image_url, input_video_url, input_audio_url, parent_id, started_at, own_key
            """);
        command.Parameters.AddWithValue(id);
        command.Parameters.AddWithValue(time.GetUtcNow());
        command.Parameters.AddWithValue(job.Id);
        command.Parameters.AddWithValue(job.Fence);
        command.Parameters.AddWithValue(job.Kind == Kind);
        return await Read(command, job, id, cancel);
    }

    private static async Task<Begun?> Read(NpgsqlCommand command, JobRun job, Guid id, CancellationToken cancel)
    {
        await using var reader = await command.ExecuteReaderAsync(cancel);
        if (!await reader.ReadAsync(cancel)) return null;
        var parameters = reader.GetFieldValue<JsonElement>(6).EnumerateObject().ToDictionary(param => param.Name, param => param.Value);
        return new(id, reader.GetGuid(0), reader.GetString(1), reader.GetString(2), reader.GetString(3), reader.IsDBNull(4) ? "" : reader.GetString(4),
            reader.IsDBNull(5) ? null : reader.GetString(5), parameters, reader.GetInt32(7), reader.GetInt32(8), reader.GetInt32(9),
            // Whoever called looks once more at work that goes on: its trouble ends nothing.
            job.LastAttempt && job.Kind == Kind, reader.GetBoolean(10), Text(11), new(reader.GetGuid(0), reader.GetString(1), reader.GetString(3), Text(12), Text(13), Text(14), reader.IsDBNull(15) ? null : reader.GetGuid(15), parameters), reader.GetFieldValue<DateTimeOffset>(16), reader.GetBoolean(17));

        string? Text(int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
    }

    // From here on a restart asks instead of submitting twice.
    private async Task Remember(JobRun job, Guid id, string upstreamId, CancellationToken cancel)
    {
        await using var command = database.CreateCommand("""
            update generations set upstream_id = $2 where id = $1 and exists (select 1 from jobs where id = $3 and fence = $4 and state = 'running')
            """);
        command.Parameters.AddWithValue(id);
        command.Parameters.AddWithValue(upstreamId);
        command.Parameters.AddWithValue(job.Id);
        command.Parameters.AddWithValue(job.Fence);
        await command.ExecuteNonQueryAsync(cancel);
    }

    private async Task<JobResult> Late(JobRun job, Guid id, CancellationToken cancel)
    {
        if (job.Kind == CollectKind || await Expired(job, id, cancel) is not { } begun) return JobResult.Done;
        using var folder = new WorkFolder();
        if (!await deliver.Awaited(id, cancel))
        {
            if (Remote(begun)) await remote.Abandon(Run(job, begun, folder.Path), cancel);
            await leftovers.Delete(begun.Account, id, cancel);
            return JobResult.Done;
        }
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var (ending, again) = await Execute(job, begun, folder.Path, stop, late: true);
        if (ending is null) return JobResult.Snooze(again > LatePoll ? again : LatePoll);
        if (ending.Outputs is not { Count: > 0 } outputs || !await deliver.Run(id, outputs, cancel)) await leftovers.Delete(begun.Account, id, cancel);
        return JobResult.Done;
    }

    private async Task<Begun?> Expired(JobRun job, Guid id, CancellationToken cancel)
    {
        await using var command = database.CreateCommand("""
            select account_id, type, provider, model, prompt, negative_prompt, params, count, progress, version, test, upstream_id,
              input_image_url, input_video_url, input_audio_url, parent_id, coalesce(started_at, created_at), own_key from generations where id = $1
            """);
        command.Parameters.AddWithValue(id);
        return await Read(command, job, id, cancel);
    }

    private bool Remote(Begun begun) => !begun.Test && catalog.Provider(begun.Provider) is null && vendors.Find(begun.Provider) is not null;

    private RemoteRun Run(JobRun job, Begun begun, string folder) => new(begun.Id, begun.Account, begun.OwnKey, begun.Type, begun.Model, begun.Prompt, begun.NegativePrompt,
        begun.Params, begun.Count, begun.Inputs, (job.Id, job.Fence), begun.StartedAt, folder);

    /// <returns>How it ends, or when to look again.</returns>
    private async Task<(Ending? Ending, TimeSpan Again)> Execute(JobRun job, Begun begun, string folder, CancellationTokenSource stop, bool late = false)
    {
        try
        {
            // Nobody watches what comes late, and its row does not say processing any more.
            await using var reported = late ? null : new ReportProgress(database, begun.Test ? null : live, begun.Id, begun.Account, stop, log);
            IProgress<int> progress = reported is null ? new Progress<int>() : reported;
            return Remote(begun) ? await remote.Run(Run(job, begun, folder), mayPay: !late && job.Kind == Kind, progress, stop.Token) : await Here(job, begun, folder, progress, stop.Token);
        }
        catch (IOException full) when (DiskFull.Is(full))
        {
            log.LogError(full, "The disk is full: generation {Generation} fails and is refunded", begun.Id);
            return (Ending.Failed("internal", "The server's storage is full."), default);
        }
        catch (Exception fault) when (begun.LastAttempt && !stop.IsCancellationRequested)
        {
            log.LogError(fault, "Generation {Generation} failed on its last attempt", begun.Id);
            return (Ending.Failed("internal", "Something went wrong on our side."), default);
        }
    }

    private async Task<(Ending? Ending, TimeSpan Again)> Here(JobRun job, Begun begun, string folder, IProgress<int> progress, CancellationToken stop)
    {
        var provider = catalog.Provider(begun.Test ? SandboxProvider.ProviderName : begun.Provider);
        if (provider is null || provider.Unavailable(begun.Model) is { }) return (Ending.Failed("unavailable", "The provider is not available any more."), default);
        // What a vendor is working on already has its inputs, and a test key's addresses may be made up.
        var inputs = begun.UpstreamId is null && !begun.Test ? await fetch.Run(begun.Inputs, folder, stop) : new FetchedInputs(ProviderInputs.None);
        if (inputs.Refused is { } reason) return (Ending.Failed("invalid_input", reason), default);
        var request = new ProviderRequest(begun.Id, begun.Type, begun.Model, begun.Prompt, begun.NegativePrompt,
            begun.Params, begun.Count, folder)
        { Inputs = inputs.Files };
        var result = begun.UpstreamId is not null && provider is ICollectingProvider collecting
            ? await collecting.Collect(begun.UpstreamId, request, progress, stop) : await provider.Submit(request, progress, stop);
        if (result is ProviderResult.Pending pending && begun.UpstreamId is null) await Remember(job, begun.Id, pending.UpstreamId, stop);
        return result switch
        {
            ProviderResult.Pending more => (null, more.PollAfter),
            ProviderResult.Finished { Outputs: { Count: > 0 } outputs } => (Ending.Completed(await collect.Run(begun.Id, outputs, stop)), default),
            ProviderResult.Failed failed => (Ending.Failed(JsonNamingPolicy.SnakeCaseLower.ConvertName(failed.Fault.ToString()), failed.Message), default),
            _ => (Ending.Failed("internal", "The provider finished without an output."), default),
        };
    }

    private sealed record Begun(Guid Id, Guid Account, string Type, string Provider, string Model, string Prompt, string? NegativePrompt, IReadOnlyDictionary<string, JsonElement> Params,
        int Count, int Progress, int Version, bool LastAttempt, bool Test, string? UpstreamId, InputWish Inputs, DateTimeOffset StartedAt, bool OwnKey);

    private static readonly TimeSpan LatePoll = TimeSpan.FromSeconds(2);
}
