using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Rpd.Server.Database;
using Rpd.Server.Jobs;
using Rpd.Server.Tests.Support;

namespace Rpd.Server.Tests.Jobs;

public sealed class WorkerTests(TestPostgres postgres)
{
    private static readonly JobOptions OneSecond = new() { LeaseSeconds = 1, PollMilliseconds = 50 };

    [Fact]
    public async Task A_renewal_that_fails_once_does_not_end_the_run()
    {
        var connection = await postgres.CreateDatabase();
        await new Migrator(connection, Migration.Embedded, NullLogger.Instance).Apply(CancellationToken.None);
        await using var database = NpgsqlDataSource.Create(connection);
        await Execute(database, "insert into jobs (kind, lane, args, state, run_at, attempts_max, created_at) values ('test.long', 'slow', '{}', 'ready', now(), 3, now())");
        await using var services = new ServiceCollection().AddSingleton<Log>().AddScoped<Long>().BuildServiceProvider();
        var log = services.GetRequiredService<Log>();
        using var worker = Worker(database, services, new WorkerPulse(OneSecond, TimeProvider.System));
        await worker.StartAsync(CancellationToken.None);
        await log.Begun.Task.WaitAsync(TimeSpan.FromSeconds(10));

        // Before the first renewal: every connection of the pool is dead and says so at its next use.
        await using var killer = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connection) { Pooling = false }.ConnectionString);
        await killer.OpenAsync();
        await using (var kill = new NpgsqlCommand("select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and backend_type = 'client backend' and pid <> pg_backend_pid()", killer)) await kill.ExecuteNonQueryAsync();
        var outcome = await log.Ended.Task.WaitAsync(TimeSpan.FromSeconds(10));
        await worker.StopAsync(CancellationToken.None);

        Assert.Equal("done", outcome);
        Assert.Equal(1, log.Runs);
    }

    [Fact]
    public async Task A_lane_that_has_been_silent_for_longer_than_a_lease_is_not_ready()
    {
        var clock = new TestClock();
        var pulse = new WorkerPulse(new JobOptions { LeaseSeconds = 30 }, clock);
        pulse.Beat(Lanes.Slow);
        pulse.Beat(Lanes.Quick);
        clock.Advance(TimeSpan.FromSeconds(29));
        Assert.Equal(HealthStatus.Healthy, (await pulse.CheckHealthAsync(new())).Status);

        pulse.Beat(Lanes.Quick);
        clock.Advance(TimeSpan.FromSeconds(2));
        var late = await pulse.CheckHealthAsync(new());

        Assert.Equal(HealthStatus.Unhealthy, late.Status);
        Assert.Contains("slow", late.Description, StringComparison.Ordinal);
        Assert.DoesNotContain("quick", late.Description, StringComparison.Ordinal);
    }

    private static Worker Worker(NpgsqlDataSource database, IServiceProvider services, WorkerPulse pulse) => new(Lanes.Slow, 1, new JobQueue(database, OneSecond), new JobBell(),
        new JobKinds([new("test.long", typeof(Long))]), pulse, OneSecond, services.GetRequiredService<IServiceScopeFactory>(), NullLogger.Instance);

    private static async Task Execute(NpgsqlDataSource database, string sql)
    {
        await using var command = database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    private sealed class Log
    {
        public int Runs;

        public TaskCompletionSource Begun { get; } = new();

        public TaskCompletionSource<string> Ended { get; } = new();
    }

    /// <summary>Works for longer than one lease.</summary>
    private sealed class Long(Log log) : IJob
    {
        public async Task<JobResult> Run(JobRun job, CancellationToken cancel)
        {
            Interlocked.Increment(ref log.Runs);
            log.Begun.TrySetResult();
            try
            {
                await Task.Delay(TimeSpan.FromSeconds(1.6), cancel);
                log.Ended.TrySetResult("done");
            }
            catch (OperationCanceledException)
            {
                log.Ended.TrySetResult("cancelled");
                throw;
            }
            return JobResult.Done;
        }
    }
}
