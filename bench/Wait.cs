using System.Diagnostics;

namespace Rpd.Bench;

/// <summary>The two ways a measuring program waits.</summary>
internal static class Wait
{
    /// <summary>The clock of an open loop: the next request begins when it is due, whatever became of those before it.</summary>
    public static async Task UntilDue(long start, TimeSpan due)
    {
        while (Stopwatch.GetElapsedTime(start) < due) await Task.Delay(1);
    }

    /// <summary>Asks, as a program does that has no other sign, until it is so.</summary>
    /// <exception cref="TimeoutException">Not within the minutes.</exception>
    public static async Task Until(Func<Task<bool>> isSo, TimeSpan pause, string what, int minutes = 1)
    {
        var start = Stopwatch.GetTimestamp();
        while (!await isSo())
        {
            if (Stopwatch.GetElapsedTime(start) > TimeSpan.FromMinutes(minutes)) throw new TimeoutException($"{what}: still waiting after {minutes} min.");
            await Task.Delay(pause);
        }
    }
}
