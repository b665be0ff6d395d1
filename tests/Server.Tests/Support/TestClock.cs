namespace Rpd.Server.Tests.Support;

/// <summary>Stands still until it is moved.</summary>
public sealed class TestClock(DateTimeOffset? start = null) : TimeProvider
{
    private long ticks = (start ?? new(2031, 3, 5, 12, 0, 0, TimeSpan.Zero)).UtcTicks;

    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref ticks), TimeSpan.Zero);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Interlocked.Read(ref ticks);

    public void Advance(TimeSpan by) => Interlocked.Add(ref ticks, by.Ticks);
}
