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
/// The public gallery. One rule of visibility stands in <see cref="Visible"/>: listed, and its author is active. Positions are the sort's own values,
/// so that a page costs the same at any depth.
/// </summary>
public sealed class ExploreQueries(NpgsqlDataSource database, Cursors cursors)
{
    private const string Visible = "p.listed and a.status = 'active'";

    private const string Select = """
        select p.id, g.id, g.title, g.prompt, g.type, g.model, g.provider, a.id, a.handle, a.display_name, o.content_type, o.storage_key, o.blur_hash,
          o.width, o.height, o.duration_seconds, p.like_count, p.published_at, o.thumbnail_widths, p.score
        from publications p join generations g on g.id = p.generation_id join accounts a on a.id = p.account_id
        join outputs o on o.generation_id = p.generation_id and o.ordinal = 0
        """;

    // From one model to the next in the index: it costs as many steps as there are models, however many works they have.
    private const string ModelsSql = """
        with recursive found(model) as (
          (select model from publications where listed order by model limit 1)
          union all
          select (select p.model from publications p where p.listed and p.model > found.model order by p.model limit 1) from found where found.model is not null)
        select model from found where model is not null
        """;

    public async Task<Page<ExploreItem>> List(ExploreFilter filter, string? position, int limit, DateTimeOffset now, CancellationToken cancel)
    {
        await using var batch = database.CreateBatch();
        batch.BatchCommands.Add(Listing(filter, position, limit, now));
        await using var reader = await batch.ExecuteReaderAsync(cancel);
        return await ReadPage(reader, filter, limit, cancel);
    }

    /// <summary>A page with the models that have public works, in one round trip.</summary>
    public async Task<(Page<ExploreItem> Works, IReadOnlyList<string> Models)> ListWithModels(ExploreFilter filter, string? position, int limit, DateTimeOffset now, CancellationToken cancel)
    {
        await using var batch = database.CreateBatch();
        batch.BatchCommands.Add(Listing(filter, position, limit, now));
        batch.BatchCommands.Add(new NpgsqlBatchCommand(ModelsSql));
        await using var reader = await batch.ExecuteReaderAsync(cancel);
        var page = await ReadPage(reader, filter, limit, cancel);
        await reader.NextResultAsync(cancel);
        var models = new List<string>();
        while (await reader.ReadAsync(cancel)) models.Add(reader.GetString(0));
        return (page, models);
    }

    private static NpgsqlBatchCommand Listing(ExploreFilter filter, string? position, int limit, DateTimeOffset now)
    {
        var command = new NpgsqlBatchCommand();
        var where = new StringBuilder(" where ").Append(Visible);
        if (filter.Type is not null) where.Append(" and p.type = ").Append(Add(filter.Type));
        if (filter.Model is not null) where.Append(" and p.model = ").Append(Add(filter.Model));
        if (!string.IsNullOrWhiteSpace(filter.Q))
            where.Append(" and coalesce(g.title, '') || ' ' || coalesce(g.prompt, '') ilike ").Append(Add($"%{GenerationQueries.Like(filter.Q.Trim())}%"));
        if (Since(filter, now) is { } since) where.Append(" and p.published_at >= ").Append(Add(since));
        var order = filter.Sort switch { "top" => "p.like_count", "trending" => "p.score", _ => null };
        if (position is not null) where.Append(After(position, order, Add));
        // The limit is a literal: as a parameter it would have the statement planned anew each time, which costs more than running it.
        command.CommandText = string.Create(CultureInfo.InvariantCulture,
            $"{Select}{where} order by {(order is null ? "" : order + " desc, ")}p.published_at desc, p.id desc limit {limit + 1}");
        return command;

        string Add(object value)
        {
            command.Parameters.AddWithValue(value);
            return "$" + command.Parameters.Count.ToString(CultureInfo.InvariantCulture);
        }
    }

    private async Task<Page<ExploreItem>> ReadPage(NpgsqlDataReader reader, ExploreFilter filter, int limit, CancellationToken cancel)
    {
        var found = new List<(ExploreItem Item, string Position)>();
        while (await reader.ReadAsync(cancel)) found.Add((Row(reader), Position(reader, filter.Sort)));
        return new([.. found.Take(limit).Select(row => row.Item)], found.Count > limit ? cursors.Write("explore:" + filter.Sort, found[limit - 1].Position) : null);
    }

    /// <summary>A work by its generation's id; unlisted ones too, for those who have the address.</summary>
    public async Task<(WorkView Work, bool Listed)?> Find(Guid generation, CancellationToken cancel)
    {
        await using var command = database.CreateCommand(Select.Replace("p.score", """
            g.params, g.negative_prompt,
              (select q.generation_id from publications q join accounts b on b.id = q.account_id where q.generation_id = g.parent_id and b.status = 'active'),
              p.listed, (select jsonb_agg(x order by x.ordinal) from outputs x where x.generation_id = g.id)
            """, StringComparison.Ordinal) + " where g.id = $1 and a.status = 'active'");
        command.Parameters.AddWithValue(generation);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        if (!await reader.ReadAsync(cancel)) return null;
        return (new(Row(reader), OutputViews.Published(reader.GetFieldValue<JsonElement>(23), reader.GetGuid(0)),
            reader.GetFieldValue<JsonElement>(19).EnumerateObject().ToDictionary(param => param.Name, param => param.Value),
            reader.IsDBNull(20) ? null : reader.GetString(20), reader.IsDBNull(21) ? null : reader.GetGuid(21)), reader.GetBoolean(22));
    }

    /// <summary>The works beside this one in the newest-first list.</summary>
    public async Task<(Guid? Newer, Guid? Older)> Neighbours(Guid generation, CancellationToken cancel)
    {
        await using var command = database.CreateCommand($"""
            select (select p.generation_id from publications p join accounts a on a.id = p.account_id where {Visible} and (p.published_at, p.id) > (x.published_at, x.id) order by p.published_at, p.id limit 1),
              (select p.generation_id from publications p join accounts a on a.id = p.account_id where {Visible} and (p.published_at, p.id) < (x.published_at, x.id) order by p.published_at desc, p.id desc limit 1)
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

    private static string After(string position, string? order, Func<object, string> add)
    {
        var parts = position.Split('|');
        var at = new DateTimeOffset(long.Parse(parts[0], CultureInfo.InvariantCulture), TimeSpan.Zero);
        var rest = $"{add(at)}, {add(Guid.Parse(parts[1]))}";
        if (order is null) return $" and (p.published_at, p.id) < ({rest})";
        object value = order == "p.score" ? double.Parse(parts[2], CultureInfo.InvariantCulture) : int.Parse(parts[2], CultureInfo.InvariantCulture);
        return $" and ({order}, p.published_at, p.id) < ({add(value)}, {rest})";
    }

    private static string Position(NpgsqlDataReader row, string sort) => string.Create(CultureInfo.InvariantCulture,
        $"{row.GetFieldValue<DateTimeOffset>(17).Ticks}|{row.GetGuid(0)}|{(sort == "trending" ? row.GetDouble(19).ToString("R", CultureInfo.InvariantCulture) : row.GetInt32(16))}");

    private static ExploreItem Row(NpgsqlDataReader row)
    {
        var publication = row.GetGuid(0);
        var (width, height) = (Whole(13), Whole(14));
        var thumbnails = OutputViews.Thumbnails(row.GetFieldValue<int[]>(18), row.GetString(11), width, height, key => OutputViews.PublishedUrl(publication, key));
        return new(row.GetGuid(1), Text(2), Text(3) ?? "", row.GetString(4), row.GetString(5), row.GetString(6), new(row.GetGuid(7), row.GetString(8), row.GetString(9), null),
            row.GetString(10), thumbnails, Text(12), width, height, row.IsDBNull(15) ? null : row.GetDouble(15), row.GetInt32(16), Liked: false, row.GetFieldValue<DateTimeOffset>(17));

        string? Text(int column) => row.IsDBNull(column) ? null : row.GetString(column);
        int? Whole(int column) => row.IsDBNull(column) ? null : row.GetInt32(column);
    }
}
