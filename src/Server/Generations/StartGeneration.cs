using Npgsql;
using Rpd.Server.Credits;
using Rpd.Server.Generations.Inputs;
using Rpd.Server.Jobs;
using Rpd.Server.Live;
using Rpd.Server.Prompts;
using Rpd.Server.Switches;
using Rpd.Shared;
using Rpd.Shared.Admin;
using Rpd.Shared.Generations;

namespace Rpd.Server.Generations;

/// <param name="Balance">Spendable credits after the reservation.</param>
public sealed record StartedGeneration(Guid Id, DateTimeOffset CreatedAt, long CreditsCost, long Balance);

/// <summary>
/// Reserves the price and creates generation, job and event: one statement, one round trip, one commit. Either all of it stands or nothing does.
/// </summary>
public sealed class StartGeneration(
    NpgsqlDataSource database, StartStatement statement, CheckInputs inputs, ContentPolicy policy, SwitchBoard switches, JobBell bell, LiveFeed live, TimeProvider time)
{
    /// <param name="within">The caller's open transaction, when more must stand or fall with it; otherwise the statement commits by itself.</param>
    public async Task<Outcome<StartedGeneration>> Run(NewGeneration request, Payer payer, NpgsqlTransaction? within, CancellationToken cancel)
    {
        if (Off(request) is { } off) return off;
        if (policy.Refuse(request.Prompt, request.Title, request.Params) is { } violation) return violation;
        if (await inputs.Run(request, payer, within, cancel) is { Count: > 0 } wrong) return Refusal.Invalid(wrong);
        var now = StartStatement.Now(time);
        var id = Guid.CreateVersion7(now);
        var (outcome, balance) = await Execute(request, payer, within, id, now, cancel);
        if (outcome != "ok") return payer.Decline(outcome, request.Price.Credits, balance);
        if (within is null) Announce(payer, id, request.Entry.Provider);
        return new StartedGeneration(id, now, request.Price.Credits, balance);
    }

    /// <summary>What administrators have switched off; null when nothing is in its way.</summary>
    public Refusal? Off(NewGeneration request) => switches.Refuse(Switch.Generations) ?? (request.Visibility == Visibility.Private ? null : switches.Refuse(Switch.Publishing));

    /// <summary>Wakes workers and pages. After the commit: a caller with its own transaction calls this itself.</summary>
    public void Announce(Payer payer, Guid id, string provider)
    {
        bell.Ring(GenerationLane.Of(provider, payer.Test));
        if (payer.Test) return;
        live.Tell(payer.AccountId, new Nudge(id, GenerationStatus.Queued, 0, 1));
        live.TellCount(CreditQueries.Spendable, payer.AccountId);
    }

    private async Task<(string Outcome, long Balance)> Execute(
        NewGeneration request, Payer payer, NpgsqlTransaction? within, Guid id, DateTimeOffset now, CancellationToken cancel)
    {
        await using var command = within is null ? database.CreateCommand(StartStatement.SqlFor(payer)) : new NpgsqlCommand(StartStatement.SqlFor(payer), within.Connection, within);
        statement.Bind(command.Parameters, request, payer, default, id, now);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        await reader.ReadAsync(cancel);
        return (reader.GetString(0), reader.GetInt64(1));
    }
}
