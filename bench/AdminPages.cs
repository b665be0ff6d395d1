using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Npgsql;

namespace Rpd.Bench;

/// <summary>
/// Pages of usage and of administration with <c>USAGE_ROWS</c> (20 million unless told otherwise) hours of usage in the table, over a year and 5,000 accounts, a million movements of credits, as many
/// generations and 200,000 payments. Each page is asked for in turn, one at a time, and set beside the settings page of the same server, which reads a row or two: the difference is what the rows cost.
/// </summary>
internal static partial class AdminPages
{
    private const int Accounts = 5_000, Rounds = 200, WarmRounds = 10, Goal = 60;

    private static readonly string[] Pages =
    [
        "/usage", "/usage?group=model", "/usage?period=7d&group=key", "/usage?period=month", "/admin", "/admin/usage", "/admin/usage?group=model", "/admin/usage?period=7d", "/admin/users", "/admin/users?q=bench4",
        "/admin/generations", "/admin/generations?status=failed", "/admin/payments", "/admin/queue", "/admin/webhooks", "/admin/reports", "/admin/audit", "/admin/ledger",
        "/admin/ledger?account={account}", "/admin/ledger?account={account}&kind=purchase", "/admin/ledger?account={account}&kind=lapse",
    ];

    public static async Task Run()
    {
        var rows = long.Parse(Environment.GetEnvironmentVariable("USAGE_ROWS") ?? "20000000", CultureInfo.InvariantCulture);
        await using var server = await Installation.Start(("Jobs__SlowWorkers", "0"), ("Pages__PerMinute", "10000000"));
        await using var database = server.Database();
        var account = Guid.Parse(JsonDocument.Parse(await server.Command("user", "add", "root@bench.example.org", "--password", Password, "--admin")).RootElement.GetProperty("accountId").GetString()!);
        var began = Stopwatch.GetTimestamp();
        await Fill(database, account, rows);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{rows:N0} hours of usage in {Stopwatch.GetElapsedTime(began).TotalSeconds:F0} s"));
        using var http = await SignIn(server, database);
        var peer = await Measure(http, "/settings/notifications");
        Print("/settings/notifications (peer)", peer, peer);
        foreach (var page in Pages.Select(page => page.Replace("{account}", account.ToString(), StringComparison.Ordinal))) Print(page, await Measure(http, page), peer);
    }

    private static async Task Fill(NpgsqlDataSource database, Guid account, long rows)
    {
        await using var connection = await database.OpenConnectionAsync();
        var each = rows / Accounts;
        string[] steps =
        [
            "set synchronous_commit = off; set maintenance_work_mem = '1GB'; set work_mem = '256MB'",
            $"""
            insert into accounts (id, user_name, normalized_user_name, email, normalized_email, email_confirmed, security_stamp, concurrency_stamp, handle, display_name, plan, role, status, created_at)
            select ('00000000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, 'bench' || n, 'BENCH' || n, 'bench' || n || '@example.org', 'BENCH' || n || '@EXAMPLE.ORG', true, 's', 's', 'bench' || n, 'Bench', 'free', 'user', 'active', now()
            from generate_series(1, {Accounts}) n
            """,
            "alter table usage_hours drop constraint usage_hours_pkey, drop constraint usage_hours_account_id_fkey; drop index usage_hours_hour",
            // In the order in which they would have been booked. The heaviest account is the one that looks: it has something in every hour.
            $"""
            insert into usage_hours select date_trunc('hour', now(), 'UTC') - interval '1 hour' * (8760 - h), ('00000000-0000-7000-8000-' || lpad(a::text, 12, '0'))::uuid, '00000000-0000-0000-0000-000000000000',
              'model-' || (a + h) % 40, case (a + h) % 3 when 0 then 'native' when 1 then 'tasks' else 'pages' end, 3, (a + h) % 2, 10 + (a + h) % 50, 100, 200
            from generate_series(0, 8760) h, generate_series(1, {Accounts}) a where (a * 7919 + h) % 8761 < {each}
            """,
            $"""
            insert into usage_hours select date_trunc('hour', now(), 'UTC') - interval '1 hour' * h, '{account}', ('00000000-0000-7000-9000-' || lpad(k::text, 12, '0'))::uuid, 'model-' || m, 'native', 5, 0, 20, 0, 0
            from generate_series(0, 8760) h, generate_series(1, 3) k, generate_series(1, 3) m
            """,
            "alter table usage_hours add primary key (account_id, hour, api_key_id, model, face); create index usage_hours_hour on usage_hours (hour)",
            // Each hour in a transaction of its own, as the server does it: the same weeks are written 168 times.
            """
            do $$ declare summed timestamptz; begin
              for summed in select h from generate_series((select min(hour) from usage_hours), date_trunc('hour', now(), 'UTC') - interval '2 hours', interval '1 hour') h loop perform house_usage_sum(summed); commit; end loop;
            end $$
            """,
            $"""
            insert into generations (id, account_id, face, type, provider, model, prompt, params, ignored_params, count, status, error_code, progress, visibility, credits_cost, version, held, test, deadline_seconds, created_at, deadline_at, completed_at)
            select (lpad(to_hex((extract(epoch from now() - interval '30 seconds' * n) * 1000)::bigint), 12, '0') || '7' || substr(md5(n::text), 1, 3) || '8' || substr(md5(n::text), 4, 15))::uuid,
              ('00000000-0000-7000-8000-' || lpad((1 + n % {Accounts})::text, 12, '0'))::uuid, 'native', 'text2image', 'studio', 'studio-sketch', 'bench', jsonb_build_object(), array[]::text[], 1,
              case when n % 50 = 0 then 'failed' else 'completed' end, case when n % 50 = 0 then 'PROVIDER_ERROR' end, 100, 'private', 0, 1, false, false, 900, now() - interval '30 seconds' * n, now(), now() - interval '30 seconds' * n + interval '4 seconds'
            from generate_series(1, 1000000) n
            """,
            $"""
            insert into payments (id, account_id, kind, what, payment_intent, credits, amount, currency, status, created_at, paid_at)
            select gen_random_uuid(), ('00000000-0000-7000-8000-' || lpad((1 + n % {Accounts})::text, 12, '0'))::uuid, 'pack', 'small', 'pi_' || n, 100, 500, 'usd', 'paid', now() - interval '1 minute' * n, now() - interval '1 minute' * n from generate_series(1, 200000) n
            """,
            // Not chained to each other: nothing here proves the ledger. Every fifth is the looking account's own.
            $"""
            insert into credit_entries (account_id, seq, at, kind, key, promo, allowance, purchased, owed, reserved, revenue, grants, purchases, balance_after, hash)
            select case when n % 5 = 0 then '{account}' else '00000000-0000-7000-8000-' || lpad((1 + n % {Accounts})::text, 12, '0') end::uuid, n, now() - interval '10 seconds' * (1000001 - n),
              case when n % 4 = 0 then 'purchase' else 'grant' end, 'bench:' || n, case when n % 4 = 0 then 0 else 10 end, 0, case when n % 4 = 0 then 10 else 0 end, 0, 0, 0,
              case when n % 4 = 0 then 0 else -10 end, case when n % 4 = 0 then -10 else 0 end, 10, '\x00' from generate_series(1, 1000000) n
            """,
            "vacuum analyze",
        ];
        foreach (var sql in steps)
        {
            await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
            await command.ExecuteNonQueryAsync();
        }
    }

    private const string Password = "a few plain words";

    private static async Task<HttpClient> SignIn(Installation server, NpgsqlDataSource database)
    {
        var http = new HttpClient { BaseAddress = new(server.Address) };
        var token = Token().Match(await http.GetStringAsync(new Uri("/sign-in", UriKind.Relative))).Groups[1].Value;
        using var answer = await http.PostAsync(new Uri("/sign-in", UriKind.Relative), new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["email"] = "root@bench.example.org",
            ["password"] = Password,
            ["__RequestVerificationToken"] = token,
        }));
        answer.EnsureSuccessStatusCode();
        // As if it had shown a second factor, which is not what is measured.
        await using var command = database.CreateCommand("update accounts set two_factor_enabled = true where role = 'admin'; update sessions set second_factor_at = now()");
        await command.ExecuteNonQueryAsync();
        await Wait.Until(async () => (await http.GetAsync(new Uri("/admin", UriKind.Relative))).IsSuccessStatusCode, TimeSpan.FromMilliseconds(200), "administration opens");
        return http;
    }

    private static async Task<double[]> Measure(HttpClient http, string page)
    {
        var times = new List<double>();
        for (var round = -WarmRounds; round < Rounds; round++)
        {
            var began = Stopwatch.GetTimestamp();
            using var answer = await http.GetAsync(new Uri(page, UriKind.Relative));
            await answer.Content.ReadAsByteArrayAsync();
            if (!answer.IsSuccessStatusCode) throw new InvalidOperationException($"{page} answered {(int)answer.StatusCode}.");
            if (round >= 0) times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }
        return [.. times.Order()];
    }

    private static void Print(string page, double[] times, double[] peer)
    {
        var (p50, p99) = (At(times, .5), At(times, .99));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{page,-80} p50 {p50,6:F1} ms   p99 {p99,6:F1} ms   {p50 / At(peer, .5),5:F1} x the peer   {(p99 <= Goal ? "" : $"more than {Goal} ms")}"));
    }

    private static double At(double[] sorted, double share) => sorted[(int)(sorted.Length * share)];

    [GeneratedRegex("""name="__RequestVerificationToken" value="([^"]+)""")]
    private static partial Regex Token();
}
