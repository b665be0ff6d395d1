using Npgsql;
using Rpd.Shared.Catalog;

namespace Rpd.Server.Generations;

/// <summary>What <see cref="MeasureModels"/> has measured, by model.</summary>
public sealed class ModelSpeeds(NpgsqlDataSource database)
{
    public async Task<IReadOnlyDictionary<string, SpeedView>> All(CancellationToken cancel)
    {
        await using var command = database.CreateCommand("select model, samples, p50_ms, p95_ms, measured_at from model_speeds");
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var measured = new Dictionary<string, SpeedView>();
        while (await reader.ReadAsync(cancel))
            measured[reader.GetString(0)] = new(reader.GetInt32(1), reader.GetInt32(2), reader.GetInt32(3), reader.GetFieldValue<DateTimeOffset>(4));
        return measured;
    }
}
