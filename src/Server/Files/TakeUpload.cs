using System.Collections.Concurrent;
using Npgsql;
using Rpd.Server.Storage;
using Rpd.Shared;

namespace Rpd.Server.Files;

/// <summary>
/// Streams an upload into storage, byte by byte counted and none of them in memory for long. Until it is confirmed it may be sent again; what comes
/// later never reaches the confirmed copy.
/// </summary>
public sealed class TakeUpload(NpgsqlDataSource database, IStorage storage, TimeProvider time)
{
    // One at a time for each file: an address is for one file's bytes, however many use it at once.
    private readonly ConcurrentDictionary<Guid, bool> running = new();

    /// <param name="length">As the request declares it; null when it does not.</param>
    public async Task<Refusal?> Run(Guid id, string? contentType, long? length, Stream body, CancellationToken cancel)
    {
        if (await Find(id, cancel) is not { } file) return Refusal.NotFound("The upload");
        if (Wrong(file, contentType, length) is { } wrong) return wrong;
        if (!running.TryAdd(id, true)) return Refusal.Conflict("An upload to this address is running already.");
        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            limit.CancelAfter(file.SweepAt - time.GetUtcNow());
            await storage.Put(FileKeys.Incoming(file.AccountId, id), new CountedBody(body, file.Bytes, file.SizeSigned), limit.Token);
        }
        catch (WrongLength fault)
        {
            return fault.TooLong ? TooLarge(file) : TooShort(file);
        }
        finally
        {
            running.TryRemove(id, out _);
        }
        if (await Find(id, cancel) is { ConfirmedAt: null }) return null;
        // Deleted, swept or confirmed while it ran: nobody would come for these bytes any more.
        await storage.DeleteAll(FileKeys.Incoming(file.AccountId, id), CancellationToken.None);
        return Refusal.Conflict("The file was confirmed or deleted while this upload ran.");
    }

    private static Refusal? Wrong(Expected file, string? contentType, long? length)
    {
        if (file.ConfirmedAt is not null) return Refusal.Conflict("This file is confirmed: its bytes do not change any more. Ask for a new upload address.");
        if (!string.Equals(contentType, file.ContentType, StringComparison.OrdinalIgnoreCase))
            return new("UNSUPPORTED_MEDIA_TYPE", 415, $"This address takes {file.ContentType}: send it as the header Content-Type.");
        if (length > file.Bytes) return TooLarge(file);
        return length == 0 || (file.SizeSigned && length < file.Bytes) ? TooShort(file) : null;
    }

    private static Refusal TooLarge(Expected file) => new("PAYLOAD_TOO_LARGE", 413, $"This address takes {file.Bytes} bytes{(file.SizeSigned ? "" : " at most")}.");

    private static Refusal TooShort(Expected file) =>
        Refusal.Invalid("", file.SizeSigned ? $"This address takes {file.Bytes} bytes; fewer came." : "The body is empty; the file's bytes are expected.");

    private async Task<Expected?> Find(Guid id, CancellationToken cancel)
    {
        await using var command = database.CreateCommand("select account_id, content_type, bytes, size_signed, sweep_at, confirmed_at from files where id = $1");
        command.Parameters.AddWithValue(id);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        if (!await reader.ReadAsync(cancel)) return null;
        return new(reader.GetGuid(0), reader.GetString(1), reader.GetInt64(2), reader.GetBoolean(3),
            reader.IsDBNull(4) ? DateTimeOffset.MinValue : reader.GetFieldValue<DateTimeOffset>(4), reader.IsDBNull(5) ? null : reader.GetFieldValue<DateTimeOffset>(5));
    }

    private sealed record Expected(Guid AccountId, string ContentType, long Bytes, bool SizeSigned, DateTimeOffset SweepAt, DateTimeOffset? ConfirmedAt);
}
