using Npgsql;
using Rpd.Server.Database;

namespace Rpd.Server.Events;

/// <summary>Events are kept for 30 days.</summary>
public sealed class ForgetEvents(NpgsqlDataSource database, TimeProvider time)
{
    public Task<int> Run(CancellationToken cancel) => InPieces.Delete(
        database, "delete from events where id in (select id from events where at < $2 order by at limit $1)", time.GetUtcNow().AddDays(-30), cancel);
}
