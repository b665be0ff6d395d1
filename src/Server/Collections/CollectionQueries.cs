using System.Globalization;
using Npgsql;
using Rpd.Server.Gallery;
using Rpd.Server.Generations;
using Rpd.Server.Http;
using Rpd.Server.Storage;
using Rpd.Shared;
using Rpd.Shared.Accounts;
using Rpd.Shared.Collections;
using Rpd.Shared.Generations;

namespace Rpd.Server.Collections;

/// <summary>
/// Collections and what is in them, for their owner and for others. The reader stands in every WHERE: an item is there for who made it, and for
/// everybody while it is listed; whoever else kept it sees it go when it is withdrawn.
/// </summary>
public sealed class CollectionQueries(NpgsqlDataSource database, SignedUrls urls, Cursors cursors)
{
    // $1 is the reader. What is for adults is nobody's cover but its author's.
    private const string ItemsOf = $"""
         from collection_items i join generations g on g.id = i.generation_id join accounts a on a.id = g.account_id
          join outputs o on o.generation_id = g.id and o.ordinal = 0 left join publications p on p.generation_id = g.id
        where i.collection_id = c.id and (g.account_id = $1 or ({Works.Listed}))
        """;

    private const string Select = $"""
        select c.id, c.name, c.description, c.visibility, c.account_id, c.created_at, case when c.account_id = $1 then (select count(*) from collection_items n where n.collection_id = c.id) else (select count(*){ItemsOf}) end,
          f.publication, f.storage_key, f.width, f.height, f.thumbnail_widths
        from collections c left join lateral (
          select p.id as publication, o.storage_key, o.width, o.height, o.thumbnail_widths{ItemsOf} order by i.position, i.generation_id limit 1) f on true
        """;

    public async Task<Page<CollectionView>> List(Guid account, Guid? before, int limit, CancellationToken cancel)
    {
        await using var command = database.CreateCommand(string.Create(CultureInfo.InvariantCulture,
            $"{Select} where c.account_id = $1{(before is null ? "" : " and c.id < $2")} order by c.id desc limit {limit + 1}"));
        command.Parameters.AddWithValue(account);
        if (before is { } last) command.Parameters.AddWithValue(last);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var found = new List<CollectionView>();
        while (await reader.ReadAsync(cancel)) found.Add(Row(reader));
        return new([.. found.Take(limit)], found.Count > limit ? cursors.Write("collections", found[limit - 1].Id.ToString()) : null);
    }

    /// <summary>Somebody's public ones.</summary>
    /// <param name="reader">Null for strangers.</param>
    public async Task<Page<CollectionView>> PublicOf(Guid owner, Guid? reader, string? position, int limit, CancellationToken cancel)
    {
        await using var command = database.CreateCommand(string.Create(CultureInfo.InvariantCulture,
            $"{Select} where c.account_id = $2 and c.visibility = 'public'{(position is null ? "" : " and c.id < $3")} order by c.id desc limit {limit + 1}"));
        command.Parameters.AddWithValue(reader ?? Guid.Empty);
        command.Parameters.AddWithValue(owner);
        if (position is not null) command.Parameters.AddWithValue(Guid.Parse(position));
        await using var row = await command.ExecuteReaderAsync(cancel);
        var found = new List<CollectionView>();
        while (await row.ReadAsync(cancel)) found.Add(Row(row));
        return new([.. found.Take(limit)], found.Count > limit ? cursors.Write("public-collections", found[limit - 1].Id.ToString()) : null);
    }

    /// <param name="reader">Null for strangers.</param>
    public async Task<CollectionView?> Find(Guid id, Guid? reader, CancellationToken cancel)
    {
        await using var command = database.CreateCommand($"{Select} join accounts a on a.id = c.account_id where c.id = $2 and (c.account_id = $1 or (c.visibility <> 'private' and {Works.Active}))");
        command.Parameters.AddWithValue(reader ?? Guid.Empty);
        command.Parameters.AddWithValue(id);
        await using var row = await command.ExecuteReaderAsync(cancel);
        return await row.ReadAsync(cancel) ? Row(row) : null;
    }

    /// <summary>Of a collection that the reader may see: <see cref="Find"/> has said so.</summary>
    /// <param name="mature">Whether the reader has asked for works for adults.</param>
    public async Task<Page<CollectionItemView>> Items(Guid id, Guid? reader, string? position, int limit, CancellationToken cancel, bool mature = false)
    {
        await using var command = database.CreateCommand(string.Create(CultureInfo.InvariantCulture, $"""
            select g.id, g.title, g.prompt, g.type, g.model, g.provider, a.id, a.handle, a.display_name, g.visibility, o.content_type, o.storage_key, o.blur_hash, o.width,
              o.height, o.duration_seconds, o.thumbnail_widths, p.id, i.added_at, i.position, g.mature, a.avatar
            from (select $2::uuid as id) c, lateral (select * from collection_items i where i.collection_id = c.id) i
              join generations g on g.id = i.generation_id join accounts a on a.id = g.account_id
              join outputs o on o.generation_id = g.id and o.ordinal = 0 left join publications p on p.generation_id = g.id
            where (g.account_id = $1 or ({Works.ListedFor(mature)})){(position is null ? "" : " and (i.position, i.generation_id) > ($3, $4)")}
            order by i.position, i.generation_id limit {limit + 1}
            """));
        command.Parameters.AddWithValue(reader ?? Guid.Empty);
        command.Parameters.AddWithValue(id);
        if (position?.Split('|') is [var place, var item])
        {
            command.Parameters.AddWithValue(int.Parse(place, CultureInfo.InvariantCulture));
            command.Parameters.AddWithValue(Guid.Parse(item));
        }
        await using var row = await command.ExecuteReaderAsync(cancel);
        var found = new List<(CollectionItemView Item, int Position)>();
        while (await row.ReadAsync(cancel)) found.Add((Item(row), row.GetInt32(19)));
        var next = found.Count <= limit ? null
            : cursors.Write("collection:" + id, string.Create(CultureInfo.InvariantCulture, $"{found[limit - 1].Position}|{found[limit - 1].Item.Id}"));
        return new([.. found.Take(limit).Select(entry => entry.Item)], next);
    }

    public async Task<AuthorView?> Owner(Guid account, CancellationToken cancel)
    {
        await using var command = database.CreateCommand("select a.id, a.handle, a.display_name, a.avatar from accounts a where a.id = $1");
        command.Parameters.AddWithValue(account);
        await using var row = await command.ExecuteReaderAsync(cancel);
        return await row.ReadAsync(cancel) ? Works.Author(row, 0, 3) : null;
    }

    /// <summary>The account's newest collections, each with whether the work is in it.</summary>
    public async Task<IReadOnlyList<CollectionChoice>> Choices(Guid account, Guid generation, int most, CancellationToken cancel)
    {
        await using var command = database.CreateCommand(string.Create(CultureInfo.InvariantCulture, $"""
            select c.id, c.name, exists (select 1 from collection_items i where i.collection_id = c.id and i.generation_id = $2)
            from collections c where c.account_id = $1 order by c.id desc limit {most}
            """));
        command.Parameters.AddWithValue(account);
        command.Parameters.AddWithValue(generation);
        await using var row = await command.ExecuteReaderAsync(cancel);
        var found = new List<CollectionChoice>();
        while (await row.ReadAsync(cancel)) found.Add(new(row.GetGuid(0), row.GetString(1), row.GetBoolean(2)));
        return found;
    }

    private CollectionView Row(NpgsqlDataReader row)
    {
        string? cover = null;
        if (!row.IsDBNull(8))
        {
            var key = row.GetString(8);
            var small = Thumbnails(row, 7, key, Whole(row, 9), Whole(row, 10), 11);
            // What has no picture of its own, such as sound, is no cover.
            cover = (small.FirstOrDefault(picture => picture.Width >= 320) ?? small.LastOrDefault())?.Url;
        }
        return new(row.GetGuid(0), row.GetString(1), Text(row, 2), row.GetString(3), cover, (int)row.GetInt64(6), row.GetGuid(4), row.GetFieldValue<DateTimeOffset>(5));
    }

    private CollectionItemView Item(NpgsqlDataReader row)
    {
        var (width, height) = (Whole(row, 13), Whole(row, 14));
        return new(row.GetGuid(0), Text(row, 1), Text(row, 2) ?? "", row.GetString(3), row.GetString(4), row.GetString(5), Works.Author(row, 6, 21), row.GetString(9), row.GetString(10),
            Thumbnails(row, 17, row.GetString(11), width, height, 16), Text(row, 12), width, height, row.IsDBNull(15) ? null : row.GetDouble(15), row.GetFieldValue<DateTimeOffset>(18))
        { Mature = row.GetBoolean(20) };
    }

    /// <summary>A published work's addresses are everybody's; an own private one's are signed.</summary>
    private ThumbnailView[] Thumbnails(NpgsqlDataReader row, int publication, string key, int? width, int? height, int widths)
    {
        Func<string, string> address = row.IsDBNull(publication) ? file => urls.Of(file) : Published(row.GetGuid(publication));
        return OutputViews.Thumbnails(row.GetFieldValue<int[]>(widths), key, width, height, address);
    }

    private static Func<string, string> Published(Guid publication) => file => OutputViews.PublishedUrl(publication, file);

    private static string? Text(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static int? Whole(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetInt32(column);
}
