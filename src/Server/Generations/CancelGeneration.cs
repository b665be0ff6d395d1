using Npgsql;
using Rpd.Server.Credits;
using Rpd.Server.Generations.Remote;
using Rpd.Server.Providers.Vendors;
using Rpd.Shared;
using Rpd.Shared.Generations;

namespace Rpd.Server.Generations;

/// <summary>
/// An owner stops a generation that is queued or processing. What vendors have begun that cannot stop is paid for; everything else comes back. A vendor that
/// can stop is told to by the job, after the credits are back.
/// </summary>
public sealed class CancelGeneration(
    EndGeneration end, GenerationQueries queries, AnnounceEnding announce, NpgsqlDataSource database, VendorList vendors, CreditOptions credits)
{
    /// <param name="test">Runs of test keys and all others do not see each other.</param>
    /// <param name="returns">Credits that were said to come back; if it is less by now, nothing is cancelled and the answer is a conflict.</param>
    public async Task<Refusal?> Run(Guid account, Guid id, CancellationToken cancel, bool test = false, long returns = 0)
    {
        if (await end.Run(id, Ending.Cancelled(returns), owner: (account, test), cancel: cancel) is { } ended)
        {
            announce.After(ended);
            return null;
        }
        return await queries.Status(account, id, cancel, test) switch
        {
            null => Refusal.NotFound("The generation"),
            GenerationStatus.Queued or GenerationStatus.Processing => Refusal.Conflict("The provider has begun in the meantime: less would come back than was said."),
            var status => Refusal.Conflict($"The generation is {status} and cannot be cancelled."),
        };
    }

    /// <summary>Credits that would come back now; null when it has ended.</summary>
    public async Task<long?> Returns(GenerationView run, CancellationToken cancel)
    {
        if (GenerationStatus.Ended(run.Status)) return null;
        if (credits.RefundUncancellable) return run.CreditsCost;
        await using var command = database.CreateCommand($"select {Submissions.BegunSql("$2")} from generations g where g.id = $1");
        command.Parameters.AddWithValue(run.Id);
        command.Parameters.AddWithValue(vendors.Cancelling);
        return Ending.Returns(run.CreditsCost, run.Count, (int)(await command.ExecuteScalarAsync(cancel) ?? 0));
    }
}
