using System.Globalization;
using System.Text.RegularExpressions;
using Npgsql;
using Rpd.Server.ApiKeys;
using Rpd.Server.Generations;

namespace Rpd.Bench;

/// <summary>
/// POST /v1/generations with Studio paused: 16 connections over 2,000 accounts, the limiter on with raised plans. The peer is pgbench running the very
/// statement on the same database in the same run.
/// </summary>
internal static partial class Accept
{
    private const int Accounts = 2_000, Seconds = 15, Connections = 16;

    public static async Task Run()
    {
        await using var server = await Installation.Start(
            ("Jobs__SlowWorkers", "0"), ("Plans__business__GenerationsPerMinute", "10000000"), ("Plans__business__GeneralPerMinute", "10000000"), ("Plans__business__ConcurrentJobs", "10000000"), ("Generations__DeadlineSeconds", "100000"));
        await using var database = server.Database();
        var keys = await MakeAccounts(database);
        var script = Path.GetTempFileName();
        await File.WriteAllTextAsync(script, $$$"""
            local keys = { {{{string.Join(',', keys.Select(key => $"\"{key}\""))}}} }
            math.randomseed(5080)
            request = function()
              return wrk.format("POST", "/v1/generations", { ["X-API-KEY"] = keys[math.random(#keys)], ["Content-Type"] = "application/json" },
                '{"type":"text2image","provider":"studio","model":"studio-sketch","prompt":"A lighthouse in fog","params":{"aspectRatio":"16:9"}}')
            end
            """);
        // A fresh process compiles its hot path first; that is not what is measured.
        await Installation.Run("wrk", "-t1", $"-c{Connections}", "-d25s", "-s", script, server.Address);
        var before = await Count(database);
        var report = await Installation.Run("wrk", "-t1", $"-c{Connections}", $"-d{Seconds}s", "--latency", "-s", script, server.Address);
        var accepted = (await Count(database) - before) / (double)Seconds;
        Console.WriteLine(report.Trim());
        var memory = server.MemoryBytes;
        var peer = await Peer(server);
        File.Delete(script);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"accepted {accepted:F0}/s; pgbench with the same statement {peer:F0} tx/s; ratio {accepted / peer:F2}; server memory after {before + (accepted * Seconds):F0} accepted: {memory / 1024 / 1024} MB"));
    }

    private static async Task<List<string>> MakeAccounts(NpgsqlDataSource database)
    {
        var secrets = Enumerable.Range(1, Accounts).Select(_ => KeyFormat.New(KeyFormat.Native)).ToArray();
        await using var command = database.CreateCommand("""
            with made as (
              insert into accounts (id, user_name, normalized_user_name, email, normalized_email, email_confirmed, security_stamp, concurrency_stamp, handle, display_name, plan, role, status, created_at)
              select ('00000000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, n || '@bench.invalid', n || '@BENCH.INVALID', n || '@bench.invalid', n || '@BENCH.INVALID', true, 's', 's',
                'bench_' || n, 'Bench', 'business', 'user', 'active', now() from generate_series(1, cardinality($1)) n returning id)
            select count(credit_post(id, now(), 'grant', 'bench:' || id, 0, 0, 100000000, 0, 0, 0, -100000000, 0, null, null, null)) from made
            """);
        command.Parameters.AddWithValue(secrets.Select(secret => secret.Hash()).ToArray());
        await command.ExecuteNonQueryAsync();
        await using var keys = database.CreateCommand("""
            insert into api_keys (id, account_id, name, prefix, last4, hash, scopes, created_at)
            select gen_random_uuid(), ('00000000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, 'bench', 'rpd_sk', 'xxxx', hash, '{generate,read}', now() from unnest($1::bytea[]) with ordinality as k(hash, n)
            """);
        keys.Parameters.AddWithValue(secrets.Select(secret => secret.Hash()).ToArray());
        await keys.ExecuteNonQueryAsync();
        return [.. secrets.Select(secret => secret.Reveal())];
    }

    private static async Task<double> Peer(Installation server)
    {
        // The same statement (pgbench takes a colon for a variable, hence chr); the key's look-up, the limiter, JSON and HTTP are what the server adds.
        string[] values =
        [
            "('00000000-0000-7000-8000-' || lpad(to_hex(:n::int), 12, '0'))::uuid", "now()", "'gen' || chr(58) || md5(:r::text)::uuid || chr(58) || 'reserve'", "1::bigint", "false", "(md5(:r::text)::uuid)", "null::uuid",
            "null::bigint", "null::text", "null::timestamptz", "'bench'", "'text2image'", "'studio'", "'studio-sketch'", "'A lighthouse in fog'", "null", "null", "null", "null",
            "'{\"seed\": 7}'::jsonb", "'{}'::text[]", "1", "null", "null", "null::uuid", "'private'", "now() + interval '1 day'",
            "1000000", "900", "now() + interval '1 day'", "false", "null::uuid", "null::uuid", "false", "false",
        ];
        var script = Path.GetTempFileName();
        var sql = Parameter().Replace(StartStatement.Sql, match => values[int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) - 1]).ReplaceLineEndings(" ");
        await File.WriteAllTextAsync(script, $"\\set n random(1, {Accounts})\n\\set r random(1, 9000000000000000000)\n{sql};\n");
        var connection = new NpgsqlConnectionStringBuilder(server.ConnectionString);
        Environment.SetEnvironmentVariable("PGPASSWORD", connection.Password);
        var report = await Installation.Run("pgbench", "-n", "-M", "prepared", "-c", $"{Connections}", "-j", "1", "-T", $"{Seconds}", "-f", script,
            "-h", connection.Host!, "-p", $"{connection.Port}", "-U", connection.Username!, connection.Database!);
        File.Delete(script);
        return double.Parse(Tps().Match(report).Groups[1].Value, CultureInfo.InvariantCulture);
    }

    private static async Task<long> Count(NpgsqlDataSource database)
    {
        await using var command = database.CreateCommand("select count(*) from generations");
        return (long)(await command.ExecuteScalarAsync())!;
    }

    [GeneratedRegex(@"\$(\d+)")]
    private static partial Regex Parameter();

    [GeneratedRegex(@"tps = ([\d.]+)")]
    private static partial Regex Tps();
}
