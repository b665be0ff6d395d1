using Npgsql;

namespace Rpd.Server.PersonalData;

/// <summary>A recurring duty: whose time to come back is over is deleted. One that fails does not keep the others waiting.</summary>
public sealed class DeleteDueAccounts(NpgsqlDataSource database, DeleteAccount delete, TimeProvider time, ILogger<DeleteDueAccounts> log)
{
    private const int AtOnce = 100;

    public async Task<int> Run(CancellationToken cancel)
    {
        var (deleted, failed) = (0, new List<Exception>());
        foreach (var account in await Due(cancel))
        {
            try
            {
                await delete.Run(account, cancel);
                deleted++;
            }
            catch (Exception fault) when (!cancel.IsCancellationRequested)
            {
                log.LogError(fault, "Account {Account} could not be deleted; it is tried again", account);
                failed.Add(fault);
            }
        }
        return failed.Count == 0 ? deleted : throw new AggregateException("Some accounts could not be deleted.", failed);
    }

    private async Task<IReadOnlyList<Guid>> Due(CancellationToken cancel)
    {
        await using var command = database.CreateCommand("select id from accounts where status = 'leaving' and delete_after <= $1 order by delete_after limit $2");
        command.Parameters.AddWithValue(time.GetUtcNow());
        command.Parameters.AddWithValue(AtOnce);
        await using var row = await command.ExecuteReaderAsync(cancel);
        var due = new List<Guid>();
        while (await row.ReadAsync(cancel)) due.Add(row.GetGuid(0));
        return due;
    }
}
