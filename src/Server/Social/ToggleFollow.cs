using Npgsql;
using Rpd.Server.Gallery;
using Rpd.Server.Live;
using Rpd.Server.Notifications;
using Rpd.Shared;
using Rpd.Shared.Notifications;
using Rpd.Shared.Social;

namespace Rpd.Server.Social;

/// <summary>Follows, or ceases to: row, counter (<c>follow_toggle</c>) and notification in one transaction, under the lock of the one who is followed.</summary>
public sealed class ToggleFollow(NpgsqlDataSource database, LiveFeed live, TimeProvider time)
{
    /// <summary>A feed asks each of them for their newest work.</summary>
    public const int FollowingMax = 5_000;

    public static readonly LiveNumber Followers = new("followers", LiveStream.Profile,
        $"select a.id, coalesce(p.follower_count, 0)::bigint from accounts a left join profiles p on p.account_id = a.id where a.id = any($1) and {Works.Active}");

    /// <param name="wish">Following or not, whatever it is now; null turns it round.</param>
    public async Task<Outcome<FollowedView>> Run(Guid follower, Guid followee, CancellationToken cancel, bool? wish = null)
    {
        if (follower == followee) return Refusal.Invalid("userId", "Nobody can follow themselves.");
        var now = time.GetUtcNow();
        await using var connection = await database.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        if (await Toggle(transaction, follower, followee, wish, now, cancel) is not var (outcome, followers, name, handle)) return Refusal.NotFound("The user");
        if (outcome == "same") return new FollowedView(wish is true, followers);
        if (outcome == "full") return Refusal.Conflict($"You follow {FollowingMax} people, which is as many as one can.");
        if (outcome == "followed")
            await Notify.Write(transaction, new(followee, NotificationKinds.Follow, NotificationKinds.Follow, $"{name} follows you", $"/@{handle}", $"{name} and {{others}} follow you", follower), now, cancel);
        await transaction.CommitAsync(cancel);
        live.TellCount(Followers, followee);
        if (outcome == "followed") live.TellCount(Notify.Unread, followee);
        return new FollowedView(outcome == "followed", followers);
    }

    private static async Task<(string Outcome, int Followers, string Name, string Handle)?> Toggle(
        NpgsqlTransaction within, Guid follower, Guid followee, bool? wish, DateTimeOffset now, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(
            "select t.outcome, coalesce(t.followers, 0), a.display_name, a.handle from follow_toggle($1, $2, $3, $4, $5) t join accounts a on a.id = $1", within.Connection, within);
        command.Parameters.AddWithValue(follower);
        command.Parameters.AddWithValue(followee);
        command.Parameters.AddWithValue(now);
        command.Parameters.AddWithValue(FollowingMax);
        command.Parameters.Add(new() { Value = (object?)wish ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Boolean });
        await using var row = await command.ExecuteReaderAsync(cancel);
        return await row.ReadAsync(cancel) ? (row.GetString(0), row.GetInt32(1), row.GetString(2), row.GetString(3)) : null;
    }
}
