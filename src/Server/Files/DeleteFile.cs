using Npgsql;

namespace Rpd.Server.Files;

/// <summary>
/// Takes a file from its owner, gives the storage back, and has the bytes erased: one statement. Erased once more when its upload address has ended, for
/// until then the storage may still let something in.
/// </summary>
public sealed class DeleteFile(NpgsqlDataSource database, EraseFiles erase)
{
    private const string Sql = $"""
        with gone as (delete from files where id = $1 and account_id = $2 and (confirmed_at is null or not $4) returning bytes, confirmed_at, sweep_at),
        freed as (update storage_usage u set bytes = u.bytes - gone.bytes, pending = u.pending - (gone.confirmed_at is null)::int from gone where u.account_id = $2),
        erased as ({EraseFiles.InsertSql} select 'file.erase', 'quick', jsonb_build_object('prefix', $3::text), 'ready', due, 8, now()
          from gone cross join lateral (values (now()), (gone.sweep_at)) times (due) where due is not null)
        select count(*) from gone
        """;

    /// <param name="onlyPending">Leaves a confirmed one alone.</param>
    /// <returns>False when there was none.</returns>
    public async Task<bool> Run(Guid account, Guid id, bool onlyPending, CancellationToken cancel)
    {
        await using var command = database.CreateCommand(Sql);
        command.Parameters.AddWithValue(id);
        command.Parameters.AddWithValue(account);
        command.Parameters.AddWithValue(FileKeys.Folder(account, id));
        command.Parameters.AddWithValue(onlyPending);
        var deleted = (long)(await command.ExecuteScalarAsync(cancel))! == 1;
        if (deleted) erase.Announce();
        return deleted;
    }
}
