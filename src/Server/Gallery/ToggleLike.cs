using Npgsql;
using Rpd.Server.Live;
using Rpd.Server.Notifications;
using Rpd.Shared;
using Rpd.Shared.Explore;
using Rpd.Shared.Notifications;

namespace Rpd.Server.Gallery;

/// <summary>
/// Likes, or takes it back: row, counter (<c>like_toggle</c>) and the author's notification in one transaction. The counter is in no index, so that a work
/// which everybody likes at once is one short row lock; its rank follows by <see cref="RankWorks"/>.
/// </summary>
public sealed class ToggleLike(NpgsqlDataSource database, LiveFeed live, TimeProvider time)
{
    private const int NameMax = 60;

    /// <summary>Of works that others may read by their address.</summary>
    public static readonly LiveNumber Likes = new("likes", LiveStream.Work,
        $"select p.generation_id, p.like_count::bigint from publications p join accounts a on a.id = p.account_id where p.generation_id = any($1) and {Works.Open}");

    /// <param name="wish">Liking it or not, whatever it is now; null turns it round.</param>
    public async Task<Outcome<LikeView>> Run(Guid account, Guid work, CancellationToken cancel, bool? wish = null)
    {
        var now = time.GetUtcNow();
        await using var connection = await database.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        if (await Toggle(transaction, account, work, wish, now, cancel) is not { } toggled) return Refusal.NotFound("The work");
        if (toggled.Notice is { } notice) await Notify.Write(transaction, notice, now, cancel);
        await transaction.CommitAsync(cancel);
        live.TellCount(Likes, work);
        if (toggled.Notice is not null) live.TellCount(Notify.Unread, toggled.Notice.Account);
        return toggled.View;
    }

    private static async Task<(LikeView View, Notice? Notice)?> Toggle(NpgsqlTransaction within, Guid account, Guid work, bool? wish, DateTimeOffset now, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand("""
            select t.liked, t.likes_now, t.author, t.publication, fan.display_name, coalesce(g.title, g.prompt, '')
            from like_toggle($1, $2, $3, $4) t join generations g on g.id = $1 join accounts fan on fan.id = $2
            """, within.Connection, within);
        command.Parameters.AddWithValue(work);
        command.Parameters.AddWithValue(account);
        command.Parameters.AddWithValue(now);
        command.Parameters.Add(new() { Value = (object?)wish ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Boolean });
        await using var row = await command.ExecuteReaderAsync(cancel);
        if (!await row.ReadAsync(cancel)) return null;
        var view = new LikeView(row.GetBoolean(0), row.GetInt32(1));
        if (!view.Liked || row.IsDBNull(2) || row.GetGuid(2) == account) return (view, null);
        var author = row.GetGuid(2);
        var (fan, liked) = (row.GetString(4), Short(row.GetString(5)));
        return (view, new(author, NotificationKinds.Like, $"like:{row.GetGuid(3)}", $"{fan} liked {liked}", $"/works/{work}", $"{fan} and {{others}} liked {liked}", account));
    }

    private static string Short(string name) => name.Length == 0 ? "your work" : name.Length <= NameMax ? $"“{name}”" : $"“{Cut.At(name, NameMax).TrimEnd()}…”";
}
