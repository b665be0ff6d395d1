using Npgsql;

namespace Rpd.Server.Gallery;

/// <summary><c>./run recount</c>: holds the counters of likes and followers against the rows they count, and puts right what differs.</summary>
public static class RecountCommand
{
    public static async Task<int> Run(CommandRun run, string[] args)
    {
        await using var address = await run.OpenDatabase();
        await using var database = NpgsqlDataSource.Create(address.ConnectionString);
        await run.Answer(await new Recount(database).Run(run.Cancel));
        return 0;
    }
}

/// <summary>How many counters were wrong and are right now.</summary>
public sealed record RecountReport(int Works, int Profiles);

/// <summary>
/// Finds the counters that differ in one reading, then counts each of those again under the lock that likes and follows take, so that it may run beside
/// them: no like that comes meanwhile is lost.
/// </summary>
public sealed class Recount(NpgsqlDataSource database)
{
    private static readonly Counter Likes = new(
        """
        select p.id from publications p left join (select publication_id, count(*) as n from likes group by publication_id) l on l.publication_id = p.id
        where p.like_count <> coalesce(l.n, 0) order by p.id
        """,
        "select 1 from publications where id = $1 for no key update",
        """
        with counted as (
          update publications p set like_count = l.n from (select count(*) as n from likes where publication_id = $1) l where p.id = $1 and p.like_count <> l.n returning p.id)
        insert into works_to_rank select id from counted on conflict (publication_id) do update set publication_id = excluded.publication_id
        """);

    private static readonly Counter Followers = new(
        """
        select p.account_id from profiles p left join (select followee_id, count(*) as n from follows group by followee_id) f on f.followee_id = p.account_id
        where p.follower_count <> coalesce(f.n, 0)
        union select f.followee_id from follows f where not exists (select 1 from profiles p where p.account_id = f.followee_id) order by 1
        """,
        "insert into profiles (account_id) values ($1) on conflict (account_id) do update set account_id = excluded.account_id",
        "update profiles p set follower_count = f.n from (select count(*) as n from follows where followee_id = $1) f where p.account_id = $1 and p.follower_count <> f.n");

    public async Task<RecountReport> Run(CancellationToken cancel) => new(await Repair(Likes, cancel), await Repair(Followers, cancel));

    private async Task<int> Repair(Counter counter, CancellationToken cancel)
    {
        var wrong = new List<Guid>();
        await using (var find = database.CreateCommand(counter.Find))
        {
            find.CommandTimeout = 0;
            await using var reader = await find.ExecuteReaderAsync(cancel);
            while (await reader.ReadAsync(cancel)) wrong.Add(reader.GetGuid(0));
        }
        var right = 0;
        foreach (var id in wrong)
        {
            await using var connection = await database.OpenConnectionAsync(cancel);
            await using var transaction = await connection.BeginTransactionAsync(cancel);
            // The count is a statement after the lock: it sees every like that the lock has waited for.
            await Execute(connection, counter.Lock, id, cancel);
            right += await Execute(connection, counter.Count, id, cancel) > 0 ? 1 : 0;
            await transaction.CommitAsync(cancel);
        }
        return right;
    }

    private static async Task<int> Execute(NpgsqlConnection connection, string sql, Guid id, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(sql, connection) { Parameters = { new() { Value = id } } };
        return await command.ExecuteNonQueryAsync(cancel);
    }

    private sealed record Counter(string Find, string Lock, string Count);
}
