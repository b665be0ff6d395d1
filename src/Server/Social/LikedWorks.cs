using System.Globalization;
using Npgsql;
using Rpd.Server.Gallery;
using Rpd.Server.Http;
using Rpd.Shared;
using Rpd.Shared.Explore;

namespace Rpd.Server.Social;

/// <summary>What somebody likes, the latest first, of what is still in lists. Others see it when its owner has said so.</summary>
public sealed class LikedWorks(NpgsqlDataSource database, Cursors cursors)
{
    public const string ListName = "liked";

    public async Task<bool> Public(Guid account, CancellationToken cancel)
    {
        await using var command = database.CreateCommand("select likes_public from profiles where account_id = $1");
        command.Parameters.AddWithValue(account);
        return await command.ExecuteScalarAsync(cancel) is true;
    }

    /// <param name="mature">Whether the reader has asked for works for adults.</param>
    public async Task<Page<ExploreItem>> List(Guid account, string? position, int limit, CancellationToken cancel, bool mature)
    {
        await using var command = database.CreateCommand(string.Create(CultureInfo.InvariantCulture, $"""
            {Works.Columns}, l.created_at from likes l join publications p on p.id = l.publication_id{Works.Joined}
            where l.account_id = $1 and {Works.ListedFor(mature)}{(position is null ? "" : " and (l.created_at, l.publication_id) < ($2, $3)")}
            order by l.created_at desc, l.publication_id desc limit {limit + 1}
            """));
        command.Parameters.AddWithValue(account);
        if (position?.Split('|') is [var at, var id])
        {
            command.Parameters.AddWithValue(new DateTimeOffset(long.Parse(at, CultureInfo.InvariantCulture), TimeSpan.Zero));
            command.Parameters.AddWithValue(Guid.Parse(id));
        }
        await using var row = await command.ExecuteReaderAsync(cancel);
        var (found, last) = (new List<ExploreItem>(), "");
        while (await row.ReadAsync(cancel))
        {
            if (found.Count == limit) return new(found, cursors.Write(ListName, last));
            found.Add(Works.Row(row));
            last = string.Create(CultureInfo.InvariantCulture, $"{row.GetFieldValue<DateTimeOffset>(Works.Next).UtcTicks}|{row.GetGuid(0)}");
        }
        return new(found, null);
    }
}
