using System.Collections.Concurrent;
using Npgsql;
using NpgsqlTypes;
using Rpd.Server.Media;
using Rpd.Server.Storage;
using Rpd.Shared;
using Rpd.Shared.Files;

namespace Rpd.Server.Files;

/// <summary>
/// Takes a copy of what was uploaded to where no upload reaches, looks at it, and writes down what it is. Whoever looks at it later sees the same
/// bytes. Asked twice at once, it looks once and answers both; and only as many files are looked at at a time as there are processors, for a small file
/// can unfold to much work.
/// </summary>
public sealed class ConfirmUpload(NpgsqlDataSource database, IStorage storage, Probe probe, FileQueries queries, EraseFiles erase, TimeProvider time)
{
    private readonly ConcurrentDictionary<(Guid Account, Guid File), Lazy<Task<Outcome<FileView>>>> running = new();
    private readonly SemaphoreSlim hands = new(Environment.ProcessorCount);

    public async Task<Outcome<FileView>> Run(Guid account, Guid id, CancellationToken cancel)
    {
        // It belongs to everybody who waits for it, so none of them can cancel it; every step of it has a limit of its own.
        var shared = running.GetOrAdd((account, id), _ => new(() => Task.Run(() => Alone(account, id, CancellationToken.None))));
        return await shared.Value.WaitAsync(cancel);
    }

    private async Task<Outcome<FileView>> Alone(Guid account, Guid id, CancellationToken cancel)
    {
        await hands.WaitAsync(cancel);
        try
        {
            return await Confirm(account, id, cancel);
        }
        finally
        {
            hands.Release();
            // Whether or not anybody still waits: who asks from now on wants to know how it is now.
            running.TryRemove((account, id), out _);
        }
    }

    private async Task<Outcome<FileView>> Confirm(Guid account, Guid id, CancellationToken cancel)
    {
        if (await Find(account, id, cancel) is not { } upload) return Refusal.NotFound("The file");
        if (!upload.Confirmed)
        {
            var kept = FileKeys.Kept(account, id, upload.Type);
            if (!await storage.Copy(FileKeys.Incoming(account, id), kept, cancel))
            {
                // Unless somebody has just confirmed it.
                if (await queries.Find(account, id, cancel) is { Status: FileStatus.Confirmed } confirmed) return confirmed;
                return Refusal.Conflict("Nothing has been uploaded yet. PUT the file to its uploadUrl first.");
            }
            var written = false;
            try
            {
                var facts = await Look(upload, kept, cancel);
                if (facts.Declined) return facts.Refusal;
                written = await Write(account, id, kept, facts.Value, cancel);
            }
            finally
            {
                if (!written) await storage.DeleteAll(kept, CancellationToken.None);
            }
            if (written) erase.Announce();
        }
        return await queries.Find(account, id, cancel) is { Status: FileStatus.Confirmed } view ? view : Refusal.NotFound("The file");
    }

    private async Task<Outcome<Looked>> Look(Upload upload, string key, CancellationToken cancel)
    {
        using var folder = new WorkFolder();
        try
        {
            var copy = await LocalCopy.Make(storage, key, folder.File("upload" + MediaTypes.Extension(upload.Type)), cancel)
                ?? throw new FileNotFoundException($"The copy {key} is gone.");
            if (copy.Bytes > upload.Bytes) return new Refusal("PAYLOAD_TOO_LARGE", 413, $"{upload.Bytes} bytes were allowed; {copy.Bytes} were uploaded.");
            if (upload.SizeSigned && copy.Bytes != upload.Bytes) return Refusal.Invalid("fileId", $"{upload.Bytes} bytes were announced; {copy.Bytes} were uploaded.");
            var facts = await probe.Read(copy.Path, cancel);
            return facts.ContentType == upload.Type ? new Looked(facts, copy.Sha256)
                : Refusal.Invalid("fileId", $"The file is {facts.ContentType} and not {upload.Type}, as was announced.");
        }
        catch (MediaRefused refused)
        {
            return Refusal.Invalid("fileId", refused.Message);
        }
        catch (ToolMissing missing)
        {
            return new Refusal("PROVIDER_UNAVAILABLE", 503, $"Files of this kind cannot be checked here. {missing.Message}");
        }
        catch (TimeoutException)
        {
            return Refusal.Invalid("fileId", "The file takes too long to read.");
        }
    }

    private async Task<bool> Write(Guid account, Guid id, string key, Looked looked, CancellationToken cancel)
    {
        await using var command = database.CreateCommand($"""
            with before as (select bytes from files where id = $1 and account_id = $2 and confirmed_at is null for update),
            kept as (
              update files f set storage_key = $3, sha256 = $4, content_type = $5, bytes = $6, width = $7, height = $8, duration_seconds = $9, confirmed_at = $10
              from before where f.id = $1 returning 1),
            counted as (
              update storage_usage u set bytes = u.bytes - before.bytes + $6, pending = u.pending - 1 from before where u.account_id = $2),
            erased as ({EraseFiles.InsertSql} select 'file.erase', 'quick', jsonb_build_object('prefix', $11::text), 'ready', now(), 8, now() from kept)
            select count(*) from kept
            """);
        foreach (var value in new object[] { id, account, key, looked.Sha256, looked.Facts.ContentType, looked.Facts.Bytes }) command.Parameters.AddWithValue(value);
        command.Parameters.Add(new() { Value = (object?)looked.Facts.Width ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Integer });
        command.Parameters.Add(new() { Value = (object?)looked.Facts.Height ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Integer });
        command.Parameters.Add(new() { Value = (object?)looked.Facts.DurationSeconds ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Double });
        command.Parameters.AddWithValue(time.GetUtcNow());
        command.Parameters.AddWithValue(FileKeys.Incoming(account, id));
        return (long)(await command.ExecuteScalarAsync(cancel))! == 1;
    }

    private async Task<Upload?> Find(Guid account, Guid id, CancellationToken cancel)
    {
        await using var command = database.CreateCommand("select content_type, bytes, size_signed, confirmed_at is not null from files where id = $1 and account_id = $2");
        command.Parameters.AddWithValue(id);
        command.Parameters.AddWithValue(account);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        return await reader.ReadAsync(cancel) ? new(MediaTypes.Canonical(reader.GetString(0))!, reader.GetInt64(1), reader.GetBoolean(2), reader.GetBoolean(3)) : null;
    }

    private sealed record Upload(string Type, long Bytes, bool SizeSigned, bool Confirmed);

    private sealed record Looked(MediaFacts Facts, byte[] Sha256);
}
