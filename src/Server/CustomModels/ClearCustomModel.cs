using Npgsql;
using Rpd.Server.Jobs;
using Rpd.Server.Storage;
using Rpd.Shared.CustomModels;

namespace Rpd.Server.CustomModels;

/// <summary>Erases what nobody needs any more: the examples once the training has ended, everything once there is no such model.</summary>
public sealed class ClearCustomModel(IStorage storage, NpgsqlDataSource database, JobBell bell) : IJob
{
    public const string Kind = "custom-model.clear";

    /// <summary>Inserts the job within a statement. The parts before it name account and id.</summary>
    internal const string InsertSql = "insert into jobs (kind, lane, args, state, run_at, attempts_max, created_at) select '" + Kind + "', 'quick', jsonb_build_object('account', account_id, 'id', id), 'ready', now(), 8, now() from ";

    public sealed record Args(Guid Account, Guid Id);

    public async Task<JobResult> Run(JobRun job, CancellationToken cancel)
    {
        await Erase(job.Read<Args>(), cancel);
        return JobResult.Done;
    }

    public async Task Erase(Args model, CancellationToken cancel)
    {
        await using var command = database.CreateCommand("select status from custom_models where id = $1");
        command.Parameters.AddWithValue(model.Id);
        var status = (string?)await command.ExecuteScalarAsync(cancel);
        if (status is null) await storage.DeleteAll(CustomModelKeys.Folder(model.Account, model.Id), cancel);
        else if (CustomModelStatus.Ended(status)) await storage.DeleteAll(CustomModelKeys.Examples(model.Account, model.Id), cancel);
    }

    /// <summary>In an hour, when what begins now has either become a model or broken off.</summary>
    public async Task Later(Guid account, Guid id, CancellationToken cancel)
    {
        await using var command = database.CreateCommand("insert into jobs (kind, lane, args, state, run_at, attempts_max, created_at) values ($1, 'quick', jsonb_build_object('account', $2, 'id', $3), 'ready', now() + interval '1 hour', 8, now())");
        command.Parameters.AddWithValue(Kind);
        command.Parameters.AddWithValue(account);
        command.Parameters.AddWithValue(id);
        await command.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>After the commit of <see cref="InsertSql"/>.</summary>
    public void Announce() => bell.Ring(Lanes.Quick);
}
