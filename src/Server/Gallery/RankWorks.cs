using Npgsql;

namespace Rpd.Server.Gallery;

/// <summary>
/// Carries likes over to the ranks, of the works that were liked since the last time and no others, and lets works leave the lists of the day, the
/// week and the month. Each statement does a bounded number of works and locks them in the order of their ids.
/// </summary>
public sealed class RankWorks(NpgsqlDataSource database)
{
    private const int AtOnce = 1_000;

    // The publication is locked before its mark goes, as a like does it: a like that comes later marks it again.
    private const string RankSql = """
        with due as materialized (
          select p.id from publications p where p.id in (select publication_id from works_to_rank limit $1) order by p.id for no key update of p
        ), ranked as (
          update publications p set ranked_likes = p.like_count, score = extract(epoch from p.published_at) / 45000 + log(1 + p.like_count)
          from due where p.id = due.id
        )
        delete from works_to_rank w using due where w.publication_id = due.id
        """;

    private const string AgeSql = """
        with old as materialized (
          select p.id from publications p where p.id in (
            (select id from publications where freshness = 3 and published_at <= $2 - interval '1 day' limit $1)
            union all (select id from publications where freshness = 2 and published_at <= $2 - interval '7 days' limit $1)
            union all (select id from publications where freshness = 1 and published_at <= $2 - interval '30 days' limit $1))
          order by p.id for no key update of p
        )
        update publications p set freshness = case when p.published_at > $2 - interval '7 days' then 2 when p.published_at > $2 - interval '30 days' then 1 else 0 end
        from old where p.id = old.id
        """;

    /// <returns>How many works have another rank than before.</returns>
    public async Task<int> Run(DateTimeOffset now, CancellationToken cancel)
    {
        var all = 0;
        foreach (var (sql, values) in new[] { (RankSql, new object[] { AtOnce }), (AgeSql, [AtOnce, now]) })
        {
            int done;
            do
            {
                await using var command = database.CreateCommand(sql);
                foreach (var value in values) command.Parameters.AddWithValue(value);
                all += done = await command.ExecuteNonQueryAsync(cancel);
            }
            while (done >= AtOnce);
        }
        return all;
    }
}
