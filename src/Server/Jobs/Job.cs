using System.Text.Json;

namespace Rpd.Server.Jobs;

/// <summary>
/// Work that outlives the request. Add it to the context (or insert it) in the transaction that wants it done, commit, then <see cref="JobBell.Ring"/>.
/// States: ready → running → gone when done; or back to ready (retry, snooze); or dead after the last attempt.
/// </summary>
public sealed class Job
{
    public const int AttemptsMaxDefault = 8;

    public long Id { get; init; }
    public required string Kind { get; init; }
    public required string Lane { get; init; }
    public required JsonElement Args { get; init; }
    public string State { get; init; } = "ready";
    public DateTimeOffset RunAt { get; init; }
    public int Attempts { get; init; }
    public int AttemptsMax { get; init; } = AttemptsMaxDefault;

    /// <summary>Grows with every claim; a write that carries an older fence belongs to a worker that lost its lease.</summary>
    public long Fence { get; init; }
    public DateTimeOffset? LeaseUntil { get; init; }
    public string? LastError { get; init; }
    public DateTimeOffset CreatedAt { get; init; }

    public static Job New(string kind, string lane, object args, DateTimeOffset now, TimeSpan delay = default) => new()
    {
        Kind = kind,
        Lane = lane,
        Args = JsonSerializer.SerializeToElement(args, JsonSerializerOptions.Web),
        RunAt = now + delay,
        CreatedAt = now,
    };
}

/// <summary>Lanes keep slow work from delaying quick work; each has its own workers.</summary>
public static class Lanes
{
    /// <summary>Generations that this server makes itself: seconds to minutes each, claimed few at a time. Those of a vendor have a lane of its name.</summary>
    public const string Slow = "slow";

    /// <summary>Mail, notifications, upkeep: claimed in batches.</summary>
    public const string Quick = "quick";

    /// <summary>Deliveries, which have a table and a worker of their own; only the bell is shared.</summary>
    public const string Webhooks = "webhooks";
}

/// <summary>How a run ended. An exception means: try again later, dead after the last attempt.</summary>
public abstract record JobResult
{
    public static readonly JobResult Done = new Finished();

    public static JobResult Snooze(TimeSpan delay) => new Later(delay);

    /// <summary>Never again, and somebody should look: the job stays as dead with this reason.</summary>
    public static JobResult Bury(string reason) => new Buried(reason);

    internal sealed record Finished : JobResult;

    /// <summary>Not an attempt: polling and waiting may go on for as long as they must.</summary>
    internal sealed record Later(TimeSpan Delay) : JobResult;

    internal sealed record Buried(string Reason) : JobResult;
}

/// <summary>A claimed job.</summary>
public sealed record JobRun(long Id, string Kind, JsonElement Args, int Attempt, int AttemptsMax, long Fence)
{
    public bool LastAttempt => Attempt >= AttemptsMax;

    public T Read<T>() => Args.Deserialize<T>(JsonSerializerOptions.Web)
        ?? throw new InvalidOperationException($"{Kind} job {Id} has no arguments.");
}

/// <summary>One per kind; resolved from a scope of its own for each run. May run twice for the same job.</summary>
public interface IJob
{
    /// <param name="cancel">The lease is lost, so somebody else has the job; or the server stops.</param>
    Task<JobResult> Run(JobRun job, CancellationToken cancel);
}
