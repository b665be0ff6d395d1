namespace Rpd.Server.Credits.Metering;

/// <summary>What a lease is for: calls that are paid from the same buckets, under the same cap.</summary>
/// <param name="CapStart">Of a test key: the day whose balance it plays with.</param>
internal readonly record struct LeaseKey(Guid AccountId, Guid? CappedKeyId, DateTimeOffset? CapStart, bool PromoPays, bool Test);

/// <summary>
/// Credits that this node has set aside for one payer's calls, counted in memory: free, held by calls that run, spent and not booked yet. The row in
/// <c>credit_leases</c> holds their sum, or more when the answer to a draw was lost.
/// </summary>
internal sealed class Lease(LeaseKey key, long now)
{
    private readonly Lock gate = new();
    private readonly Dictionary<UsageKey, UsageSum> unbooked = [];
    private long free, held, spent;
    private long usedAt = now;
    private Booking? booking;
    private int bookings;

    public Guid Id { get; } = Guid.CreateVersion7();

    public LeaseKey Key => key;

    /// <summary>Whoever draws, and whoever closes it, comes alone.</summary>
    public SemaphoreSlim Drawing { get; } = new(1, 1);

    /// <summary>Its row stands in the database.</summary>
    public bool Drawn { get; private set; }

    public bool Closed { get; private set; }

    /// <summary>What the last drawing asked for beside its need. It grows while drawing is frequent.</summary>
    public long More { get; set; }

    public long DrawnAt { get; set; }

    /// <summary>Whether everything that was spent is booked.</summary>
    public bool Settled
    {
        get { lock (gate) return booking is null && unbooked.Count == 0; }
    }

    public long Free
    {
        get { lock (gate) return free; }
    }

    public bool TryHold(long credits, long now)
    {
        lock (gate)
        {
            if (Closed || !Drawn || free < credits) return false;
            (free, held, usedAt) = (free - credits, held + credits, now);
            return true;
        }
    }

    /// <summary>What has to be drawn for a call of that price; null when it is there.</summary>
    public long? Missing(long credits)
    {
        lock (gate) return Drawn && free >= credits ? null : Math.Max(0, credits - free);
    }

    public void Add(long drawn)
    {
        lock (gate) (free, Drawn) = (free + drawn, true);
    }

    /// <summary>A call has ended.</summary>
    /// <param name="credits">More than it held is taken as far as it is there: whatever else runs keeps what it holds.</param>
    /// <returns>What was charged.</returns>
    public long End(long reserved, long credits, UsageKey usage, UsageSum sum, long now)
    {
        lock (gate)
        {
            var charged = Math.Min(credits, reserved + free);
            (free, held, spent, usedAt) = (free + reserved - charged, held - reserved, spent + charged, now);
            unbooked[usage] = unbooked.GetValueOrDefault(usage).Plus(sum with { Credits = charged });
            return charged;
        }
    }

    /// <summary>What is to be booked now, the same as before until <see cref="Booked"/> says that it was. Null: nothing.</summary>
    public Booking? Book()
    {
        lock (gate)
        {
            if (booking is not null || unbooked.Count == 0) return booking;
            booking = new(++bookings, spent, [.. unbooked.Select(one => (one.Key, one.Value))]);
            spent = 0;
            unbooked.Clear();
            return booking;
        }
    }

    /// <summary>Only to say that this node lives: a booking of nothing.</summary>
    public Booking Renewal()
    {
        lock (gate) return booking ??= new(++bookings, 0, []);
    }

    public void Booked()
    {
        lock (gate) booking = null;
    }

    /// <summary>Nothing runs, nothing is to be booked, and nobody has used it since.</summary>
    public bool TryClose(long since)
    {
        lock (gate) return Closed = Closed || (held == 0 && booking is null && unbooked.Count == 0 && usedAt <= since);
    }

    /// <summary>Its row is gone: nothing more can be taken from it.</summary>
    public void Lose()
    {
        lock (gate) (Closed, booking) = (true, null);
    }
}

/// <param name="Number">Makes sure that it is booked once.</param>
internal sealed record Booking(int Number, long Credits, IReadOnlyList<(UsageKey Of, UsageSum Sum)> Usage);

internal readonly record struct UsageKey(Guid ApiKeyId, string Model, string Face);

internal readonly record struct UsageSum(long Requests, long Failed, long Credits, long InputTokens, long OutputTokens)
{
    public UsageSum Plus(UsageSum other) =>
        new(Requests + other.Requests, Failed + other.Failed, Credits + other.Credits, InputTokens + other.InputTokens, OutputTokens + other.OutputTokens);
}
