using Npgsql;
using Rpd.Server.Jobs;

namespace Rpd.Server.Webhooks;

/// <summary>Writes a batch of attempts and what follows from them for their webhooks, in one transaction.</summary>
public sealed class RecordAttempts(NpgsqlDataSource database, JudgeWebhooks judge, JobBell bell)
{
    public async Task Run(IReadOnlyList<AttemptOutcome> outcomes, CancellationToken cancel)
    {
        await using var connection = await database.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await DeliveryQueue.Record(transaction, outcomes, cancel);
        var stopped = await judge.Run(transaction, outcomes, cancel);
        await transaction.CommitAsync(cancel);
        if (stopped) bell.Ring(Lanes.Quick);
    }
}
