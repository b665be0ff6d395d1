using System.Globalization;
using System.Text;
using Npgsql;
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
        // Sound has no shape, and to find that out would take a walk along all works.
        if (filter is { Aspect: not null, Type: "audio" }) return new([], null);
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

    private static DateTimeOffset? Since(ExploreFilter filter, DateTimeOffset now) => filter.Period switch
    {
        "day" => now.AddDays(-1),
        "week" => now.AddDays(-7),
        "month" => now.AddDays(-30),
        _ => null,
    };
}
