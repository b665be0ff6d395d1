using System.Globalization;
using System.Text.RegularExpressions;
using Npgsql;

namespace Rpd.Bench;

/// <summary>The explore page with 48 cards at 32 connections: drawn from the database each time, and from the output cache. The peer is /health on the same server.</summary>
internal static partial class ExploreRenders
{
    private const int Seconds = 10;

    public static async Task Run()
    {
        await using var server = await Installation.Start(("Jobs__SlowWorkers", "2"), ("Pages__PerMinute", "10000000"));
        await server.Command("demo");
        await using var database = server.Database();
        await Multiply(database);
        // A server that has just started is still compiling what it runs most.
        await Load(server, "20s", "/explore", "Cookie: rpd=none", "Accept-Encoding: br");
        // A session cookie, valid or not, keeps the output cache away.
        var drawn = await Measure(server, "/explore", "Cookie: rpd=none");
        var drawnBrotli = await Measure(server, "/explore", "Cookie: rpd=none", "Accept-Encoding: br");
        var cached = await Measure(server, "/explore", "Accept-Encoding: br");
        var health = await Measure(server, "/health");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"explore, 48 cards, 32 connections: drawn from the database {drawn:F0}/s ({drawnBrotli:F0}/s with brotli); from the output cache {cached:F0}/s; /health {health:F0}/s; ratios {drawn / health:F3} and {cached / health:F2}"));
    }

    // The demo's works again and again, with the same media.
    internal static async Task Multiply(NpgsqlDataSource database)
    {
        await using var command = database.CreateCommand("""
            create temporary table copies as select gen_random_uuid() as id, g.id as original, g.account_id, g.type, g.model, row_number() over () as n from generations g, generate_series(1, 20);
            insert into generations (id, account_id, face, type, provider, model, prompt, negative_prompt, params, ignored_params, count, title, status, progress, visibility, credits_cost, version, created_at, started_at,
                completed_at, deadline_at, held, test, deadline_seconds)
              select c.id, g.account_id, g.face, g.type, g.provider, g.model, g.prompt, g.negative_prompt, g.params, g.ignored_params, g.count, g.title, g.status, g.progress, g.visibility, 0, g.version, g.created_at, g.started_at,
                g.completed_at, g.deadline_at, false, false, g.deadline_seconds from copies c join generations g on g.id = c.original;
            insert into outputs (generation_id, ordinal, storage_key, content_type, width, height, duration_seconds, bytes, blur_hash, thumbnail_widths) select c.id, o.ordinal, o.storage_key, o.content_type, o.width, o.height, o.duration_seconds, o.bytes, o.blur_hash, o.thumbnail_widths from copies c join outputs o on o.generation_id = c.original;
            insert into publications (id, generation_id, account_id, type, model, listed, published_at, score, search) select gen_random_uuid(), c.id, c.account_id, c.type, c.model, true, now() + c.n * interval '1 second', 0, p.search from copies c join publications p on p.generation_id = c.original;
            analyze;
            """);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<double> Measure(Installation server, string path, params string[] headers)
    {
        await Load(server, "3s", path, headers);
        var report = await Load(server, $"{Seconds}s", path, headers);
        Console.WriteLine($"{path} {string.Join(' ', headers)}: {string.Join(' ', Lines().Matches(report).Select(match => match.Value.Trim()))}");
        if (report.Contains("Non-2xx", StringComparison.Ordinal)) throw new InvalidOperationException(report);
        return double.Parse(PerSecond().Match(report).Groups[1].Value, CultureInfo.InvariantCulture);
    }

    private static Task<string> Load(Installation server, string duration, string path, params string[] headers) =>
        Installation.Run("wrk", ["-t1", "-c32", "-d" + duration, "--latency", .. headers.SelectMany(header => new[] { "-H", header }), server.Address + path]);

    [GeneratedRegex(@"Requests/sec:\s+([\d.]+)")]
    private static partial Regex PerSecond();

    [GeneratedRegex(@"^\s+(50|90|99)%.*$", RegexOptions.Multiline)]
    private static partial Regex Lines();
}
