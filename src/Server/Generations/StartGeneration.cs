using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using Rpd.Server.Credits;
using Rpd.Server.Jobs;
using Rpd.Server.Live;
using Rpd.Server.Prompts;
using Rpd.Shared;
using Rpd.Shared.Generations;

namespace Rpd.Server.Generations;

/// <summary>Who pays: the account and, when a capped key asked, its cap.</summary>
/// <param name="CapStart">Start of the cap's present window in UTC.</param>
public sealed record Payer(Guid AccountId, string Face, Guid? ApiKeyId = null, long? Cap = null, string? CapPeriod = null, DateTimeOffset? CapStart = null);

/// <param name="Balance">Spendable credits after the reservation.</param>
public sealed record StartedGeneration(Guid Id, DateTimeOffset CreatedAt, long CreditsCost, long Balance);

/// <summary>
/// Reserves the price and creates generation, job and event: one statement, one round trip, one commit. Either all of it stands or nothing does.
/// </summary>
public sealed class StartGeneration(NpgsqlDataSource database, CreditOptions credits, GenerationOptions options, TimeProvider time, JobBell bell, LiveFeed live, ContentPolicy policy)
{
    internal const string Sql = """
        with paid as (
          select * from credit_reserve($1, $2, $3, $4, $5, 'generation', $6::text, $7, $8, $9, $10)
        ), made as (
          insert into generations (id, account_id, api_key_id, face, type, provider, model, prompt, negative_prompt, input_image_url, input_video_url,
            input_audio_url, params, ignored_params, count, title, webhook_url, parent_id, status, progress, visibility, credits_cost, cap_period, cap_start,
            version, created_at, deadline_at)
          select $6, $1, $7, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, 'queued', 0, $26, $4, $9, $10, 1, $2, $27
          from paid where outcome = 'ok' returning id
        ), queued as (
          insert into jobs (kind, lane, args, state, run_at, attempts_max, created_at)
          select 'generation.submit', 'slow', jsonb_build_object('id', id), 'ready', least($2, now()), 3, $2 from made
        ), told as (
          insert into events (account_id, name, subject_id, data, at)
          select $1, 'generation.queued', id, jsonb_build_object('id', id, 'status', 'queued', 'creditsCost', $4), $2 from made
        )
        select outcome, balance from paid
        """;

    /// <param name="within">The caller's open transaction, when more must stand or fall with it; otherwise the statement commits by itself.</param>
    public async Task<Outcome<StartedGeneration>> Run(NewGeneration request, Payer payer, NpgsqlTransaction? within, CancellationToken cancel)
    {
        if (policy.Refuse(request.Prompt, request.Title, request.Params) is { } violation) return violation;
        var now = time.GetUtcNow();
        // PostgreSQL keeps microseconds: what is answered now must equal what is read later.
        now = now.AddTicks(-(now.Ticks % 10));
        var id = Guid.CreateVersion7(now);
        var (outcome, balance) = await Execute(request, payer, within, id, now, cancel);
        if (outcome != "ok") return Decline(outcome, request, balance, payer);
        if (within is null) Announce(payer.AccountId, id);
        return new StartedGeneration(id, now, request.Price.Credits, balance);
    }

    /// <summary>Wakes workers and pages. After the commit: a caller with its own transaction calls this itself.</summary>
    public void Announce(Guid account, Guid id)
    {
        bell.Ring(Lanes.Slow);
        live.Tell(account, new Nudge(id, GenerationStatus.Queued, 0, 1));
    }

    private async Task<(string Outcome, long Balance)> Execute(
        NewGeneration request, Payer payer, NpgsqlTransaction? within, Guid id, DateTimeOffset now, CancellationToken cancel)
    {
        await using var command = within is null ? database.CreateCommand(Sql) : new NpgsqlCommand(Sql, within.Connection, within);
        Add(payer.AccountId);
        Add(now);
        Add(CreditLedger.ReserveKey(id));
        Add(request.Price.Credits);
        Add(credits.PromoPays(request.Entry.Provider, request.Entry.Id));
        Add(id);
        AddOrNull(payer.ApiKeyId, NpgsqlDbType.Uuid);
        AddOrNull(payer.Cap, NpgsqlDbType.Bigint);
        AddOrNull(payer.CapPeriod, NpgsqlDbType.Text);
        AddOrNull(payer.CapStart, NpgsqlDbType.TimestampTz);
        Add(payer.Face);
        Add(request.Type);
        Add(request.Entry.Provider);
        Add(request.Entry.Id);
        AddOrNull(request.Prompt, NpgsqlDbType.Text);
        AddOrNull(request.NegativePrompt, NpgsqlDbType.Text);
        AddOrNull(request.InputImageUrl, NpgsqlDbType.Text);
        AddOrNull(request.InputVideoUrl, NpgsqlDbType.Text);
        AddOrNull(request.InputAudioUrl, NpgsqlDbType.Text);
        AddOrNull(JsonSerializer.Serialize(request.Params), NpgsqlDbType.Jsonb);
        Add(request.IgnoredParams.ToArray());
        Add(request.Count);
        AddOrNull(request.Title, NpgsqlDbType.Text);
        AddOrNull(request.WebhookUrl, NpgsqlDbType.Text);
        AddOrNull(request.ParentId, NpgsqlDbType.Uuid);
        Add(request.Visibility);
        Add(now.AddSeconds(options.DeadlineSeconds));
        await using var reader = await command.ExecuteReaderAsync(cancel);
        await reader.ReadAsync(cancel);
        return (reader.GetString(0), reader.GetInt64(1));

        void Add<T>(T value) => command.Parameters.Add(new NpgsqlParameter<T> { TypedValue = value });
        void AddOrNull(object? value, NpgsqlDbType type) => command.Parameters.Add(new NpgsqlParameter { Value = value ?? DBNull.Value, NpgsqlDbType = type });
    }

    private static Refusal Decline(string outcome, NewGeneration request, long balance, Payer payer) => outcome switch
    {
        "owing" => new("INSUFFICIENT_CREDITS", 402, $"{balance} credits are owed after a reversed payment. Buy credits to settle them first."),
        "capped" => new("SPEND_CAP_REACHED", 402,
            $"This key may spend {payer.Cap} credits per {payer.CapPeriod}; {balance} are left and {request.Price.Credits} are needed."),
        _ => new("INSUFFICIENT_CREDITS", 402, $"You need {request.Price.Credits} credits but only have {balance}."),
    };
}
