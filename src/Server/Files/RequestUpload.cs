using Npgsql;
using Rpd.Server.Plans;
using Rpd.Server.Storage;
using Rpd.Shared;
using Rpd.Shared.Files;

namespace Rpd.Server.Files;

/// <summary>
/// Sets storage aside for one file and hands out an address that takes it. The quota is a guarded update of the account's sum: however many ask at
/// once, what was promised fits.
/// </summary>
public sealed class RequestUpload(NpgsqlDataSource database, IStorage storage, UploadAddresses addresses, UploadOptions options, TimeProvider time)
{
    private const string Sql = """
        with room as (
          insert into storage_usage as u (account_id, bytes, pending) select $2, $5, 1 where $5 <= $10
          on conflict (account_id) do update set bytes = u.bytes + $5, pending = u.pending + 1 where u.bytes + $5 <= $10 and u.pending < $11
          returning 1
        ), made as (
          insert into files (id, account_id, name, content_type, bytes, size_signed, created_at, expires_at, sweep_at)
          select $1, $2, $3, $4, $5, $6, $7, $8, $9 from room returning 1
        )
        select count(*) from made
        """;

    public async Task<Outcome<UploadView>> Run(Guid account, Plan plan, NewUpload wish, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var id = Guid.CreateVersion7(now);
        var expires = DateTimeOffset.FromUnixTimeSeconds(now.ToUnixTimeSeconds()).AddMinutes(options.UploadMinutes);
        await using var command = database.CreateCommand(Sql);
        foreach (var value in new object[]
        {
            id, account, wish.Filename, wish.ContentType, wish.BytesMax, wish.SizeBytes is not null, now, expires, expires.AddMinutes(options.ConfirmMinutes),
            plan.StorageBytesMax, options.PendingMax,
        })
            command.Parameters.AddWithValue(value);
        if ((long)(await command.ExecuteScalarAsync(cancel))! == 0) return await Declined(account, plan, wish, cancel);
        return new UploadView(id, Address(account, id, wish, expires - now, expires), "PUT", new Dictionary<string, string> { ["Content-Type"] = wish.ContentType }, wish.BytesMax, expires);
    }

    // Storage with addresses of its own can be held to a size that is known. What is not known comes through this server, which counts.
    private string Address(Guid account, Guid id, NewUpload wish, TimeSpan life, DateTimeOffset expires) =>
        wish.SizeBytes is { } bytes && storage.WriteAddress(FileKeys.Incoming(account, id), wish.ContentType, bytes, life) is { } direct
            ? direct.AbsoluteUri : addresses.Of(id, expires);

    // Asked anew: the statement that declined may have begun before those that took the room had ended.
    private async Task<Refusal> Declined(Guid account, Plan plan, NewUpload wish, CancellationToken cancel)
    {
        await using var command = database.CreateCommand("select bytes, pending from storage_usage where account_id = $1");
        command.Parameters.AddWithValue(account);
        await using var usage = await command.ExecuteReaderAsync(cancel);
        return await usage.ReadAsync(cancel) ? Declined(plan, wish, usage.GetInt64(0), usage.GetInt32(1)) : Declined(plan, wish, 0, 0);
    }

    private Refusal Declined(Plan plan, NewUpload wish, long used, int pending) => pending >= options.PendingMax
        ? Refusal.Conflict($"{pending} uploads are waiting to be confirmed. Confirm or delete some of them first.")
        : new("STORAGE_QUOTA_REACHED", 403, $"{Math.Max(0, plan.StorageBytesMax - used)} of {plan.StorageBytesMax} bytes are left on the plan {plan.Name}; this upload may take {wish.BytesMax}. "
            + (wish.SizeBytes is null ? "Name its sizeBytes, or delete files." : "Delete files first."));
}
