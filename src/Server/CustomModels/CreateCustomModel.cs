using Npgsql;
using Rpd.Server.CustomModels.Examples;
using Rpd.Server.CustomModels.Training;
using Rpd.Server.Jobs;
using Rpd.Server.Storage;
using Rpd.Shared;

namespace Rpd.Server.CustomModels;

/// <summary>Takes the examples in and queues the training. What is refused, and what a crash leaves behind on the way, is erased again.</summary>
public sealed class CreateCustomModel(CheckExamples check, PlanModels plans, IStorage storage, NpgsqlDataSource database, ClearCustomModel clear, JobBell bell, TimeProvider time)
{
    /// <param name="file">From its beginning.</param>
    /// <returns>The model's id.</returns>
    public async Task<Outcome<Guid>> Run(Guid account, string plan, NewCustomModel wish, Stream file, CancellationToken cancel)
    {
        if (plans.Refuse(plan) is { } without) return without;
        var found = await check.Run(wish.Kind, file, cancel);
        if (found.Declined) return found.Refusal;
        var id = Guid.CreateVersion7(time.GetUtcNow());
        await clear.Later(account, id, cancel);
        await storage.Put(CustomModelKeys.Examples(account, id), file, cancel);
        if (await Queue(account, plan, wish, id, found.Value, cancel))
        {
            bell.Ring(TrainCustomModel.Lane);
            return id;
        }
        await storage.DeleteAll(CustomModelKeys.Folder(account, id), CancellationToken.None);
        return Refusal.Conflict($"You have {plans.Most(plan)} custom models, which is as many as the plan {plan} has. Delete one first.");
    }

    private async Task<bool> Queue(Guid account, string plan, NewCustomModel wish, Guid id, ExamplesFound found, CancellationToken cancel)
    {
        await using var connection = await database.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        // Of two at once the second counts the first.
        await using (var turn = new NpgsqlCommand("select pg_advisory_xact_lock(hashtextextended('custom_models:' || $1, 0))", connection) { Parameters = { new() { Value = account.ToString() } } })
            await turn.ExecuteNonQueryAsync(cancel);
        await using var insert = new NpgsqlCommand("""
            insert into custom_models (id, account_id, name, kind, seed, labels, examples, created_at)
            select $1, $2, $3, $4, $5, $6, $7, $8 where (select count(*) from custom_models where account_id = $2) < $9
            """, connection)
        {
            Parameters =
            {
                new() { Value = id }, new() { Value = account }, new() { Value = wish.Name }, new() { Value = wish.Kind }, new() { Value = wish.Seed },
                new() { Value = found.Labels }, new() { Value = found.Count }, new() { Value = time.GetUtcNow() }, new() { Value = plans.Most(plan) },
            },
        };
        if (await insert.ExecuteNonQueryAsync(cancel) == 0) return false;
        await InsertJob.Run(transaction, TrainCustomModel.Job(account, id, time.GetUtcNow()), cancel);
        await transaction.CommitAsync(cancel);
        return true;
    }
}
