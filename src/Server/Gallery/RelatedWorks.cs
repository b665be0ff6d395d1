using Npgsql;
using Rpd.Shared.Explore;

namespace Rpd.Server.Gallery;

/// <summary>
/// What somebody may want to see after a work: more by its author, and what is like it: works with one of its tags, then what is on the rise of its model.
/// Each is a bounded walk along an index.
/// </summary>
public sealed class RelatedWorks(NpgsqlDataSource database, WordCounts counts)
{
    private const int OfAuthor = 6, Similar = 12, TagsMax = 5;

    /// <summary>So many works are looked at for the tags: of a rare tag all that have it, for common ones the first of those on the rise.</summary>
    private const int Candidates = 1_000;

    public async Task<(IReadOnlyList<ExploreItem> ByAuthor, IReadOnlyList<ExploreItem> Similar)> Of(WorkView work, bool mature, CancellationToken cancel)
    {
        var tags = work.Tags.Take(TagsMax).Select(tag => new SearchWord("#" + tag)).ToArray();
        await using var batch = database.CreateBatch();
        // The work itself may be among those found.
        Add($"{Works.Columns} from publications p{Works.Joined} where p.account_id = $1 and {Works.ListedFor(mature)} order by p.published_at desc, p.id desc limit {OfAuthor + 1}", work.Author.Id);
        var known = tags.Length == 0 ? null : await counts.Read(cancel);
        // Unfolding a common tag in the index of words would cost as much as the tag has works.
        foreach (var kind in tags.GroupBy(tag => known!.About(tag) <= Candidates).OrderByDescending(kind => kind.Key))
        {
            var any = string.Join(" || ", kind.Select((_, i) => $"${i + 1}::tsquery"));
            var found = kind.Key ? $"select f.id, f.score from works_with({any}, {any}, {Candidates}) f where {(mature ? "true" : "not f.mature")}"
                : $"select p.id, p.score from (select p.id, p.score, p.search from publications p where {Works.InLists(mature)} order by p.score desc, p.published_at desc, p.id desc limit {Candidates}) p where p.search @@ ({any})";
            Add($"""
                with found as materialized (select f.id from ({found}) f order by f.score desc limit {3 * Similar})
                {Works.Columns} from found f join publications p on p.id = f.id{Works.Joined} where {Works.ListedFor(mature)} order by p.score desc, p.id desc
                """, [.. kind.Select(tag => $"'{tag.Text}'")]);
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
