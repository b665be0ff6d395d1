using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using Rpd.Server.CustomModels.Learning;
using Rpd.Server.Live;
using Rpd.Shared.CustomModels;

namespace Rpd.Server.CustomModels.Training;

/// <summary>What a training needs of its model's row.</summary>
public sealed record ModelToTrain(Guid Id, Guid AccountId, string Kind, int Seed, string[] Labels);

/// <summary>The steps of a training's row. Each is conditional on the one before, so that of two trainings of one model one ends it; each is told to open pages.</summary>
public sealed class TrainingRows(NpgsqlDataSource database, LiveFeed live, ClearCustomModel clear)
{
    /// <returns>Null when there is nothing to train any more.</returns>
    public async Task<ModelToTrain?> Begin(Guid id, CancellationToken cancel)
    {
        await using var command = database.CreateCommand("""
            update custom_models set status = 'training', progress = 0, version = version + 1 where id = $1 and status in ('queued', 'training')
            returning account_id, kind, seed, labels, version
            """);
        command.Parameters.AddWithValue(id);
        await using var row = await command.ExecuteReaderAsync(cancel);
        if (!await row.ReadAsync(cancel)) return null;
        var model = new ModelToTrain(id, row.GetGuid(0), row.GetString(1), row.GetInt32(2), row.GetFieldValue<string[]>(3));
        live.Tell(model.AccountId, CustomModelQueries.Nudge(id, CustomModelStatus.Training, 0, row.GetInt32(4)));
        return model;
    }

    /// <returns>False when the model is gone.</returns>
    public async Task<bool> Report(Guid id, int percent, CancellationToken cancel)
    {
        await using var command = database.CreateCommand("""
            with moved as (update custom_models set progress = $2, version = version + 1 where id = $1 and status = 'training' and progress < $2 returning account_id, version)
            select account_id, version from moved union all select null, null where exists (select 1 from custom_models where id = $1) limit 1
            """);
        command.Parameters.AddWithValue(id);
        command.Parameters.AddWithValue(percent);
        await using var row = await command.ExecuteReaderAsync(cancel);
        if (!await row.ReadAsync(cancel)) return false;
        if (!await row.IsDBNullAsync(0, cancel)) live.Tell(row.GetGuid(0), CustomModelQueries.Nudge(id, CustomModelStatus.Training, percent, row.GetInt32(1)));
        return true;
    }

    /// <returns>False when it has ended already, or is gone.</returns>
    public Task<bool> Complete(Guid id, Verdict verdict, CancellationToken cancel) => End(id, CustomModelStatus.Ready, "status = 'ready', progress = 100, metrics = $2",
        new() { Value = JsonSerializer.Serialize(verdict, JsonSerializerOptions.Web), NpgsqlDbType = NpgsqlDbType.Jsonb }, cancel);

    /// <inheritdoc cref="Complete"/>
    public Task<bool> Fail(Guid id, string reason, CancellationToken cancel) => End(id, CustomModelStatus.Failed, "status = 'failed', error = $2", new() { Value = reason }, cancel);

    private async Task<bool> End(Guid id, string status, string set, NpgsqlParameter value, CancellationToken cancel)
    {
        await using var command = database.CreateCommand($"""
            with ended as (update custom_models set {set}, version = version + 1, completed_at = now() where id = $1 and status = 'training' returning id, account_id, progress, version),
            cleared as ({ClearCustomModel.InsertSql} ended)
            select account_id, progress, version from ended
            """);
        command.Parameters.AddWithValue(id);
        command.Parameters.Add(value);
        await using var row = await command.ExecuteReaderAsync(cancel);
        if (!await row.ReadAsync(cancel)) return false;
        live.Tell(row.GetGuid(0), CustomModelQueries.Nudge(id, status, row.GetInt32(1), row.GetInt32(2)));
        clear.Announce();
        return true;
    }
}
