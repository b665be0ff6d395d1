using System.Globalization;
using Npgsql;
using Rpd.Server.Live;
using Rpd.Server.Media;
using Rpd.Server.Providers;
using Rpd.Server.Recognition;
using Rpd.Server.Storage;
using Rpd.Shared;
using Rpd.Shared.Generations;

namespace Rpd.Server.Generations.Covering;

/// <summary>
/// A copy of a finished generation in which every face is pixelated, as one of its own: the original stays what it is and private. Free, since nobody made anything
/// for it: it has no start, no reservation, and counts in no statistics.
/// </summary>
public sealed class CoverFaces(NpgsqlDataSource database, OutputPictures pictures, CollectOutputs collect, IStorage storage, LiveFeed live, TimeProvider time)
{
    /// <returns>The copy's id; it is private.</returns>
    public async Task<Outcome<Guid>> Run(Guid account, Guid original, CancellationToken cancel)
    {
        var files = await pictures.Of(account, original, cancel);
        if (files.Count == 0) return Refusal.NotFound("The generation");
        var copy = Guid.CreateVersion7(time.GetUtcNow());
        using var folder = new WorkFolder();
        var kept = false;
        try
        {
            var made = await Paint(files, folder.Path, cancel);
            if (made.Declined) return made.Refusal;
            var outputs = await collect.Run(copy, made.Value, cancel);
            kept = await Write(account, original, copy, outputs, cancel);
            if (!kept) return Refusal.NotFound("The generation");
            live.Tell(account, new(copy, GenerationStatus.Completed, 100, 1));
            return copy;
        }
        finally
        {
            if (!kept) await storage.DeleteAll(CollectOutputs.Folder(copy), CancellationToken.None);
        }
    }

    private async Task<Outcome<ProviderOutput[]>> Paint(IReadOnlyList<OutputPictures.File> files, string folder, CancellationToken cancel)
    {
        var made = new List<ProviderOutput>();
        foreach (var (index, file) in files.Index())
        {
            var path = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{index}{(file.Picture ? ".jpg" : Path.GetExtension(file.Key))}"));
            made.Add(new(path));
            if (!file.Picture)
            {
                if (await LocalCopy.Make(storage, file.Key, path, cancel) is null) return Refusal.NotFound("The file");
                continue;
            }
            var painted = await pictures.Look(file, FacePaint.Pixel, cancel);
            if (painted.Declined) return painted.Refusal;
            await File.WriteAllBytesAsync(path, painted.Value.Painted!, cancel);
        }
        return made.ToArray();
    }

    private async Task<bool> Write(Guid account, Guid original, Guid copy, IReadOnlyList<Output> outputs, CancellationToken cancel)
    {
        await using var connection = await database.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await using var insert = new NpgsqlCommand("""
            insert into generations (id, account_id, face, type, provider, model, prompt, negative_prompt, input_image_url, input_video_url, input_audio_url, params, ignored_params,
              count, title, parent_id, status, held, test, own_key, progress, visibility, mature, credits_cost, credits_refunded, version, created_at, completed_at, deadline_seconds, deadline_at)
            select $1, account_id, face, type, provider, model, prompt, negative_prompt, input_image_url, input_video_url, input_audio_url, params, ignored_params,
              count, title, parent_id, 'completed', false, false, own_key, 100, 'private', mature, 0, 0, 1, $4, $4, deadline_seconds, $4
            from generations where id = $2 and account_id = $3 and status = 'completed' and not test
            """, connection)
        { Parameters = { new() { Value = copy }, new() { Value = original }, new() { Value = account }, new() { Value = time.GetUtcNow() } } };
        if (await insert.ExecuteNonQueryAsync(cancel) == 0) return false;
        await using var batch = new NpgsqlBatch(connection);
        StoreOutputs.Add(batch, copy, outputs);
        await batch.ExecuteNonQueryAsync(cancel);
        await transaction.CommitAsync(cancel);
        return true;
    }
}
