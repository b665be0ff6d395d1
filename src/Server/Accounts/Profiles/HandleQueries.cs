using Npgsql;

namespace Rpd.Server.Accounts.Profiles;

/// <summary>Who is meant by a handle.</summary>
/// <param name="Handle">Their handle now; another than was asked for when they have changed it.</param>
public sealed record HandleOwner(Guid Account, string Handle);

/// <summary>Handles, and those from before a change while they are kept: an address with an old one leads to the new one.</summary>
public sealed class HandleQueries(NpgsqlDataSource database, TimeProvider time)
{
    /// <param name="handle">Without the @; case does not matter.</param>
    /// <returns>Null when nobody is there to be seen by that name.</returns>
    public async Task<HandleOwner?> Find(string handle, CancellationToken cancel)
    {
        await using var command = database.CreateCommand("""
            select id, handle from (
              select a.id, a.handle, 1 as place from accounts a where a.handle = $1 and a.status = 'active'
              union all
              select a.id, a.handle, 2 from former_handles f join accounts a on a.id = f.account_id where f.handle = $1 and f.until > $2 and a.status = 'active') found
            order by place limit 1
            """);
        command.Parameters.AddWithValue(handle.ToLowerInvariant());
        command.Parameters.AddWithValue(time.GetUtcNow());
        await using var row = await command.ExecuteReaderAsync(cancel);
        return await row.ReadAsync(cancel) ? new(row.GetGuid(0), row.GetString(1)) : null;
    }
}

/// <summary>A recurring duty: what has been kept long enough is free for everybody.</summary>
public sealed class ForgetHandles(NpgsqlDataSource database, TimeProvider time)
{
    public async Task<int> Run(CancellationToken cancel)
    {
        await using var command = database.CreateCommand("delete from former_handles where until <= $1");
        command.Parameters.AddWithValue(time.GetUtcNow());
        return await command.ExecuteNonQueryAsync(cancel);
    }
}
