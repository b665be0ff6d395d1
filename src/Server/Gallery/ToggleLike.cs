using Npgsql;
using Rpd.Shared;
using Rpd.Shared.Explore;

namespace Rpd.Server.Gallery;

/// <summary>
/// Likes, or takes it back: row and counter in one statement (<c>like_toggle</c>). The counter is in no index, so that a work which everybody likes at
/// once is one short row lock; its rank follows by <see cref="RankWorks"/>.
/// </summary>
public sealed class ToggleLike(NpgsqlDataSource database, TimeProvider time)
{
    public async Task<Outcome<LikeView>> Run(Guid account, Guid work, CancellationToken cancel)
    {
        await using var command = database.CreateCommand("select liked, likes_now from like_toggle($1, $2, $3)");
        command.Parameters.AddWithValue(work);
        command.Parameters.AddWithValue(account);
        command.Parameters.AddWithValue(time.GetUtcNow());
        await using var reader = await command.ExecuteReaderAsync(cancel);
        return await reader.ReadAsync(cancel) ? new LikeView(reader.GetBoolean(0), reader.GetInt32(1)) : Refusal.NotFound("The work");
    }
}
