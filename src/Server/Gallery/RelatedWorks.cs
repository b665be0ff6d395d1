using Npgsql;
using Rpd.Shared.Explore;

namespace Rpd.Server.Gallery;

/// <summary>
/// What somebody may want to see after a work: more by its author, and what is like it: works with one of its tags, then what is on the rise of its model.
/// Each is a bounded walk along an index.
/// </summary>
public sealed class RelatedWorks(NpgsqlDataSource database)
{
    private const int OfAuthor = 6, Similar = 12, TagsMax = 5;

    /// <summary>So many works with one of the tags are looked at.</summary>
    private const int Candidates = 500;

    public async Task<(IReadOnlyList<ExploreItem> ByAuthor, IReadOnlyList<ExploreItem> Similar)> Of(WorkView work, bool mature, CancellationToken cancel)
    {
        var tags = work.Tags.Take(TagsMax).ToArray();
        await using var batch = database.CreateBatch();
        // The work itself may be among those found.
        Add($"{Works.Columns} from publications p{Works.Joined} where p.account_id = $1 and {Works.ListedFor(mature)} order by p.published_at desc, p.id desc limit {OfAuthor + 1}", work.Author.Id);
        if (tags.Length > 0)
        {
            var any = string.Join(" || ", tags.Select((_, i) => $"array_to_tsvector(array[${i + 1}])::text::tsquery"));
            Add($"""
                with found as materialized (select f.id from works_with({any}, {any}, {Candidates}) f order by f.score desc limit {3 * Similar})
                {Works.Columns} from found f join publications p on p.id = f.id{Works.Joined} where {Works.ListedFor(mature)} order by p.score desc, p.id desc
                """, [.. tags.Select(tag => "#" + tag)]);
        }
        Add($"{Works.Columns} from publications p{Works.Joined} where p.model = $1 and {Works.ListedFor(mature)} order by p.score desc, p.published_at desc, p.id desc limit {2 * Similar}", work.Model);
        await using var reader = await batch.ExecuteReaderAsync(cancel);
        var author = await Lineage.Read(reader, cancel);
        var like = new List<ExploreItem>();
        while (await reader.NextResultAsync(cancel)) like.AddRange(await Lineage.Read(reader, cancel));
        return ([.. author.Where(other => other.Id != work.Id).Take(OfAuthor)],
            [.. like.Where(other => other.Id != work.Id && other.Author.Id != work.Author.Id).DistinctBy(other => other.Id).Take(Similar)]);

        void Add(string sql, params object[] values)
        {
            var command = new NpgsqlBatchCommand(sql);
            foreach (var value in values) command.Parameters.AddWithValue(value);
            batch.BatchCommands.Add(command);
        }
    }
}
