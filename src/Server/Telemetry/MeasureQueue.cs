using Npgsql;

namespace Rpd.Server.Telemetry;

/// <summary>A recurring duty, for those who look at the queue's length from outside: metrics are read at once and cannot ask the database.</summary>
public sealed class MeasureQueue(NpgsqlDataSource database)
{
    public async Task<int> Run(CancellationToken cancel)
    {
        await using var command = database.CreateCommand("select lane, state, count(*), greatest(0, coalesce(extract(epoch from now() - min(run_at)), 0))::float8 from jobs group by lane, state");
        await using var row = await command.ExecuteReaderAsync(cancel);
        var lengths = new List<QueueLength>();
        while (await row.ReadAsync(cancel)) lengths.Add(new(row.GetString(0), row.GetString(1), row.GetInt64(2), row.GetDouble(3)));
        Measured.QueueIs(lengths);
        return 0;
    }
}
