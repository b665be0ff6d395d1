using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Rpd.Server.Jobs;

namespace Rpd.Bench;

/// <summary>
/// From the commit of a job to the start of its run, at 200 jobs a second in an open loop, by the product's own queue and worker. The limit it is held
/// against: one bare claim by hand on the same database, with nothing around it.
/// </summary>
internal static class StartLatency
{
    private const int PerSecond = 200, Seconds = 20;
    private static readonly ConcurrentDictionary<int, long> Committed = new();
    private static readonly ConcurrentBag<double> Latencies = [];

    public static async Task Run()
    {
        // The server's own workers stay away from the slow lane.
        await using var server = await Installation.Start(("Jobs__SlowWorkers", "0"));
        await using var database = server.Database();
        var options = new JobOptions();
        var (queue, bell) = (new JobQueue(database, options), new JobBell());
        await using var services = new ServiceCollection().AddScoped<Noop>().BuildServiceProvider();
        using var worker = new Worker(Lanes.Slow, 8, queue, bell, new JobKinds([new("bench.noop", typeof(Noop))]), new WorkerPulse(options, TimeProvider.System), options,
            services.GetRequiredService<IServiceScopeFactory>(), NullLogger.Instance);
        await worker.StartAsync(CancellationToken.None);
        await Load(database, bell, 2);
        Latencies.Clear();
        await Load(database, bell, Seconds);
        await worker.StopAsync(CancellationToken.None);
        var bare = await BareClaim(database, queue);
        var sorted = Latencies.Order().ToArray();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{sorted.Length} jobs at {PerSecond}/s: insert → start p50 {At(sorted, .5):F2} ms, p99 {At(sorted, .99):F2} ms, max {sorted[^1]:F1} ms; a bare claim takes p50 {bare:F2} ms; ratio {At(sorted, .5) / bare:F1}"));
    }

    private static async Task Load(NpgsqlDataSource database, JobBell bell, int seconds)
    {
        var start = Stopwatch.GetTimestamp();
        var inserts = new List<Task>();
        for (var i = 0; i < PerSecond * seconds; i++)
        {
            await Wait.UntilDue(start, TimeSpan.FromSeconds((double)i / PerSecond));
            inserts.Add(Insert(database, bell, Random.Shared.Next()));
        }
        await Task.WhenAll(inserts);
        await Wait.Until(() => Task.FromResult(Committed.IsEmpty), TimeSpan.FromMilliseconds(10), "Jobs to start");
    }

    private static async Task Insert(NpgsqlDataSource database, JobBell bell, int number)
    {
        Committed[number] = long.MaxValue;
        await using var command = database.CreateCommand(
            "insert into jobs (kind, lane, args, state, run_at, attempts_max, created_at) values ('bench.noop', 'slow', jsonb_build_object('number', $1::int), 'ready', now(), 1, now())");
        command.Parameters.AddWithValue(number);
        // The clock starts when the statement is sent: its own commit counts too.
        Committed[number] = Stopwatch.GetTimestamp();
        await command.ExecuteNonQueryAsync();
        bell.Ring(Lanes.Slow);
    }

    private static async Task<double> BareClaim(NpgsqlDataSource database, JobQueue queue)
    {
        var times = new List<double>();
        for (var i = 0; i < 300; i++)
        {
            await using var insert = database.CreateCommand("insert into jobs (kind, lane, args, state, run_at, attempts_max, created_at) values ('bench.bare', 'bench', '{}', 'ready', now(), 1, now())");
            await insert.ExecuteNonQueryAsync();
            var begun = Stopwatch.GetTimestamp();
            await queue.Claim("bench", 1, CancellationToken.None);
            times.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
        }
        return At([.. times.Order()], .5);
    }

    internal static double At(double[] sorted, double share) => sorted[Math.Min(sorted.Length - 1, (int)(sorted.Length * share))];

    internal sealed class Noop : IJob
    {
        public sealed record Args(int Number);

        public Task<JobResult> Run(JobRun job, CancellationToken cancel)
        {
            if (Committed.TryRemove(job.Read<Args>().Number, out var since)) Latencies.Add(Stopwatch.GetElapsedTime(since).TotalMilliseconds);
            return Task.FromResult(JobResult.Done);
        }
    }
}
