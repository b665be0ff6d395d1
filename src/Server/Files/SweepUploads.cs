using Npgsql;
using Rpd.Server.Storage;

namespace Rpd.Server.Files;

/// <summary>
/// Deletes uploads that were never confirmed, with their bytes, and what an address that still worked has let in after a confirmation.
/// </summary>
public sealed class SweepUploads(NpgsqlDataSource database, DeleteFile delete, IStorage storage, TimeProvider time)
{
    private const int Most = 1000;

    public async Task<int> Run(CancellationToken cancel)
    {
        var count = 0;
        foreach (var (account, id, confirmed) in await Due(cancel))
        {
            if (confirmed) await Tidy(account, id, cancel);
            else if (await delete.Run(account, id, onlyPending: true, cancel)) count++;
        }
        return count;
    }

    private async Task Tidy(Guid account, Guid id, CancellationToken cancel)
    {
        await storage.DeleteAll(FileKeys.Incoming(account, id), cancel);
        await using var command = database.CreateCommand("update files set sweep_at = null where id = $1 and confirmed_at is not null");
        command.Parameters.AddWithValue(id);
        await command.ExecuteNonQueryAsync(cancel);
    }

    private async Task<List<(Guid Account, Guid Id, bool Confirmed)>> Due(CancellationToken cancel)
    {
        await using var command = database.CreateCommand("select account_id, id, confirmed_at is not null from files where sweep_at <= $1 order by sweep_at limit $2");
        command.Parameters.AddWithValue(time.GetUtcNow());
        command.Parameters.AddWithValue(Most);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var due = new List<(Guid, Guid, bool)>();
        while (await reader.ReadAsync(cancel)) due.Add((reader.GetGuid(0), reader.GetGuid(1), reader.GetBoolean(2)));
        return due;
    }
}
