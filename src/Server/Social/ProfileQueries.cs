using System.Globalization;
using Npgsql;
using Rpd.Server.Accounts.Avatars;
using Rpd.Server.Gallery;
using Rpd.Server.Http;
using Rpd.Shared;
using Rpd.Shared.Social;

namespace Rpd.Server.Social;

/// <summary>People as others see them. Whoever is suspended or gone has no profile and is in no list.</summary>
public sealed class ProfileQueries(NpgsqlDataSource database, Cursors cursors)
{
    private const int CountMax = 10_000;

    /// <param name="user">An account's id, or its handle after an @.</param>
    /// <returns>The account; null when there is none to be seen.</returns>
    public async Task<Guid?> Who(string user, CancellationToken cancel)
    {
        var byHandle = user.StartsWith('@');
        var id = Guid.Empty;
        if (!byHandle && !Guid.TryParse(user, out id)) return null;
        await using var command = database.CreateCommand($"select a.id from accounts a where {(byHandle ? "a.handle" : "a.id")} = $1 and {Works.Active}");
        command.Parameters.AddWithValue(byHandle ? user[1..].ToLowerInvariant() : id);
        return (Guid?)await command.ExecuteScalarAsync(cancel);
    }

    /// <param name="caller">Null for strangers.</param>
    /// <param name="mature">Whether the caller has asked for works for adults; of their own they count in any case.</param>
    /// <returns>Without works; null when there is nobody.</returns>
    public async Task<ProfileView?> Find(Guid account, Guid? caller, CancellationToken cancel, bool mature)
    {
        await using var command = database.CreateCommand($"""
            select a.id, a.handle, a.display_name, p.bio, coalesce(p.follower_count, 0),
              (select count(*) from follows f where f.follower_id = a.id),
              (select count(*) from (select 1 from publications p where p.account_id = a.id and {Works.InLists(mature || caller == account)} limit {CountMax}) works),
              exists (select 1 from follows f where f.follower_id = $2 and f.followee_id = a.id), a.avatar
            from accounts a left join profiles p on p.account_id = a.id where a.id = $1 and {Works.Active}
            """);
        command.Parameters.AddWithValue(account);
        command.Parameters.AddWithValue(caller ?? Guid.Empty);
        await using var row = await command.ExecuteReaderAsync(cancel);
        return await row.ReadAsync(cancel)
            ? new(row.GetGuid(0), row.GetString(1), row.GetString(2), row.IsDBNull(3) ? null : row.GetString(3), Works.AvatarOf(row, 8, Avatar.Large), (int)row.GetInt64(6), row.GetInt32(4), (int)row.GetInt64(5),
                row.GetBoolean(7), [])
            : null;
    }

    /// <summary>Which of these people somebody follows.</summary>
    public async Task<IReadOnlySet<Guid>> FollowedBy(Guid? follower, IReadOnlyList<FollowView> people, CancellationToken cancel)
    {
        var followed = new HashSet<Guid>();
        if (follower is not { } account || people.Count == 0) return followed;
        await using var command = database.CreateCommand("select f.followee_id from follows f where f.follower_id = $1 and f.followee_id = any($2)");
        command.Parameters.AddWithValue(account);
        command.Parameters.AddWithValue(people.Select(person => person.UserId).ToArray());
        await using var row = await command.ExecuteReaderAsync(cancel);
        while (await row.ReadAsync(cancel)) followed.Add(row.GetGuid(0));
        return followed;
    }

    public Task<Page<FollowView>> Followers(Guid account, string? position, int limit, CancellationToken cancel) =>
        List("followers", "f.followee_id", "f.follower_id", account, position, limit, cancel);

    public Task<Page<FollowView>> Following(Guid account, string? position, int limit, CancellationToken cancel) =>
        List("following", "f.follower_id", "f.followee_id", account, position, limit, cancel);

    private async Task<Page<FollowView>> List(string list, string whose, string shown, Guid account, string? position, int limit, CancellationToken cancel)
    {
        var after = position is null ? "" : $" and (f.created_at, {shown}) < ($2, $3)";
        await using var command = database.CreateCommand($"""
            select a.id, a.handle, a.display_name, f.created_at, a.avatar from follows f join accounts a on a.id = {shown}
            where {whose} = $1 and {Works.Active}{after} order by f.created_at desc, {shown} desc limit {(limit + 1).ToString(CultureInfo.InvariantCulture)}
            """);
        command.Parameters.AddWithValue(account);
        if (position?.Split('|') is [var at, var id])
        {
            command.Parameters.AddWithValue(new DateTimeOffset(long.Parse(at, CultureInfo.InvariantCulture), TimeSpan.Zero));
            command.Parameters.AddWithValue(Guid.Parse(id));
        }
        await using var row = await command.ExecuteReaderAsync(cancel);
        var found = new List<FollowView>();
        while (await row.ReadAsync(cancel)) found.Add(new(row.GetGuid(0), row.GetString(1), row.GetString(2), Works.AvatarOf(row, 4), row.GetFieldValue<DateTimeOffset>(3)));
        var last = found.Count > limit ? found[limit - 1] : null;
        return new([.. found.Take(limit)], last is null ? null : cursors.Write(list, string.Create(CultureInfo.InvariantCulture, $"{last.Since.Ticks}|{last.UserId}")));
    }
}
