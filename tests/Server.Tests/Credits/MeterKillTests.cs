using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Npgsql;
using Rpd.Server.Catalog;
using Rpd.Server.Tests.Providers.Chat;
using Rpd.Server.Tests.Support;

namespace Rpd.Server.Tests.Credits;

/// <summary>The power cut of a node that has set credits aside and books what it spends five times a second.</summary>
public sealed class MeterKillTests(TestPostgres postgres)
{
    private const int Given = 100_000, Callers = 4;

    /// <summary>Between the end of a call on the node and its answer here, and between taking what is to be booked and writing down when.</summary>
    private static readonly TimeSpan Slack = TimeSpan.FromMilliseconds(100);

    private readonly ConcurrentBag<long> answered = [];
    private int numbers;

    [Fact]
    public async Task A_node_killed_among_chats_leaves_a_quarter_of_a_second_unbilled_bills_nothing_twice_and_what_it_had_set_aside_comes_back()
    {
        using var data = new TestFolder();
        var database = await postgres.CreateDatabase();
        await using var upstream = await ChatServer.Start(instead: Answer);
        var settings = new Dictionary<string, string>
        {
            ["ConnectionStrings__Postgres"] = database,
            ["Credits__LeaseSeconds"] = "3",
            ["Chat__Upstreams__local__BaseUrl"] = upstream.Address,
            ["Chat__Models__rapshee-1__CreditsPer1kTokens"] = "2",
            ["Plans__business__ChatRequestsPerMinute"] = "1000000",
            ["Plans__business__ChatTokensPerMinute"] = "1000000000",
            ["Accounts__PasswordIterations"] = "1000",
        };
        await using var rows = NpgsqlDataSource.Create(database);
        var (server, address) = await ServerProcess.Start(data.Path, settings);
        using var first = server;
        var (exit, output, errors) = await ServerProcess.Run(data.Path, settings, "user", "add", "kill@example.org", "--password", "plain words to kill by", "--plan", "business", "--credits", $"{Given}", "--with-key");
        Assert.True(exit == 0, errors);
        var received = new ConcurrentBag<(DateTimeOffset At, long Credits)>();
        var calls = Enumerable.Range(0, Callers).Select(_ => Chat(address, JsonDocument.Parse(output).RootElement.GetProperty("apiKey").GetString()!, received)).ToArray();
        await Until(async () => calls.Any(call => call.IsCompleted) || await Number(rows, "select count(*) from credit_entries where key like 'lease:%:settle:%'") >= 5, "a second of bookings");
        if (Array.Find(calls, call => call.IsCompleted) is { } ended) await ended;

        await server.Kill();
        await Task.WhenAll(calls);
        var aside = await Number(rows, "select sum(promo + allowance + purchased)::bigint from credit_leases");
        var (again, _) = await ServerProcess.Start(data.Path, settings);
        using var second = again;
        await Until(async () => await Number(rows, "select count(*) from credit_leases") == 0, "the lease to come back");

        var balance = await Number(rows, "select promo + allowance + purchased from credit_balances");
        var (charged, billed) = (await Number(rows, "select sum(credits)::bigint from usage_hours"), await Number(rows, "select sum(requests - failed)::bigint from usage_hours"));
        Assert.True(aside > 0, "Nothing was set aside when the node died.");
        Assert.Equal((Given, 0), (balance + charged, await Number(rows, "select reserved from credit_balances")));
        Assert.Equal(aside, await Number(rows, "select promo + allowance + purchased from credit_entries where key like 'lease:%:return'"));
        // None twice: neither more calls nor more credits than the upstream has answered.
        Assert.InRange(billed, 1, answered.Count);
        Assert.InRange(charged, 1, answered.Sum());
        // Every call that was over when the last booking was taken is in it, and there is a booking every fifth of a second.
        var bookings = await Times(rows);
        Assert.InRange(charged, received.Where(one => one.At < bookings[^1] - Slack).Sum(one => one.Credits), answered.Sum());
        Assert.InRange(bookings.Zip(bookings.Skip(1), (one, next) => next - one).Order().ElementAt((bookings.Count - 1) / 2), TimeSpan.Zero, TimeSpan.FromMilliseconds(250));
        var (sound, report, _) = await ServerProcess.Run(data.Path, settings, "ledger", "check");
        Assert.True(sound == 0, report);
        Assert.Equal(0, await again.Stop());
    }

    /// <summary>Each answer has its own price: 1 to 4 credits.</summary>
    private Task Answer(HttpContext http)
    {
        var tokens = 300 + (Interlocked.Increment(ref numbers) % 4 * 500);
        answered.Add(Price(tokens));
        return http.Response.WriteAsJsonAsync(new { choices = new[] { new { index = 0, message = new { role = "assistant", content = "Yes." }, finish_reason = "stop" } }, usage = new { prompt_tokens = 100, completion_tokens = tokens - 100, total_tokens = tokens } });
    }

    /// <summary>One after another until the node is gone, so slowly that the machine is not what is measured.</summary>
    private static async Task Chat(Uri address, string key, ConcurrentBag<(DateTimeOffset At, long Credits)> received)
    {
        using var http = new HttpClient { BaseAddress = address };
        http.DefaultRequestHeaders.Add("X-API-KEY", key);
        try
        {
            while (true)
            {
                using var answer = await http.PostAsJsonAsync("/v1/chat/completions", new { model = "rapshee-1", messages = new[] { new { role = "user", content = "Is it on?" } }, max_tokens = 2000 });
                answer.EnsureSuccessStatusCode();
                received.Add((DateTimeOffset.UtcNow, Price((await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("usage").GetProperty("total_tokens").GetInt32())));
                await Task.Delay(10);
            }
        }
        catch (HttpRequestException gone) when (gone.StatusCode is null)
        {
            return;
        }
    }

    private static long Price(int tokens) => new ChatModel { CreditsPer1kTokens = 2 }.Price(tokens);

    private static async Task<List<DateTimeOffset>> Times(NpgsqlDataSource rows)
    {
        await using var command = rows.CreateCommand("select at from credit_entries where key like 'lease:%:settle:%' order by at");
        await using var reader = await command.ExecuteReaderAsync();
        var times = new List<DateTimeOffset>();
        while (await reader.ReadAsync()) times.Add(reader.GetFieldValue<DateTimeOffset>(0));
        return times;
    }

    private static async Task<long> Number(NpgsqlDataSource rows, string sql)
    {
        await using var command = rows.CreateCommand(sql);
        return await command.ExecuteScalarAsync() as long? ?? 0;
    }

    private static async Task Until(Func<Task<bool>> done, string what)
    {
        var waited = Stopwatch.StartNew();
        while (!await done())
        {
            if (waited.Elapsed > TimeSpan.FromSeconds(120)) throw new TimeoutException($"Waited in vain for {what}.");
            await Task.Delay(50);
        }
    }
}
