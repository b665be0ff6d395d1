using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using Rpd.Server.Credits;
using Rpd.Server.Plans;

namespace Rpd.Server.Generations;

/// <summary>What several generations of one request have in common.</summary>
public readonly record struct GenerationGroup(Guid? ComparisonId = null, Guid? BatchId = null);

/// <summary>
/// The statement that starts a generation: credits, slot, row, job and event. Locks come in the order balance → slot, as everywhere. Without a free slot,
/// or behind others who wait for one, the generation is held: it has no job yet, and its deadline is the long one of those who wait.
/// </summary>
public sealed class StartStatement(CreditOptions credits, GenerationOptions options, PlanList plans)
{
    public const string Sql = "with paid as (select * from credit_reserve($1, $2, $3, $4, $5, 'generation', $6::text, $7, $8, $9, $10)" + Rest;

    private const string TestSql = "with paid as (select * from test_reserve($1, $2, $4, $37)" + Rest;

    private const string Rest = """
        ), slot as (
          insert into generation_slots as s (account_id, test, active, held) select $1, $31, 1, 0 from paid where outcome = 'ok'
          on conflict (account_id, test) do update set
            active = s.active + case when s.held = 0 and s.active < $28 then 1 else 0 end,
            held = s.held + case when s.held = 0 and s.active < $28 then 0 else 1 end
          returning s.held > 0 as held
        ), made as (
          insert into generations (id, account_id, api_key_id, face, type, provider, model, prompt, negative_prompt, input_image_url, input_video_url,
            input_audio_url, params, ignored_params, count, title, webhook_url, parent_id, status, progress, visibility, credits_cost, cap_period, cap_start,
            version, created_at, deadline_at, held, deadline_seconds, test, comparison_id, batch_id, mature, own_key, client_key)
          select $6, $1, $7, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, 'queued', 0, $26, $4, $9, $10, 1, $2,
            case when held then $30 else $27 end, held, $29, $31, $32, $33, $34, $35, $36
          from slot returning id, held
        ), queued as (
          insert into jobs (kind, lane, args, state, run_at, attempts_max, created_at)
          select 'generation.submit', generation_lane($13, $31), jsonb_build_object('id', id), 'ready', least($2, now()), 3, $2 from made where not held
        ), told as (
          insert into events (account_id, name, subject_id, data, at)
          select $1, 'generation.queued', id, jsonb_build_object('id', id, 'status', 'queued', 'creditsCost', $4), $2 from made
        )
        select outcome, balance from paid
        """;

    public static string SqlFor(Payer payer) => payer.Test ? TestSql : Sql;

    public void Bind(NpgsqlParameterCollection parameters, NewGeneration request, Payer payer, GenerationGroup group, Guid id, DateTimeOffset now)
    {
        var deadline = request.DeadlineSeconds ?? options.DeadlineOf(request.Type, request.Measured);
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
        Add(now.AddSeconds(deadline));
        Add(plans.Of(payer.Plan).ConcurrentJobs);
        Add(deadline);
        Add(now.AddSeconds(options.WaitingSeconds));
        Add(payer.Test);
        AddOrNull(group.ComparisonId, NpgsqlDbType.Uuid);
        AddOrNull(group.BatchId, NpgsqlDbType.Uuid);
        Add(request.Mature);
        Add(request.Price.OwnKey);
        AddOrNull(request.ClientKey, NpgsqlDbType.Text);
        if (payer.Test) Add(credits.TestDaily);

        void Add<T>(T value) => parameters.Add(new NpgsqlParameter<T> { TypedValue = value });
        void AddOrNull(object? value, NpgsqlDbType type) => parameters.Add(new NpgsqlParameter { Value = value ?? DBNull.Value, NpgsqlDbType = type });
    }

    // PostgreSQL keeps microseconds: what is answered now must equal what is read later.
    public static DateTimeOffset Now(TimeProvider time)
    {
        var now = time.GetUtcNow();
        return now.AddTicks(-(now.Ticks % 10));
    }
}
