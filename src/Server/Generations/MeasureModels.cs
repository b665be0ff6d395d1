using Npgsql;
using Rpd.Server.Catalog;

namespace Rpd.Server.Generations;

/// <summary>
/// Once a minute: how long each model really takes, from the latest runs of all. A model that has not run lately keeps its last figures. It looks at a
/// bounded number of rows, however many there are. What comes out sets the models' word for their speed and the deadlines of new runs.
/// </summary>
public sealed class MeasureModels(NpgsqlDataSource database, ModelCatalog catalog, TimeProvider time)
{
    private const int RowsMax = 20_000;

    /// <returns>0: nothing that anybody needs to read about each minute.</returns>
    public async Task<int> Run(CancellationToken cancel)
    {
        await using var command = database.CreateCommand("""
            insert into model_speeds (model, samples, p50_ms, p95_ms, p99_ms, measured_at)
            select model, count(*), percentile_cont(0.5) within group (order by ms), percentile_cont(0.95) within group (order by ms), percentile_cont(0.99) within group (order by ms), $2
            from (select model, extract(epoch from completed_at - started_at) * 1000 as ms
              from (select * from generations order by id desc limit $1) latest where status = 'completed' and started_at is not null and not test) runs
            group by model
            on conflict (model) do update set samples = excluded.samples, p50_ms = excluded.p50_ms, p95_ms = excluded.p95_ms, p99_ms = excluded.p99_ms, measured_at = excluded.measured_at
            """);
        command.Parameters.AddWithValue(RowsMax);
        command.Parameters.AddWithValue(time.GetUtcNow());
        await command.ExecuteNonQueryAsync(cancel);
        catalog.Times.Renew(await Measured(cancel));
        return 0;
    }

    private async Task<Dictionary<string, MeasuredTime>> Measured(CancellationToken cancel)
    {
        await using var command = database.CreateCommand("select model, samples, p50_ms, p99_ms from model_speeds");
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var measured = new Dictionary<string, MeasuredTime>();
        while (await reader.ReadAsync(cancel)) measured[reader.GetString(0)] = new(reader.GetInt32(1), reader.GetInt32(2), reader.GetInt32(3));
        return measured;
    }
}
