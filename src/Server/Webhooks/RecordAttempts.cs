using Npgsql;
using Rpd.Server.Jobs;
using Rpd.Server.Live;
using Rpd.Server.Notifications;

namespace Rpd.Server.Webhooks;

/// <summary>Writes a batch of attempts and what follows from them for their webhooks, in one transaction.</summary>
public sealed class RecordAttempts(NpgsqlDataSource database, JudgeWebhooks judge, JobBell bell, LiveFeed live)
{
    public async Task Run(IReadOnlyList<AttemptOutcome> outcomes, CancellationToken cancel)
    {
        await using var connection = await database.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await DeliveryQueue.Record(transaction, outcomes, cancel);
        var stopped = await judge.Run(transaction, outcomes, cancel);
        await transaction.CommitAsync(cancel);
        if (stopped.Count > 0) bell.Ring(Lanes.Quick);
        foreach (var account in stopped) live.TellCount(Notify.Unread, account);
    }
}
