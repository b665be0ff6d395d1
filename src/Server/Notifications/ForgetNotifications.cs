using Npgsql;
using Rpd.Server.Database;

namespace Rpd.Server.Notifications;

/// <summary>What was read is kept for 90 days, what was not for a year.</summary>
public sealed class ForgetNotifications(NpgsqlDataSource database, TimeProvider time)
{
    public async Task<int> Run(CancellationToken cancel) =>
        await InPieces.Delete(database, "delete from notifications where id in (select id from notifications where created_at < $2 order by created_at limit $1)", time.GetUtcNow().AddYears(-1), cancel)
        + await InPieces.Delete(database, "delete from notifications where id in (select id from notifications where created_at < $2 and read_at is not null order by created_at limit $1)", time.GetUtcNow().AddDays(-90), cancel);
}
