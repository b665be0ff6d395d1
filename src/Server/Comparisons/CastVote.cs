using Npgsql;
using NpgsqlTypes;
using Rpd.Shared;

namespace Rpd.Server.Comparisons;

/// <summary>An owner's verdict, once: the best of those that can be seen, that none is good, or the names without a verdict. The first one stands.</summary>
public sealed class CastVote(NpgsqlDataSource database, ComparisonQueries comparisons, TimeProvider time)
{
    public const string Best = "best", None = "none", Skipped = "skipped";

    /// <param name="picked">The best one's id, when <paramref name="choice"/> is <see cref="Best"/>.</param>
    public async Task<Refusal?> Run(Guid account, Guid id, string choice, string? picked, CancellationToken cancel)
    {
        if (await comparisons.Find(account, id, cancel) is not { } found) return Refusal.NotFound("The comparison");
        if (found.Open) return Refusal.Conflict("The names of this comparison can be seen already.");
        if (choice != Skipped && !found.Votable) return Refusal.Conflict("Vote when all of them are done.");
        var best = choice == Best ? found.Shown.FirstOrDefault(entry => entry.Id.ToString() == picked) : null;
        if (choice == Best && best is null) return Refusal.Invalid("best", "Choose one of those that can be seen, or none.");
        string[] losers = choice == Best ? [.. found.Shown.Where(entry => entry.Id != best!.Id).Select(entry => entry.Model)] : [];
        await using var command = database.CreateCommand("""
            insert into comparison_votes (comparison_id, account_id, type, choice, generation_id, winner, losers, voted_at)
            values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing
            """);
        command.Parameters.AddWithValue(id);
        command.Parameters.AddWithValue(account);
        command.Parameters.AddWithValue(found.Entries[0].Type);
        command.Parameters.AddWithValue(choice);
        command.Parameters.Add(new() { Value = (object?)best?.Id ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid });
        command.Parameters.Add(new() { Value = (object?)best?.Model ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
        command.Parameters.AddWithValue(losers);
        command.Parameters.AddWithValue(time.GetUtcNow());
        return await command.ExecuteNonQueryAsync(cancel) == 1 ? null : Refusal.Conflict("You have voted on this comparison already.");
    }
}
