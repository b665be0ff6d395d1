using System.Globalization;
using Npgsql;
using Rpd.Server.ApiKeys;

namespace Rpd.Bench;

/// <summary>Everybody likes one work at once: POST /v1/explore/{id}/like by 2,000 people over 16 connections. Afterwards the counter must be the number of likes.</summary>
internal static class Likes
{
    private const int People = 2_000, Seconds = 10, Connections = 16;

    public static async Task Run()
    {
        await using var server = await Installation.Start(("Jobs__SlowWorkers", "0"), ("Plans__business__GeneralPerMinute", "100000000"));
        await using var database = server.Database();
        var keys = await Prepare(database);
        var script = Path.GetTempFileName();
        await File.WriteAllTextAsync(script, $$$"""
            local keys = { {{{string.Join(',', keys.Select(key => $"\"{key}\""))}}} }
            math.randomseed(5080)
            request = function() return wrk.format("POST", "/v1/explore/00000000-0000-7000-8000-00000000000a/like", { ["X-API-KEY"] = keys[math.random(#keys)] }) end
            """);
        await Installation.Run("wrk", "-t1", $"-c{Connections}", "-d10s", "-s", script, server.Address);
        var report = await Installation.Run("wrk", "-t1", $"-c{Connections}", $"-d{Seconds}s", "--latency", "-s", script, server.Address);
        File.Delete(script);
        Console.WriteLine(report.Trim());
        if (report.Contains("Non-2xx", StringComparison.Ordinal)) throw new InvalidOperationException("Not every toggle was answered.");
        // The load stops in the middle of its requests: the server still answers those.
        await Task.Delay(TimeSpan.FromSeconds(6));
        await using var check = database.CreateCommand("select p.like_count, (select count(*) from likes), p.ranked_likes from publications p");
        await using var row = await check.ExecuteReaderAsync();
        await row.ReadAsync();
        var (counter, likes, ranked) = (row.GetInt32(0), row.GetInt64(1), row.GetInt32(2));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"counter {counter}, likes {likes}, ranked {ranked}: {(counter == likes && ranked == likes ? "no count is lost" : "COUNTS ARE LOST")}"));
    }

    private static async Task<List<string>> Prepare(NpgsqlDataSource database)
    {
        var secrets = Enumerable.Range(1, People).Select(_ => KeyFormat.New(KeyFormat.Native)).ToArray();
        await using var command = database.CreateCommand("""
            insert into accounts (id, user_name, normalized_user_name, email, normalized_email, email_confirmed, security_stamp, concurrency_stamp, handle, display_name, plan, role, status, created_at)
            select ('00000000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, n || '@bench.invalid', n || '@BENCH.INVALID', n || '@bench.invalid', n || '@BENCH.INVALID', true, 's', 's',
              'bench_' || n, 'Bench', 'business', 'user', 'active', now() from generate_series(1, cardinality($1)) n;
            """);
        command.Parameters.AddWithValue(secrets.Select(secret => secret.Hash()).ToArray());
        await command.ExecuteNonQueryAsync();
        await using var keys = database.CreateCommand("""
            insert into api_keys (id, account_id, name, prefix, last4, hash, scopes, created_at)
            select gen_random_uuid(), ('00000000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, 'bench', 'rpd_sk', 'xxxx', hash, '{social,read}', now() from unnest($1::bytea[]) with ordinality as k(hash, n)
            """);
        keys.Parameters.AddWithValue(secrets.Select(secret => secret.Hash()).ToArray());
        await keys.ExecuteNonQueryAsync();
        await using var work = database.CreateCommand("""
            with made as (
              insert into generations (id, account_id, face, type, provider, model, prompt, params, ignored_params, count, status, progress, visibility, credits_cost, version, created_at, completed_at, deadline_at, held, test, deadline_seconds)
              select '00000000-0000-7000-8000-00000000000a', id, 'native', 'text2image', 'studio', 'studio-sketch', 'a hill', '{}', '{}', 1, 'completed', 100, 'public', 1, 1, now(), now(), now(), false, false, 60
              from accounts limit 1 returning *)
            insert into publications (id, generation_id, account_id, type, model, listed, published_at, score, search)
            select gen_random_uuid(), id, account_id, type, model, true, now(), 0, work_search(null, prompt, null) from made
            """);
        await work.ExecuteNonQueryAsync();
        return [.. secrets.Select(secret => secret.Reveal())];
    }
}
