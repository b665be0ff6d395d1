using Npgsql;
using Rpd.Shared.Generations;

namespace Rpd.Server.Generations;

/// <summary>
/// Opens and closes a work to others, inside the transaction that changes the generation. Withdrawing deletes the publication, so that its media
/// addresses die with it; publishing again makes new ones. Changing between public and unlisted keeps them.
/// </summary>
public static class PublishGeneration
{
    /// <summary>
    /// $1 new id, $2 generation, $3 account, $4 type, $5 model, $6 listed, $7 at. The trending score starts with the publication's age: 12.5 hours are
    /// worth ten times the likes. What is younger rises past what is older, so that likes weigh less every hour without a score being written again.
    /// </summary>
    public const string InsertSql = """
        insert into publications (id, generation_id, account_id, type, model, listed, published_at, score, search, mature, parent_id, shape)
        select $1, g.id, $3, $4, $5, $6, $7, extract(epoch from $7::timestamptz) / 45000, work_search(g.title, g.prompt, g.params ->> 'style'), g.mature, g.parent_id,
          (select work_shape(o.width, o.height) from outputs o where o.generation_id = g.id and o.ordinal = 0)
        from generations g where g.id = $2
        on conflict (generation_id) do update set listed = excluded.listed, mature = excluded.mature
        """;

    /// <summary>$1 generation: a new title is found by its words.</summary>
    public const string RetitleSql = """
        update publications p set search = work_search(g.title, g.prompt, g.params ->> 'style') from generations g where g.id = $1 and p.generation_id = g.id
        """;

    /// <summary>$1 generation: what is for adults leaves the lists of who has not asked for it, and comes back.</summary>
    public const string RateSql = "update publications p set mature = g.mature from generations g where g.id = $1 and p.generation_id = g.id and p.mature <> g.mature";

    public static async Task Apply(
        NpgsqlConnection connection, Guid generation, Guid account, string type, string model, string visibility, DateTimeOffset at, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand("delete from publications where generation_id = $1", connection);
        if (visibility == Visibility.Private) command.Parameters.AddWithValue(generation);
        else
        {
            command.CommandText = InsertSql;
            foreach (var value in new object[] { Guid.CreateVersion7(at), generation, account, type, model, visibility == Visibility.Public, at })
                command.Parameters.Add(new NpgsqlParameter { Value = value });
        }
        await command.ExecuteNonQueryAsync(cancel);
    }
}
