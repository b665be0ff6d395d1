using Npgsql;
using Rpd.Shared;
using Rpd.Shared.Social;

namespace Rpd.Server.Social;

/// <summary>Follows, or ceases to: row and counter in one statement (<c>follow_toggle</c>), under the lock of the one who is followed.</summary>
public sealed class ToggleFollow(NpgsqlDataSource database, TimeProvider time)
{
    /// <summary>A feed asks each of them for their newest work.</summary>
    public const int FollowingMax = 5_000;

    public async Task<Outcome<FollowedView>> Run(Guid follower, Guid followee, CancellationToken cancel)
    {
        if (follower == followee) return Refusal.Invalid("userId", "Nobody can follow themselves.");
        await using var command = database.CreateCommand("select outcome, followers from follow_toggle($1, $2, $3, $4)");
        command.Parameters.AddWithValue(follower);
        command.Parameters.AddWithValue(followee);
        command.Parameters.AddWithValue(time.GetUtcNow());
        command.Parameters.AddWithValue(FollowingMax);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        if (!await reader.ReadAsync(cancel)) return Refusal.NotFound("The user");
        return reader.GetString(0) switch
        {
            "full" => Refusal.Conflict($"You follow {FollowingMax} people, which is as many as one can."),
            var outcome => new FollowedView(outcome == "followed", reader.GetInt32(1)),
        };
    }
}
