using System.Collections.Concurrent;
using System.Diagnostics;
using Rpd.Server.Telemetry;

namespace Rpd.Server.Jobs;

/// <summary>Runs one lane: claims as many jobs as it has free hands, renews their leases, and writes down how they ended.</summary>
public sealed class Worker(string lane, int hands, JobQueue queue, JobBell bell, JobKinds kinds, WorkerPulse pulse, JobOptions options, IServiceScopeFactory scopes, ILogger log)
    : BackgroundService
{
    private readonly SemaphoreSlim free = new(Math.Max(hands, 1));
    private readonly ConcurrentDictionary<long, Task> running = new();

    protected override async Task ExecuteAsync(CancellationToken stopping)
    {
        if (hands == 0) return;
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await free.WaitAsync(stopping);
                var most = 1;
                while (most < hands && await free.WaitAsync(0, stopping)) most++;
                var claimed = await ClaimOrRelease(most, stopping);
                foreach (var job in claimed) Start(job, stopping);
                if (claimed.Count == 0) await bell.Wait(lane, TimeSpan.FromMilliseconds(options.PollMilliseconds), stopping);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                break;
            }
            catch (Exception fault)
            {
                log.LogError(fault, "The {Lane} lane could not claim work; trying again", lane);
                await Task.Delay(TimeSpan.FromSeconds(1), stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
        await Task.WhenAll(running.Values);
    }

    private async Task<IReadOnlyList<ClaimedJob>> ClaimOrRelease(int most, CancellationToken stopping)
    {
        var claimed = 0;
        try
        {
            var jobs = await queue.Claim(lane, most, stopping);
            pulse.Beat(lane);
            claimed = jobs.Count;
            return jobs;
        }
        finally
        {
            if (most > claimed) free.Release(most - claimed);
        }
    }

    private void Start(ClaimedJob job, CancellationToken stopping)
    {
        var task = Task.Run(() => Run(job, stopping), CancellationToken.None);
        running[job.Id] = task;
        _ = task.ContinueWith(_ =>
        {
            running.TryRemove(job.Id, out Task? _);
            free.Release();
        }, TaskScheduler.Default);
    }

    private async Task Run(ClaimedJob job, CancellationToken stopping)
    {
        using var lost = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        using var done = new CancellationTokenSource();
        var renewing = KeepLease(job, lost, done.Token);
        using var scope = log.BeginScope(new JobScope(job));
        using var trace = Measured.Traces.StartActivity("job " + job.Kind, ActivityKind.Consumer);
        var (begun, outcome) = (Stopwatch.GetTimestamp(), "failed");
        try
        {
            var result = await Execute(job, lost.Token);
            await Write(job, result);
            outcome = result switch { JobResult.Later => "later", JobResult.Buried => "buried", _ => "done" };
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            outcome = "stopped";
            // A graceful stop hands the job over at once and does not count the attempt.
            await queue.Snooze(job, TimeSpan.Zero, fresh: false, CancellationToken.None);
        }
        catch (OperationCanceledException) when (lost.IsCancellationRequested)
        {
            outcome = "lost";
            log.LogWarning("Job {Job} {Kind} lost its lease; another worker has it", job.Id, job.Kind);
        }
        catch (Exception fault)
        {
            await GiveBack(job, fault);
        }
        finally
        {
            Measured.JobEnded(job.Kind, outcome, Stopwatch.GetElapsedTime(begun));
            if (outcome is "failed" or "buried") trace?.SetStatus(ActivityStatusCode.Error);
            await done.CancelAsync();
            await renewing;
        }
    }

    private async Task<JobResult> Execute(ClaimedJob job, CancellationToken lost)
    {
        await using var scope = scopes.CreateAsyncScope();
        if (kinds.Find(job.Kind) is not { } type) return JobResult.Bury($"Nothing here knows the kind {job.Kind}.");
        var handler = (IJob)scope.ServiceProvider.GetRequiredService(type);
        return await handler.Run(new(job.Id, job.Kind, job.Args, job.Attempt, job.AttemptsMax, job.Fence), lost);
    }

    private Task<bool> Write(ClaimedJob job, JobResult result) => result switch
    {
        JobResult.Later later => queue.Snooze(job, later.Delay, fresh: true, CancellationToken.None),
        JobResult.Buried buried => queue.Bury(job, buried.Reason, CancellationToken.None),
        _ => queue.Finish(job, CancellationToken.None),
    };

    private async Task GiveBack(ClaimedJob job, Exception fault)
    {
        log.LogError(fault, "Job {Job} {Kind} failed on attempt {Attempt} of {AttemptsMax}", job.Id, job.Kind, job.Attempt, job.AttemptsMax);
        try
        {
            if (job.Attempt >= job.AttemptsMax) await queue.Bury(job, fault.Message, CancellationToken.None);
            else await queue.Retry(job, fault.Message, CancellationToken.None);
        }
        catch (Exception alsoDown)
        {
            log.LogError(alsoDown, "Job {Job} could not be given back; its lease will run out", job.Id);
        }
    }

    private async Task KeepLease(ClaimedJob job, CancellationTokenSource lost, CancellationToken done)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(options.LeaseSeconds / 3.0));
        var held = TimeSpan.FromSeconds(options.LeaseSeconds);
        var renewed = Stopwatch.GetTimestamp();
        try
        {
            while (await timer.WaitForNextTickAsync(done))
            {
                var asked = Stopwatch.GetTimestamp();
                if (await Renew(job, done) is { } kept)
                {
                    if (kept)
                    {
                        renewed = asked;
                        pulse.Beat(lane);
                    }

                    else await lost.CancelAsync();
                }
                // Stop while the lease still holds, rather than run beside another worker. The fence protects what is in flight.
                else if (Stopwatch.GetElapsedTime(renewed) > held * 0.6) await lost.CancelAsync();
            }
        }
        catch (OperationCanceledException) when (done.IsCancellationRequested)
        {
            return;
        }
    }

    /// <returns>Null when it is unknown: the database did not answer.</returns>
    private async Task<bool?> Renew(ClaimedJob job, CancellationToken done)
    {
        try
        {
            return await queue.Renew(job, done);
        }
        catch (Exception fault) when (!done.IsCancellationRequested)
        {
            log.LogError(fault, "The lease of job {Job} could not be renewed", job.Id);
            return null;
        }
    }
}
