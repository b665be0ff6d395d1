using System.Globalization;
using System.Text;
using System.Text.Json;
using Npgsql;
using Rpd.Server.Generations;
using Rpd.Server.Http;
using Rpd.Shared;
using Rpd.Shared.Explore;

namespace Rpd.Server.Gallery;

/// <summary>
/// The public gallery, by the rule of <see cref="Works"/>. Positions are the sort's own values, so that a page costs the same at any depth.
/// </summary>
public sealed class ExploreQueries(NpgsqlDataSource database, WordCounts counts, FoundWorks kept, Cursors cursors)
{
    /// <summary>So many works are looked at in the sort's order for words that should fill their page from them.</summary>
    private const int WindowOfSearch = 6_000;

    /// <summary>So many works with a word are looked at, when the index of words is asked for them.</summary>
    private const int CandidatesOfSearch = 20_000;

    private const int Spare = 100;

    private const string Select = Works.Columns + ", p.score, p.ranked_likes";

    // From one model to the next in the index: it costs as many steps as there are models, however many works they have.
    private const string ModelsSql = """
        with recursive found(model) as (
          (select model from publications where listed order by model limit 1)
          union all
          select (select p.model from publications p where p.listed and p.model > found.model order by p.model limit 1) from found where found.model is not null)
        select model from found where model is not null
        """;

    /// <param name="mature">Whether the reader has asked for works for adults.</param>
    public async Task<Page<ExploreItem>> List(ExploreFilter filter, string? position, int limit, DateTimeOffset now, CancellationToken cancel, bool mature = false) =>
        (await Read(filter, position, limit, now, models: null, mature, cancel));

    /// <summary>A page with the models that have public works, in one round trip.</summary>
    public async Task<(Page<ExploreItem> Works, IReadOnlyList<string> Models)> ListWithModels(ExploreFilter filter, string? position, int limit, DateTimeOffset now, CancellationToken cancel, bool mature = false)
    {
        var models = new List<string>();
        return (await Read(filter, position, limit, now, models, mature, cancel), models);
    }

    private async Task<Page<ExploreItem>> Read(ExploreFilter filter, string? position, int limit, DateTimeOffset now, List<string>? models, bool mature, CancellationToken cancel)
    {
        var words = SearchWords.Of(filter.Q, filter.Tag);
        var search = words.Count == 0 ? null : $"{filter with { Q = null, Tag = null }}|{string.Join(' ', words.Select(word => word.Text))}|{position}|{limit}|{mature}";
        List<(ExploreItem Item, string Position, Guid Publication)> found = [];
        if (search is not null && kept.Find(search) is { } ids)
        {
            found = await Run(Kept(filter, ids, mature), models);
            models = null;
        }
        // All ways give the same works in the same order, so that pages of several fit together.
        if (found.Count <= limit)
        {
            foreach (var way in await Ways(words, limit, cancel))
            {
                found = await Run(Listing(filter, words, way, position, limit, now, mature), models);
                models = null;
                if (found.Count > limit) break;
            }
            if (search is not null && found.Count > limit) kept.Keep(search, [.. found.Select(row => row.Publication)]);
        }
        return new([.. found.Take(limit).Select(row => row.Item)], found.Count > limit ? cursors.Write("explore:" + filter.Sort, found[limit - 1].Position) : null);

        async Task<List<(ExploreItem Item, string Position, Guid Publication)>> Run(NpgsqlBatchCommand listing, List<string>? models)
        {
            await using var batch = database.CreateBatch();
            batch.BatchCommands.Add(listing);
            if (models is not null) batch.BatchCommands.Add(new NpgsqlBatchCommand(ModelsSql));
            await using var reader = await batch.ExecuteReaderAsync(cancel);
            var rows = new List<(ExploreItem Item, string Position, Guid Publication)>();
            while (await reader.ReadAsync(cancel)) rows.Add((Works.Row(reader), ExplorePosition.Of(reader, filter.Sort), reader.GetGuid(0)));
            if (models is null) return rows;
            await reader.NextResultAsync(cancel);
            while (await reader.ReadAsync(cancel)) models.Add(reader.GetString(0));
            return rows;
        }
    }

    /// <summary>The ways to a page, each for when the one before does not fill it.</summary>
    private async ValueTask<IReadOnlyList<Way>> Ways(IReadOnlyList<SearchWord> words, int limit, CancellationToken cancel)
    {
        if (words.Count == 0) return [Way.Walk];
        var known = await counts.Read(cancel);
        var indexed = known.Indexed(words);
        // The first of what the index finds; some of their authors may be suspended, which only all of it makes up for.
        Way[] lookups = [new(indexed, limit + 1 + Spare), new(indexed, CandidatesOfSearch)];
        return known.Walk(words, limit + 1) <= Math.Min(WindowOfSearch, known.Lookup(words)) ? [Way.Walk, .. lookups] : lookups;
    }

    /// <param name="Indexed">Words by which the index is asked; null walks in the sort's order.</param>
    /// <param name="Most">So many of what the index finds, the first in that order.</param>
    private sealed record Way(IReadOnlyList<SearchWord>? Indexed, int Most)
    {
        public static readonly Way Walk = new(null, 0);
    }

    private static NpgsqlBatchCommand Kept(ExploreFilter filter, Guid[] publications, bool mature)
    {
        var command = new NpgsqlBatchCommand($"{Select} from publications p{Works.Joined} where p.id = any($1) and {Works.ListedFor(mature)}{Sorted(Order(filter))}");
        command.Parameters.AddWithValue(publications);
        return command;
    }

    private static string? Order(ExploreFilter filter) => filter.Sort switch { "top" => "p.ranked_likes", "trending" => "p.score", _ => null };

    private static string Sorted(string? order) => $" order by {(order is null ? "" : order + " desc, ")}p.published_at desc, p.id desc";

    private static NpgsqlBatchCommand Listing(ExploreFilter filter, IReadOnlyList<SearchWord> words, Way way, string? position, int limit, DateTimeOffset now, bool mature)
    {
        var command = new NpgsqlBatchCommand();
        var where = new StringBuilder(mature ? "" : " and not p.mature");
        if (filter.Type is not null) where.Append(" and p.type = ").Append(Add(filter.Type));
        if (filter.Model is not null) where.Append(" and p.model = ").Append(Add(filter.Model));
        if (filter.Aspect is not null) where.Append(" and p.shape = ").Append(Add(filter.Aspect));
        var order = Order(filter);
        if (Since(filter, now) is { } since)
        {
            var from = Add(since);
            // But for the newest, the planner must walk in the sort's order: it would rather sort everything since then.
            where.Append(order is null ? $" and p.published_at >= {from}" : $" and (p.published_at >= {from}) is true");
            // Both are true of all works since then; they lead to a short index, and end the walk along a long one.
            if (filter.Sort == "top" && way.Indexed is null) where.Append(" and p.freshness >= ").Append(filter.Period switch { "day" => '3', "week" => '2', _ => '1' });
            if (filter.Sort == "trending") where.Append(" and p.score >= extract(epoch from ").Append(from).Append("::timestamptz) / 45000");
        }
        if (position is not null) where.Append(ExplorePosition.After(position, order, Add));
        var sorted = Sorted(order) + " limit ";
        // The limit is a literal: as a parameter it would have the statement planned anew each time, which costs more than running it.
        var most = (limit + 1).ToString(CultureInfo.InvariantCulture);
        if (words.Count == 0) command.CommandText = $"{Select} from publications p{Works.Joined} where {Works.ListedFor(mature)}{where}{sorted}{most}";
        else if (way.Indexed is not { } indexed)
            command.CommandText = $"{Select} from (select p.* from publications p where p.listed{where}{sorted}{WindowOfSearch}) p{Works.Joined} where {Works.ListedFor(mature)} and p.search @@ ({All(words)}){sorted}{most}";
        else
        {
            var found = $"select * from works_with({All(indexed)}, {All(words)}, {CandidatesOfSearch}) p where true{where}{sorted}{way.Most}";
            command.CommandText = $"""
                with p as (select p.* from ({found}) p join accounts a on a.id = p.account_id where {Works.Active}{sorted}{most}),
                  found as (select f.*, q.generation_id, q.like_count, q.listed from p f join publications q on q.id = f.id)
                {Select} from found p{Works.Joined} where {Works.ListedFor(mature)}{sorted}{most}
                """;
        }
        return command;

        string All(IEnumerable<SearchWord> those) => string.Join(" && ", those.Select(word => word.Sql(Add)));

        string Add(object value)
        {
            command.Parameters.AddWithValue(value);
            return "$" + command.Parameters.Count.ToString(CultureInfo.InvariantCulture);
        }
    }

    /// <summary>A work by its generation's id; unlisted ones too, for those who have the address.</summary>
    public async Task<(WorkView Work, bool Listed)?> Find(Guid generation, CancellationToken cancel)
    {
        await using var command = database.CreateCommand($"""
            {Works.Columns}, g.params, g.negative_prompt,
              (select q.generation_id from publications q join accounts b on b.id = q.account_id where q.generation_id = g.parent_id and q.listed and b.status = 'active'),
              p.listed, (select jsonb_agg(x order by x.ordinal) from outputs x where x.generation_id = g.id),
              work_tags(g.title, g.prompt, g.params ->> 'style')
            from publications p{Works.Joined} where g.id = $1 and {Works.Open}
            """);
        command.Parameters.AddWithValue(generation);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        if (!await reader.ReadAsync(cancel)) return null;
        return (new(Works.Row(reader))
        {
            Outputs = OutputViews.Published(reader.GetFieldValue<JsonElement>(Works.Next + 4), reader.GetGuid(0)),
            Params = reader.GetFieldValue<JsonElement>(Works.Next).EnumerateObject().ToDictionary(param => param.Name, param => param.Value),
            NegativePrompt = reader.IsDBNull(Works.Next + 1) ? null : reader.GetString(Works.Next + 1),
            ParentId = reader.IsDBNull(Works.Next + 2) ? null : reader.GetGuid(Works.Next + 2),
            Tags = reader.GetFieldValue<string[]>(Works.Next + 5),
        }, reader.GetBoolean(Works.Next + 3));
    }

    /// <summary>The works beside this one in the newest-first list.</summary>
    public async Task<(Guid? Newer, Guid? Older)> Neighbours(Guid generation, CancellationToken cancel, bool mature = false)
    {
        await using var command = database.CreateCommand($"""
            select (select p.generation_id from publications p join accounts a on a.id = p.account_id where {Works.ListedFor(mature)} and (p.published_at, p.id) > (x.published_at, x.id) order by p.published_at, p.id limit 1),
              (select p.generation_id from publications p join accounts a on a.id = p.account_id where {Works.ListedFor(mature)} and (p.published_at, p.id) < (x.published_at, x.id) order by p.published_at desc, p.id desc limit 1)
            from publications x where x.generation_id = $1 and x.listed
            """);
        command.Parameters.AddWithValue(generation);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        if (!await reader.ReadAsync(cancel)) return (null, null);
        return (reader.IsDBNull(0) ? null : reader.GetGuid(0), reader.IsDBNull(1) ? null : reader.GetGuid(1));
    }

    private static DateTimeOffset? Since(ExploreFilter filter, DateTimeOffset now) => filter.Period switch
    {
        "day" => now.AddDays(-1),
        "week" => now.AddDays(-7),
        "month" => now.AddDays(-30),
        _ => null,
    };
}
