using Npgsql;
using Rpd.Shared.Explore;

namespace Rpd.Server.Gallery;

/// <summary>What a work came from and what came of it, among the works that are in the reader's lists. A withdrawn one ends the chain.</summary>
public sealed class Lineage(NpgsqlDataSource database)
{
    private const int AncestorsMax = 6, RemixesMax = 24;

    /// <returns>The ancestors, the nearest first, and the newest of those that were made from it.</returns>
    public async Task<(IReadOnlyList<ExploreItem> Ancestors, IReadOnlyList<ExploreItem> Remixes)> Of(Guid generation, bool mature, CancellationToken cancel)
    {
        await using var batch = database.CreateBatch();
        Add($"""
            with recursive up(parent, step) as (
              select p.parent_id, 1 from publications p where p.generation_id = $1
              union all
              select p.parent_id, up.step + 1 from up join publications p on p.generation_id = up.parent join accounts a on a.id = p.account_id
              where {Works.ListedFor(mature)} and up.step < {AncestorsMax})
            {Works.Columns} from up join publications p on p.generation_id = up.parent{Works.Joined} where {Works.ListedFor(mature)} order by up.step
            """);
        Add($"""
            {Works.Columns} from publications p{Works.Joined} where p.parent_id = $1 and {Works.ListedFor(mature)} order by p.published_at desc, p.id desc limit {RemixesMax}
            """);
        await using var reader = await batch.ExecuteReaderAsync(cancel);
        var ancestors = await Read(reader, cancel);
        await reader.NextResultAsync(cancel);
        return (ancestors, await Read(reader, cancel));

        void Add(string sql)
        {
            var command = new NpgsqlBatchCommand(sql);
            command.Parameters.AddWithValue(generation);
            batch.BatchCommands.Add(command);
        }
    }

    internal static async Task<List<ExploreItem>> Read(NpgsqlDataReader reader, CancellationToken cancel)
    {
        var found = new List<ExploreItem>();
        while (await reader.ReadAsync(cancel)) found.Add(Works.Row(reader));
        return found;
    }
}
