using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Rpd.Bench;

/// <summary>
/// Watches how fast the machine itself is: a fixed piece of work every few milliseconds, timed by the processor time it takes, so that other threads do
/// not count. Virtual processors that others share fall to a tenth of their speed for a moment; whoever is answered then waits, whatever the program is.
/// </summary>
internal sealed partial class MachineSpeed : IDisposable
{
    private const int ThreadCpuTime = 3, Work = 60_000;

    /// <summary>What piled up while the machine was slow is worked off in this time.</summary>
    private static readonly TimeSpan Recovery = TimeSpan.FromMilliseconds(60);

    private readonly List<(long At, double Took)> samples = [];
    private readonly Thread watcher;
    private volatile bool ended;

    public MachineSpeed()
    {
        watcher = new(Watch) { IsBackground = true };
        watcher.Start();
    }

    /// <summary>Ends the watch, and gives the times in which the machine ran at less than half of its usual speed, recovery included.</summary>
    public IReadOnlyList<(long From, long To)> Slow()
    {
        Dispose();
        var usual = samples.Select(sample => sample.Took).Order().ElementAt(samples.Count / 2);
        var slow = new List<(long From, long To)>();
        var recovery = (long)(Recovery.TotalSeconds * Stopwatch.Frequency);
        for (var i = 0; i < samples.Count; i++)
        {
            if (samples[i].Took < 2 * usual) continue;
            var (from, to) = (samples[Math.Max(0, i - 1)].At, samples[i].At + recovery);
            if (slow.Count > 0 && slow[^1].To >= from) slow[^1] = (slow[^1].From, to);
            else slow.Add((from, to));
        }
        return slow;
    }

    public void Dispose()
    {
        ended = true;
        watcher.Join();
    }

    private void Watch()
    {
        var x = 1;
        while (!ended)
        {
            var before = CpuSeconds();
            for (var i = 0; i < Work; i++) x = (x * 1103515245) + 12345;
            samples.Add((Stopwatch.GetTimestamp(), CpuSeconds() - before + (x == 0 ? double.Epsilon : 0)));
            // The pace of the samples: they take a hundredth of a processor and notice what lasts for ten milliseconds.
            Thread.Sleep(4);
        }
    }

    private static double CpuSeconds() => Clock(ThreadCpuTime, out var time) == 0 ? time.Seconds + (time.Nanoseconds / 1e9) : throw new PlatformNotSupportedException();

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int Clock(int clock, out Timespec time);

    [StructLayout(LayoutKind.Sequential)]
    private struct Timespec
    {
        public long Seconds;
        public long Nanoseconds;
    }
}
