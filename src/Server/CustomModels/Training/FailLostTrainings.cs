using Npgsql;
using Rpd.Server.Live;
using Rpd.Shared.CustomModels;

namespace Rpd.Server.CustomModels.Training;

/// <summary>The duty that ends what no job will end any more: a training whose every try has taken its server down, or ran out of time to say that it failed.</summary>
public sealed class FailLostTrainings(NpgsqlDataSource database, LiveFeed live, ClearCustomModel clear)
{
    private const string Sql = $"""
        with failed as (
          update custom_models m set status = 'failed', error = 'The training broke off with the server, several times. Send fewer or smaller examples.', version = version + 1, completed_at = now()
          where m.status in ('queued', 'training') and not exists (select 1 from jobs j where j.kind = '{TrainCustomModel.Kind}' and j.state in ('ready', 'running') and j.args ->> 'id' = m.id::text)
          returning id, account_id, progress, version),
        cleared as ({ClearCustomModel.InsertSql} failed)
        select id, account_id, progress, version from failed
        """;

    public async Task<int> Run(CancellationToken cancel)
    {
        await using var command = database.CreateCommand(Sql);
        await using var row = await command.ExecuteReaderAsync(cancel);
        var failed = 0;
        for (; await row.ReadAsync(cancel); failed++) live.Tell(row.GetGuid(1), CustomModelQueries.Nudge(row.GetGuid(0), CustomModelStatus.Failed, row.GetInt32(2), row.GetInt32(3)));
        if (failed > 0) clear.Announce();
        return failed;
    }
}
