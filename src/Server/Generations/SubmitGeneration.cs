using System.Text.Json;
using Npgsql;
using Rpd.Server.Catalog;
using Rpd.Server.Generations.Inputs;
using Rpd.Server.Jobs;
using Rpd.Server.Live;
using Rpd.Server.Providers;
using Rpd.Server.Storage;
using Rpd.Shared.Generations;

namespace Rpd.Server.Generations;

/// <summary>The job <c>generation.submit</c>: hands the request to its provider and ends the generation with what came back.</summary>
public sealed class SubmitGeneration(
    NpgsqlDataSource database, ModelCatalog catalog, FetchInputs fetch, CollectOutputs collect, EndGeneration end, DeleteLeftovers leftovers, RunningGenerations running, AnnounceEnding announce,
    LiveFeed live, TimeProvider time, ILogger<SubmitGeneration> log) : IJob
{
    public sealed record Args(Guid Id);

    public async Task<JobResult> Run(JobRun job, CancellationToken cancel)
    {
        var id = job.Read<Args>().Id;
        // Null: cancelled or expired while it waited. Whoever ended it has settled the credits.
        if (await Begin(job, id, cancel) is not { } begun) return JobResult.Done;
        live.Tell(begun.Account, new Nudge(id, GenerationStatus.Processing, begun.Progress, begun.Version));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        using var registered = running.Register(id, stop);
        var folder = Directory.CreateTempSubdirectory("rpd-");
        try
        {
            var ending = await Execute(begun, folder.FullName, stop);
            var ended = await end.Run(id, ending, fence: (job.Id, job.Fence), cancel: cancel);
            if (ended is null) await leftovers.Delete(begun.Account, id, cancel);
            announce.After(ended);
            return JobResult.Done;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested && !cancel.IsCancellationRequested)
        {
            // Ended by somebody else while it ran: its credits are settled and nobody wants the rest.
            await leftovers.Delete(begun.Account, id, cancel);
            return JobResult.Done;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private async Task<Begun?> Begin(JobRun job, Guid id, CancellationToken cancel)
    {
        await using var command = database.CreateCommand("""
            update generations set status = 'processing', started_at = coalesce(started_at, $2), version = version + 1
            where id = $1 and status in ('queued', 'processing') and exists (select 1 from jobs where id = $3 and fence = $4 and state = 'running')
            returning account_id, type, provider, model, prompt, negative_prompt, params, count, progress, version, input_image_url, input_video_url, input_audio_url, parent_id
            """);
        command.Parameters.AddWithValue(id);
        command.Parameters.AddWithValue(time.GetUtcNow());
        command.Parameters.AddWithValue(job.Id);
        command.Parameters.AddWithValue(job.Fence);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        if (!await reader.ReadAsync(cancel)) return null;
        return new(id, reader.GetGuid(0), reader.GetString(1), reader.GetString(2), reader.GetString(3), reader.IsDBNull(4) ? "" : reader.GetString(4),
            reader.IsDBNull(5) ? null : reader.GetString(5), reader.GetFieldValue<JsonElement>(6), reader.GetInt32(7), reader.GetInt32(8), reader.GetInt32(9),
            job.LastAttempt, new(reader.GetGuid(0), reader.GetString(1), reader.GetString(3), Text(10), Text(11), Text(12), reader.IsDBNull(13) ? null : reader.GetGuid(13)));

        string? Text(int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
    }

    private async Task<Ending> Execute(Begun begun, string folder, CancellationTokenSource stop)
    {
        var provider = catalog.Provider(begun.Provider);
        if (provider is null || provider.Unavailable(begun.Model) is { }) return Ending.Failed("unavailable", "The provider is not available any more.");
        try
        {
            var inputs = await fetch.Run(begun.Inputs, folder, stop.Token);
            if (inputs.Refused is { } reason) return Ending.Failed("invalid_input", reason);
            await using var progress = new ReportProgress(database, live, begun.Id, begun.Account, stop, log);
            var request = new ProviderRequest(begun.Id, begun.Type, begun.Model, begun.Prompt, begun.NegativePrompt,
                begun.Params.EnumerateObject().ToDictionary(param => param.Name, param => param.Value), begun.Count, folder)
            { Inputs = inputs.Files };
            return await provider.Submit(request, progress, stop.Token) switch
            {
                ProviderResult.Finished { Outputs: { Count: > 0 } outputs } => Ending.Completed(await collect.Run(begun.Id, outputs, stop.Token)),
                ProviderResult.Failed failed => Ending.Failed(JsonNamingPolicy.SnakeCaseLower.ConvertName(failed.Fault.ToString()), failed.Message),
                _ => Ending.Failed("internal", "The provider finished without an output."),
            };
        }
        catch (IOException full) when (DiskFull.Is(full))
        {
            log.LogError(full, "The disk is full: generation {Generation} fails and is refunded", begun.Id);
            return Ending.Failed("internal", "The server's storage is full.");
        }
        catch (Exception fault) when (begun.LastAttempt && !stop.IsCancellationRequested)
        {
            log.LogError(fault, "Generation {Generation} failed on its last attempt", begun.Id);
            return Ending.Failed("internal", "Something went wrong on our side.");
        }
    }

    private sealed record Begun(Guid Id, Guid Account, string Type, string Provider, string Model, string Prompt, string? NegativePrompt, JsonElement Params,
        int Count, int Progress, int Version, bool LastAttempt, InputWish Inputs);
}
