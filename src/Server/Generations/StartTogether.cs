using Npgsql;
using Rpd.Server.Credits;
using Rpd.Server.Generations.Inputs;
using Rpd.Server.Http;
using Rpd.Server.Prompts;
using Rpd.Shared;

namespace Rpd.Server.Generations;

/// <summary>
/// Starts several generations or none: one transaction, one batch of statements, a reservation for each. The balance is locked before the first, so that
/// a refusal can say what all of them need and what there was.
/// </summary>
public sealed class StartTogether(
    NpgsqlDataSource database, StartStatement statement, StartGeneration start, CheckInputs inputs, ContentPolicy policy, CreditOptions credits, TimeProvider time)
{
    /// <param name="once">The request's Idempotency-Key, when it has one: the answer is stored by the transaction that starts them.</param>
    /// <param name="answer">Makes the answer from what was started.</param>
    /// <param name="field">The name of request number n in error details: <c>items[3].</c></param>
    public async Task<Outcome<StoredAnswer>> Run(
        IReadOnlyList<NewGeneration> requests, Payer payer, GenerationGroup group, IdempotentScope? once, Func<int, string> field,
        Func<IReadOnlyList<StartedGeneration>, StoredAnswer> answer, CancellationToken cancel)
    {
        await using var connection = once is null ? await database.OpenConnectionAsync(cancel) : null;
        await using var own = connection is null ? null : await connection.BeginTransactionAsync(cancel);
        var within = own ?? once!.Transaction;
        if (requests.Select(start.Off).FirstOrDefault(off => off is not null) is { } off) return off;
        if (Violation(requests, field) is { } violation) return violation;
        if (await WrongInputs(requests, payer, within, field, cancel) is { } wrong) return wrong;
        var started = await Reserve(requests, payer, group, within, cancel);
        if (started.Declined) return started.Refusal;
        var made = answer(started.Value);
        if (once is not null) await once.Commit(made, cancel);
        else await within.CommitAsync(cancel);
        foreach (var (one, request) in started.Value.Zip(requests)) start.Announce(payer, one.Id, request.Entry.Provider);
        return made;
    }

    private Refusal? Violation(IReadOnlyList<NewGeneration> requests, Func<int, string> field)
    {
        var broken = requests.Index().Select(one => (Prefix: field(one.Index), Refusal: policy.Refuse(one.Item.Prompt, one.Item.Title, one.Item.Params)))
            .Where(one => one.Refusal is not null).ToArray();
        return broken.Length == 0 ? null : broken[0].Refusal! with { Details = [.. broken.SelectMany(one => one.Refusal!.Details!.Select(detail => Named(detail, one.Prefix))).Distinct()] };
    }

    private static FieldError Named(FieldError error, string prefix) => new(prefix + error.Field, prefix + error.Message);

    private async Task<Refusal?> WrongInputs(
        IReadOnlyList<NewGeneration> requests, Payer payer, NpgsqlTransaction within, Func<int, string> field, CancellationToken cancel)
    {
        var wrong = new List<FieldError>();
        foreach (var (index, request) in requests.Index())
            wrong.AddRange((await inputs.Run(request, payer, within, cancel)).Select(one => Named(one, field(index))));
        return wrong.Count == 0 ? null : Refusal.Invalid([.. wrong.Distinct()]);
    }

    private async Task<Outcome<IReadOnlyList<StartedGeneration>>> Reserve(
        IReadOnlyList<NewGeneration> requests, Payer payer, GenerationGroup group, NpgsqlTransaction within, CancellationToken cancel)
    {
        var now = StartStatement.Now(time);
        // Within a millisecond ids are random: sorted, they keep the order of the request.
        var ids = requests.Select(_ => Guid.CreateVersion7(now)).Order().ToArray();
        await using var batch = new NpgsqlBatch(within.Connection, within);
        batch.BatchCommands.Add(new NpgsqlBatchCommand("select promo, allowance + purchased from credit_balances where account_id = $1 for update") { Parameters = { new() { Value = payer.AccountId } } });
        foreach (var (index, request) in requests.Index())
        {
            var command = new NpgsqlBatchCommand(StartStatement.SqlFor(payer));
            statement.Bind(command.Parameters, request, payer, group, ids[index], now);
            batch.BatchCommands.Add(command);
        }
        await using var reader = await batch.ExecuteReaderAsync(cancel);
        var (promo, rest) = await reader.ReadAsync(cancel) ? (reader.GetInt64(0), reader.GetInt64(1)) : (0, 0);
        var started = new List<StartedGeneration>();
        foreach (var (index, request) in requests.Index())
        {
            await reader.NextResultAsync(cancel);
            await reader.ReadAsync(cancel);
            var (outcome, balance) = (reader.GetString(0), reader.GetInt64(1));
            if (outcome != "ok") return Decline(outcome, balance, started.Sum(one => one.CreditsCost), requests, payer, promo, rest);
            started.Add(new(ids[index], now, request.Price.Credits, balance));
        }
        return started;
    }

    /// <param name="before">What those before the declined one would have cost.</param>
    private Refusal Decline(string outcome, long balance, long before, IReadOnlyList<NewGeneration> requests, Payer payer, long promo, long rest)
    {
        var total = requests.Sum(request => request.Price.Credits);
        var byPromo = requests.Where(request => credits.PromoPays(request.Entry.Provider, request.Entry.Id)).Sum(request => request.Price.Credits);
        return payer.Decline(outcome, total, outcome switch
        {
            "short" when payer.Test => balance + before,
            "short" => rest + (byPromo == total ? promo : Math.Min(promo, byPromo)),
            "capped" => balance + before,
            _ => balance,
        });
    }
}
