using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Rpd.Bench;

/// <summary>GET /v1/generations/{id} of finished ones at 32 connections, 1,000 of them in turn. The peer is /health on the same server.</summary>
internal static partial class Read
{
    private const int Copies = 1_000, Seconds = 10;

    public static async Task Run()
    {
        await using var server = await Installation.Start(("Plans__business__GeneralPerMinute", "100000000"));
        var user = JsonDocument.Parse(await server.Command("user", "add", "bench@example.org", "--password", "plain words for a bench", "--plan", "business", "--credits", "10", "--with-key")).RootElement;
        var key = user.GetProperty("apiKey").GetString()!;
        using var http = new HttpClient { BaseAddress = new Uri(server.Address) };
        http.DefaultRequestHeaders.Add("X-API-KEY", key);
        var ids = await Multiply(server, await Finished(http));
        var script = Path.GetTempFileName();
        await File.WriteAllTextAsync(script, $$$"""
            local ids = { {{{string.Join(',', ids.Select(id => $"\"{id}\""))}}} }
            local at = 0
            request = function()
              at = at % #ids + 1
              return wrk.format("GET", "/v1/generations/" .. ids[at], { ["X-API-KEY"] = "{{{key}}}" })
            end
            """);
        await Load(server.Address, "20s", "-s", script);
        var read = await Load(server.Address, $"{Seconds}s", "-s", script);
        var health = await Load(server.Address + "/health", $"{Seconds}s");
        File.Delete(script);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"read {read:F0}/s; /health {health:F0}/s; ratio {read / health:F2}"));
    }

    private static async Task<Guid> Finished(HttpClient http)
    {
        using var made = await http.PostAsJsonAsync("/v1/generations", new { type = "text2image", provider = "studio", model = "studio-sketch", prompt = "A lighthouse in fog" });
        var id = (await made.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("data").GetProperty("id").GetGuid();
        await Wait.Until(async () => (await http.GetFromJsonAsync<JsonElement>($"/v1/generations/{id}")).GetProperty("data").GetProperty("status").GetString() == "completed",
            TimeSpan.FromMilliseconds(500), "The picture");
        return id;
    }

    private static async Task<List<Guid>> Multiply(Installation server, Guid original)
    {
        await using var database = server.Database();
        await using (var copy = database.CreateCommand("""
            do $$ declare names text; source uuid := (select id from generations limit 1);
            begin
              create table copies as select gen_random_uuid() as copy from generate_series(1, $COPIES);
              select string_agg(quote_ident(column_name), ', ') into names from information_schema.columns where table_name = 'generations' and column_name <> 'id';
              execute format('insert into generations (id, %1$s) select c.copy, %1$s from generations g, copies c where g.id = %2$L', names, source);
              select string_agg(quote_ident(column_name), ', ') into names from information_schema.columns where table_name = 'outputs' and column_name <> 'generation_id';
              execute format('insert into outputs (generation_id, %1$s) select c.copy, %1$s from outputs o, copies c where o.generation_id = %2$L', names, source);
              perform credit_post((select account_id from generations where id = source), now(), 'adjust', 'gen:' || copy || ':settle', 0, 0, 1, 0, 0, 0, -1, 0, null, null, null) from copies;
            end $$;
            """.Replace("$COPIES", $"{Copies}", StringComparison.Ordinal))) await copy.ExecuteNonQueryAsync();
        await using var command = database.CreateCommand("select copy from copies");
        await using var reader = await command.ExecuteReaderAsync();
        var ids = new List<Guid> { original };
        while (await reader.ReadAsync()) ids.Add(reader.GetGuid(0));
        return ids;
    }

    private static async Task<double> Load(string address, string duration, params string[] more)
    {
        var report = await Installation.Run("wrk", ["-t1", "-c32", "-d" + duration, "--latency", .. more, address]);
        if (report.Contains("Non-2xx", StringComparison.Ordinal)) throw new InvalidOperationException(report);
        Console.WriteLine(report.Trim());
        return double.Parse(PerSecond().Match(report).Groups[1].Value, CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"Requests/sec:\s+([\d.]+)")]
    private static partial Regex PerSecond();
}
