using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Rpd.Server.Telemetry;

/// <summary>What this product counts of itself, beside what the framework and the database's driver count. Counting costs nothing while nobody listens.</summary>
public static class Measured
{
    public const string Name = "Rpd.Create";

    /// <summary>Jobs, each with what it belongs to.</summary>
    public static readonly ActivitySource Traces = new(Name);

    private static readonly Meter Meter = new(Name);

    private static readonly Counter<long> Ended = Meter.CreateCounter<long>("rpd.generations.ended", "{generation}", "Generations that ended, by provider, type and status. Test runs are not among them.");

    private static readonly Histogram<double> Lasted = Meter.CreateHistogram("rpd.generation.duration", "s", "From being asked for to the end.", tags: null,
        new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.5, 1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1200, 3600] });

    private static readonly Counter<long> Captured = Meter.CreateCounter<long>("rpd.credits.captured", "{credit}", "Credits that were charged.");

    private static readonly Histogram<double> Worked = Meter.CreateHistogram("rpd.job.duration", "s", "Jobs, by kind and how they ended.", tags: null,
        new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300] });

    private static volatile IReadOnlyList<QueueLength> queue = [];

    static Measured()
    {
        Meter.CreateObservableGauge("rpd.queue.jobs", () => queue.Select(one => new Measurement<long>(one.Jobs, new("lane", one.Lane), new("state", one.State))), "{job}", "Jobs that wait, run or are dead, by lane.");
        Meter.CreateObservableGauge("rpd.queue.age", () => queue.Where(one => one.State == "ready").Select(one => new Measurement<double>(one.OldestSeconds, new KeyValuePair<string, object?>("lane", one.Lane))), "s", "How long the oldest job is due.");
    }

    public static void GenerationEnded(string provider, string type, string status, TimeSpan lasted, long credits)
    {
        var tags = new TagList { { "provider", provider }, { "type", type }, { "status", status } };
        Ended.Add(1, tags);
        Lasted.Record(lasted.TotalSeconds, tags);
        if (credits > 0) Captured.Add(credits, new KeyValuePair<string, object?>("of", "generations"));
    }

    public static void CallsBooked(long credits) => Captured.Add(credits, new KeyValuePair<string, object?>("of", "calls"));

    public static void JobEnded(string kind, string outcome, TimeSpan lasted) => Worked.Record(lasted.TotalSeconds, new TagList { { "kind", kind }, { "outcome", outcome } });

    public static void QueueIs(IReadOnlyList<QueueLength> now) => queue = now;
}

/// <param name="OldestSeconds">How long the one that is due longest is due.</param>
public sealed record QueueLength(string Lane, string State, long Jobs, double OldestSeconds);
