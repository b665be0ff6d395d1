using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Rpd.Bench.Chat;

/// <summary>The three ways in which targets are asked. Each answer is compared with what the upstream says to that number, where it has to be the same.</summary>
internal static partial class Load
{
    private const int Monotonic = 1, Absolute = 1;

    /// <summary>An open loop: requests begin when they are due, whatever became of those before them, and their time runs from then.</summary>
    public static async Task<Times> Open(Target target, int perSecond, int seconds, bool same)
    {
        using var machine = new MachineSpeed();
        var done = new Task<(long From, long To)>[perSecond * seconds];
        // A thread of its own, which the clock wakes: timers are up to a millisecond late, and that would be half of what is measured.
        await Task.Factory.StartNew(() =>
        {
            var start = Stopwatch.GetTimestamp() + (Stopwatch.Frequency / 100);
            for (var i = 0; i < done.Length; i++)
            {
                var due = start + (i * Stopwatch.Frequency / perSecond);
                SleepUntil(due);
                done[i] = One(due);
            }
        }, TaskCreationOptions.LongRunning);
        return new(await Task.WhenAll(done), machine.Slow());

        async Task<(long From, long To)> One(long due)
        {
            var connection = await target.Connect();
            await Whole(target, connection, same);
            var answered = Stopwatch.GetTimestamp();
            target.Keep(connection);
            return (due, answered);
        }
    }

    /// <summary>A closed loop: as many as there are connections, one after another.</summary>
    /// <returns>Answers a second.</returns>
    public static async Task<double> Closed(Target target, int connections, TimeSpan lasts, bool same)
    {
        long answers = 0;
        var start = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Run(async () =>
        {
            var connection = await target.Connect();
            while (Stopwatch.GetElapsedTime(start) < lasts)
            {
                await Whole(target, connection, same);
                Interlocked.Increment(ref answers);
            }
            target.Keep(connection);
        })));
        return answers / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    /// <summary>Streams side by side, which begin one after another within the time that one lasts; each is followed by the next one on its connection.</summary>
    /// <returns>From each request to the first byte of its answer.</returns>
    public static async Task<Times> Streams(Target target, int atOnce, int each, int chunks, TimeSpan one, bool same, Action? begun = null)
    {
        using var machine = new MachineSpeed();
        var times = await Task.WhenAll(Enumerable.Range(0, atOnce).Select(n => Task.Run(async () =>
        {
            await Task.Delay(one * n / atOnce);
            var times = new (long From, long To)[each];
            var connection = await target.Connect();
            for (var i = 0; i < each; i++)
            {
                var (number, request) = target.Next(streamed: true);
                var (sent, first) = (Stopwatch.GetTimestamp(), 0L);
                var stream = await connection.Ask(request, at =>
                {
                    first = at;
                    begun?.Invoke();
                });
                times[i] = (sent, first);
                if (same) Compare(target, stream, [.. Upstream.Events(number, chunks).SelectMany(some => some)]);
            }
            target.Keep(connection);
            return times;
        })));
        return new([.. times.SelectMany(some => some)], machine.Slow());
    }

    /// <summary>In milliseconds, in order.</summary>
    public sealed class Times((long From, long To)[] all, IReadOnlyList<(long From, long To)> slow)
    {
        public double[] All { get; } = InOrder(all);

        /// <summary>Of those that fell into no moment in which the machine itself was slow; of all where each took so long that it met one.</summary>
        public double[] Clear { get; } = InOrder(all.Where(one => !slow.Any(moment => one.From < moment.To && one.To > moment.From))) is { Length: > 0 } clear ? clear : InOrder(all);

        private static double[] InOrder(IEnumerable<(long From, long To)> times) => [.. times.Select(one => Stopwatch.GetElapsedTime(one.From, one.To).TotalMilliseconds).Order()];
    }

    private static async Task Whole(Target target, Connection connection, bool same)
    {
        var (number, request) = target.Next(streamed: false);
        var answer = await connection.Ask(request);
        if (same) Compare(target, answer, Upstream.Whole(number));
    }

    private static void Compare(Target target, byte[] came, byte[] sent)
    {
        if (!came.AsSpan().SequenceEqual(sent)) throw new InvalidOperationException($"{target.Name} changed an answer:\n{System.Text.Encoding.UTF8.GetString(came)}\n{System.Text.Encoding.UTF8.GetString(sent)}");
    }

    // Stopwatch's own clock, in nanoseconds.
    private static void SleepUntil(long due)
    {
        var at = new Timespec { Seconds = due / Stopwatch.Frequency, Nanoseconds = due % Stopwatch.Frequency };
        while (Stopwatch.GetTimestamp() < due) Nap(Monotonic, Absolute, at, 0);
    }

    [LibraryImport("libc", EntryPoint = "clock_nanosleep")]
    private static partial int Nap(int clock, int flags, in Timespec at, nint rest);

    [StructLayout(LayoutKind.Sequential)]
    private struct Timespec
    {
        public long Seconds;
        public long Nanoseconds;
    }
}
