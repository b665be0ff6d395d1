using Npgsql;

namespace Rpd.Server.Generations;

/// <summary>What <see cref="MeasureModels"/> has found: by model, how many milliseconds it usually takes.</summary>
public sealed class ModelSpeeds(NpgsqlDataSource database)
{
    public async Task<IReadOnlyDictionary<string, int>> Usual(CancellationToken cancel)
    {
        await using var command = database.CreateCommand("select model, p50_ms from model_speeds");
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var measured = new Dictionary<string, int>();
        while (await reader.ReadAsync(cancel)) measured[reader.GetString(0)] = reader.GetInt32(1);
        return measured;
    }
}
