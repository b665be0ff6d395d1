using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;

namespace Rpd.Bench.Chat;

/// <summary>
/// POST /v1/chat/completions with keys, limits, reservation and metering on, beside the upstream itself, a pass-through of Kestrel and HttpClient that does nothing
/// else, and @portkey-ai/gateway, in turns in one run. Figures are the middle of the rounds; times are those of requests which fell into no moment in which the machine itself was slow
/// (<see cref="MachineSpeed"/>), with those of all beside them. Afterwards the ledger is proved, and what was charged is compared with what the
/// upstream has counted. <c>CHAT_ROUNDS</c> says how many rounds; 5 without it.
/// </summary>
internal static class ChatProxy
{
    private const int PerSecond = 500, OpenSeconds = 4, Connections = 32, ClosedSeconds = 5, Streams = 200, StreamChunks = 20, StreamGap = 50, Open = 1_000, OpenChunks = 20, OpenGap = 1_000;
    private const long Given = 1_000_000_000;

    public static async Task Run()
    {
        var rounds = int.TryParse(Environment.GetEnvironmentVariable("CHAT_ROUNDS"), CultureInfo.InvariantCulture, out var asked) ? asked : 5;
        using var peers = new Peers();
        var upstream = await peers.Start("chat-upstream");
        await using var server = await Installation.Start(
            ("Plans__business__ChatRequestsPerMinute", "1000000000"), ("Plans__business__ChatTokensPerMinute", "2000000000"),
            ("Chat__Upstreams__bench__BaseUrl", upstream + "/counted/v1"), ("Chat__Upstreams__bench__MaxConcurrent", "10000"));
        var user = JsonDocument.Parse(await server.Command("user", "add", "bench@example.org", "--password", "plain words for a bench", "--plan", "business", "--credits", $"{Given}", "--with-key")).RootElement;
        var direct = new Target("the upstream itself", upstream, "/free/v1/chat/completions");
        var bare = new Target("bare Kestrel", await peers.Start("chat-bare", upstream), "/free/v1/chat/completions");
        var portkey = new Target("Portkey", await peers.StartPortkey(), "/v1/chat/completions", ("Authorization", "Bearer none"), ("x-portkey-provider", "openai"), ("x-portkey-custom-host", upstream + "/free/v1"));
        var ours = new Target("RPD Create", server.Address, "/v1/chat/completions", ("Authorization", "Bearer " + user.GetProperty("apiKey").GetString()));
        Target[] all = [direct, bare, ours, portkey];
        using var control = new HttpClient { BaseAddress = new Uri(upstream) };

        // Fresh processes compile their hot path first; that is not what is measured.
        foreach (var target in all) await Load.Closed(target, Connections, TimeSpan.FromSeconds(target == ours ? 15 : 5), Same(target));
        await AddedLatency(all, rounds);
        await Throughput(all, rounds);
        await Pace(control, StreamChunks, StreamGap);
        Target[] streaming = await CanStream(portkey) ? all : [direct, bare, ours];
        foreach (var target in streaming) await Load.Streams(target, Streams, 3, StreamChunks, TimeSpan.FromMilliseconds(StreamChunks * StreamGap), Same(target));
        await FirstTokens(streaming, rounds);
        await Pace(control, OpenChunks, OpenGap);
        await Memory(server, ours);
        await Money(server, control, user.GetProperty("accountId").GetGuid());

        bool Same(Target target) => target != portkey;

        async Task AddedLatency(Target[] targets, int times)
        {
            var load = new Share();
            var taken = await Turns(targets, times, target => Load.Open(target, PerSecond, OpenSeconds, Same(target)));
            Console.WriteLine($"at {PerSecond}/s in an open loop, {times} × {OpenSeconds} s each; {load}:");
            foreach (var (target, each) in taken) Console.WriteLine(Line(target, taken[0].Each, each, "p50 +1 ms, p99 +10 ms"));
        }

        async Task Throughput(Target[] targets, int times)
        {
            var load = new Share();
            var rates = (await Turns(targets, times, target => Load.Closed(target, Connections, TimeSpan.FromSeconds(ClosedSeconds), Same(target)))).ToDictionary(one => one.Of, one => Middle(one.Each));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"closed loop of {Connections} connections: {string.Join(", ", rates.Select(one => string.Create(CultureInfo.InvariantCulture, $"{one.Key.Name} {one.Value:F0}/s")))}; to bare Kestrel {rates[ours] / rates[bare]:F2}, to Portkey {rates[ours] / rates[portkey]:F1} (goals 2000/s, 3.0); {load}"));
        }

        async Task FirstTokens(Target[] targets, int times)
        {
            var load = new Share();
            var taken = await Turns(targets, times, target => Load.Streams(target, Streams, 4, StreamChunks, TimeSpan.FromMilliseconds(StreamChunks * StreamGap), Same(target)));
            Console.WriteLine($"first token, {Streams} streams at once, {times} × {Streams * 4} streams each, every byte compared; {load}:");
            foreach (var (target, each) in taken) Console.WriteLine(Line(target, taken[0].Each, each, "p50 +2 ms, p99 +10 ms"));
        }
    }

    /// <summary>As published it fails on every stream under some versions of node.</summary>
    private static async Task<bool> CanStream(Target target)
    {
        try
        {
            await Load.Streams(target, 1, 1, StreamChunks, TimeSpan.Zero, same: false);
            return true;
        }
        catch (InvalidOperationException refused)
        {
            Console.WriteLine($"{target.Name} does not stream here: {refused.Message.ReplaceLineEndings(" ")}");
            return false;
        }
    }

    /// <summary>Each target in each round, so that whatever else the machine does meets all of them.</summary>
    private static async Task<List<(Target Of, List<T> Each)>> Turns<T>(Target[] targets, int times, Func<Target, Task<T>> measure)
    {
        var all = targets.Select(target => (Of: target, Each: new List<T>())).ToList();
        for (var round = 0; round < times; round++)
            foreach (var (target, each) in all) each.Add(await measure(target));
        return all;
    }

    private static string Line(Target target, List<Load.Times> direct, List<Load.Times> each, string goal)
    {
        double At(double share) => Middle(each.Select(times => StartLatency.At(times.Clear, share)));
        double Added(double share) => Middle(each.Zip(direct, (one, without) => StartLatency.At(one.Clear, share) - StartLatency.At(without.Clear, share)));
        return string.Create(CultureInfo.InvariantCulture,
            $"  {target.Name}: p50 {At(.5):F2} ms, p99 {At(.99):F2} ms; added p50 {Added(.5):F2} ms, p99 {Added(.99):F2} ms{(target.Name == "RPD Create" ? $" (goal {goal})" : "")}; of all p99 {Middle(each.Select(times => StartLatency.At(times.All, .99))):F2} ms, {1 - (each.Sum(times => times.Clear.Length) / (double)each.Sum(times => times.All.Length)):P0} left out");
    }

    private static double Middle(IEnumerable<double> rounds) => rounds.Order().ToArray() is var sorted ? sorted[sorted.Length / 2] : 0;

    private static async Task Pace(HttpClient control, int chunks, int gap) => (await control.PostAsync(new Uri($"/pace/{chunks}/{gap}", UriKind.Relative), null)).EnsureSuccessStatusCode();

    private static async Task Memory(Installation server, Target ours)
    {
        var (before, most, begun) = (server.MemoryBytes, 0L, 0);
        var streams = Load.Streams(ours, Open, 1, OpenChunks, TimeSpan.FromSeconds(5), same: true, () => Interlocked.Increment(ref begun));
        var whenAllWere = 0L;
        while (!streams.IsCompleted)
        {
            most = Math.Max(most, server.MemoryBytes);
            if (whenAllWere == 0 && Volatile.Read(ref begun) == Open) whenAllWere = server.MemoryBytes;
            // The pace of the samples; the most is reached slowly.
            await Task.Delay(100);
        }
        await streams;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{Open} open streams, all of them whole: resident {before / 1e6:F0} → {whenAllWere / 1e6:F0} MB when all had begun, {most / 1e6:F0} MB at most (goal 300), {(whenAllWere - before) / 1024.0 / Open:F1} KB each"));
    }

    private static async Task Money(Installation server, HttpClient control, Guid account)
    {
        await using var database = server.Database();
        await Wait.Until(async () => await Number("select count(*) from credit_leases where account_id = $1") == 0, TimeSpan.FromMilliseconds(200), "The leases to come back");
        var counted = (await control.GetFromJsonAsync<Upstream.Counts>("/counts"))!;
        var booked = new Upstream.Counts(await Number("select sum(requests - failed)::bigint from usage_hours where account_id = $1"),
            await Number("select sum(input_tokens + output_tokens)::bigint from usage_hours where account_id = $1"), Given - await Number("select promo + allowance + purchased from credit_balances where account_id = $1"));
        Console.WriteLine($"the upstream counted {counted.Answers} answers, {counted.Tokens} tokens, {counted.Credits} credits; booked were {booked.Answers}, {booked.Tokens}, {booked.Credits}: {(counted == booked ? "equal" : "NOT EQUAL")}");
        Console.WriteLine($"ledger check: {(await server.Command("ledger", "check")).Trim()}");

        async Task<long> Number(string sql)
        {
            await using var command = database.CreateCommand(sql);
            command.Parameters.AddWithValue(account);
            return (long)(await command.ExecuteScalarAsync())!;
        }
    }

    /// <summary>What the load itself takes of the machine.</summary>
    private sealed class Share
    {
        private readonly TimeSpan used = Used;
        private readonly long begun = Stopwatch.GetTimestamp();

        public override string ToString() => string.Create(CultureInfo.InvariantCulture,
            $"the load took {(Used - used) / (Stopwatch.GetElapsedTime(begun) * Environment.ProcessorCount):P0} of {Environment.ProcessorCount} processors");

        private static TimeSpan Used => Process.GetCurrentProcess().TotalProcessorTime;
    }
}
