using System.Globalization;
using Npgsql;
using Rpd.Server.Gallery;
using Rpd.Server.Http;
using Rpd.Shared;
using Rpd.Shared.Explore;

namespace Rpd.Server.Social;

/// <summary>
/// Works of people, newest first: of one, or of all somebody follows. A feed is put together when it is read. The newest works of many people are by
/// those whose own newest work is newest, so it takes one step into the index for each who is followed, and only of as many as the page is long the
/// works themselves.
/// </summary>
public sealed class FeedQueries(NpgsqlDataSource database, Cursors cursors)
{
    public Task<Page<ExploreItem>> Of(Guid author, string? position, int limit, CancellationToken cancel) =>
        Read("works", author, after => $"{Works.Columns} from publications p{Works.Joined} where p.account_id = $1 and {Works.Listed}{after}", position, limit, cancel);

    public Task<Page<ExploreItem>> For(Guid reader, string? position, int limit, CancellationToken cancel)
    {
        var most = (limit + 1).ToString(CultureInfo.InvariantCulture);
        return Read("feed", reader, after => $"""
            with latest as materialized (
              select l.followee_id from (
                select f.followee_id, n.published_at, n.id from follows f cross join lateral (
                  select p.published_at, p.id from publications p where p.account_id = f.followee_id and p.listed{after} order by p.published_at desc, p.id desc limit 1) n
                where f.follower_id = $1 order by n.published_at desc, n.id desc limit {ToggleFollow.FollowingMax}) l
              join accounts a on a.id = l.followee_id where {Works.Active} order by l.published_at desc, l.id desc limit {most}
            ), newest as materialized (
              select p.* from latest l cross join lateral (
                select p.* from publications p where p.account_id = l.followee_id and p.listed{after} order by p.published_at desc, p.id desc limit {most}) p
              order by p.published_at desc, p.id desc limit {most}
            )
            {Works.Columns} from newest p{Works.Joined} where {Works.Listed}
            """, position, limit, cancel);
    }

    private async Task<Page<ExploreItem>> Read(string list, Guid account, Func<string, string> sql, string? position, int limit, CancellationToken cancel)
    {
        await using var command = database.CreateCommand(string.Create(CultureInfo.InvariantCulture,
            $"{sql(position is null ? "" : " and (p.published_at, p.id) < ($2, $3)")} order by p.published_at desc, p.id desc limit {limit + 1}"));
        command.Parameters.AddWithValue(account);
        if (position?.Split('|') is [var at, var id])
        {
            command.Parameters.AddWithValue(new DateTimeOffset(long.Parse(at, CultureInfo.InvariantCulture), TimeSpan.Zero));
            command.Parameters.AddWithValue(Guid.Parse(id));
        }
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var found = new List<(ExploreItem Item, Guid Publication)>();
        while (await reader.ReadAsync(cancel)) found.Add((Works.Row(reader), reader.GetGuid(0)));
        var next = found.Count <= limit ? null
            : cursors.Write(list, string.Create(CultureInfo.InvariantCulture, $"{found[limit - 1].Item.PublishedAt.Ticks}|{found[limit - 1].Publication}"));
        return new([.. found.Take(limit).Select(row => row.Item)], next);
    }
}
