using System.Globalization;
using Npgsql;
using Rpd.Server.Gallery;
using Rpd.Server.Http;
using Rpd.Shared;
using Rpd.Shared.Explore;

namespace Rpd.Server.Social;

/// <summary>
/// Works of people, newest first: of one, or of all somebody follows. A feed is put together when it is read. Mostly the newest works of everybody hold
/// a page of it. Where they do not, the newest works of many people are by those whose own newest work is newest, so it takes one step into the index
/// for each who is followed, and only of as many as the page is long the works themselves.
/// </summary>
public sealed class FeedQueries(NpgsqlDataSource database, Cursors cursors)
{
    /// <summary>So many of everybody's newest works are looked through first. It costs a third of the steps for a thousand who are followed.</summary>
    private const int Window = 3_000;

    /// <summary>Works of suspended people that may be among those found there.</summary>
    private const int Spare = 25;

    /// <param name="mature">Whether the reader has asked for works for adults.</param>
    public async Task<Page<ExploreItem>> Of(Guid author, string? position, int limit, CancellationToken cancel, bool mature) =>
        Cut("works", await Read(author, after => $"{Works.Columns} from publications p{Works.Joined} where p.account_id = $1 and {Works.ListedFor(mature)}{after}", position, limit, cancel), limit);

    public async Task<Page<ExploreItem>> For(Guid reader, string? position, int limit, CancellationToken cancel, bool mature)
    {
        var found = await Read(reader, after => Among(after, limit, mature), position, limit, cancel);
        return Cut("feed", found.Count > limit ? found : await Read(reader, after => ByEach(after, limit, mature), position, limit, cancel), limit);
    }

    // "is true" keeps the planner from joining: it filters on the way, in order, and ends when the page is full.
    private static string Among(string after, int limit, bool mature) => string.Create(CultureInfo.InvariantCulture, $"""
        with newest as materialized (
          select p.id, p.published_at from (
            select p.id, p.account_id, p.published_at from publications p where {Works.InLists(mature)}{after} order by p.published_at desc, p.id desc limit {Window}) p
          where (p.account_id in (select followee_id from follows where follower_id = $1)) is true order by p.published_at desc, p.id desc limit {limit + 1 + Spare}
        )
        {Works.Columns} from newest n join publications p on p.id = n.id{Works.Joined} where {Works.ListedFor(mature)}
        """);

    private static string ByEach(string after, int limit, bool mature)
    {
        var most = (limit + 1).ToString(CultureInfo.InvariantCulture);
        return $"""
            with latest as materialized (
              select l.followee_id from (
                select f.followee_id, n.published_at, n.id from follows f cross join lateral (
                  select p.published_at, p.id from publications p where p.account_id = f.followee_id and {Works.InLists(mature)}{after} order by p.published_at desc, p.id desc limit 1) n
                where f.follower_id = $1 order by n.published_at desc, n.id desc limit {ToggleFollow.FollowingMax}) l
              join accounts a on a.id = l.followee_id where {Works.Active} order by l.published_at desc, l.id desc limit {most}
            ), newest as materialized (
              select p.id from latest l cross join lateral (
                select p.id, p.published_at from publications p where p.account_id = l.followee_id and {Works.InLists(mature)}{after} order by p.published_at desc, p.id desc limit {most}) p
              order by p.published_at desc, p.id desc limit {most}
            )
            {Works.Columns} from newest n join publications p on p.id = n.id{Works.Joined} where {Works.ListedFor(mature)}
            """;
    }

    private async Task<List<(ExploreItem Item, Guid Publication)>> Read(Guid account, Func<string, string> sql, string? position, int limit, CancellationToken cancel)
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
        return found;
    }

    private Page<ExploreItem> Cut(string list, List<(ExploreItem Item, Guid Publication)> found, int limit)
    {
        var next = found.Count <= limit ? null
            : cursors.Write(list, string.Create(CultureInfo.InvariantCulture, $"{found[limit - 1].Item.PublishedAt.Ticks}|{found[limit - 1].Publication}"));
        return new([.. found.Take(limit).Select(row => row.Item)], next);
    }
}
