using Npgsql;
using Rpd.Server.Live;
using Rpd.Server.Telemetry;

namespace Rpd.Server.Credits.Metering;

/// <summary>Books what metered calls have cost, five times a second and once more at the end, and gives back what nobody uses.</summary>
internal sealed class SettleLeases(Meter meter, LeaseRows rows, LiveFeed live, CreditOptions options, TimeProvider time, ILogger<SettleLeases> log) : BackgroundService
{
    private const int Together = 200;
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(200), Idle = TimeSpan.FromSeconds(2);

    private readonly Dictionary<Guid, long> renewedAt = [];
    private readonly Lock stopping = new();
    private Task? stopped;

    // Once: a host that is stopped from two sides takes itself apart when the faster one has ended.
    public override Task StopAsync(CancellationToken cancellationToken)
    {
        lock (stopping) return stopped ??= BookTheRest(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pace);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken)) await Run(returnAll: false, stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // What is left is booked by StopAsync.
        }
    }

    private async Task BookTheRest(CancellationToken cancel)
    {
        await base.StopAsync(cancel);
        await Run(returnAll: true, cancel);
    }

    private async Task Run(bool returnAll, CancellationToken cancel)
    {
        try
        {
            // In one order everywhere: two nodes that book for the same accounts must not wait for each other.
            var due = meter.Leases.Select(lease => (Lease: lease, Booking: Due(lease))).Where(one => one.Booking is not null).Select(one => (one.Lease, one.Booking!))
                .OrderBy(one => one.Lease.Key.AccountId).ThenBy(one => one.Lease.Id).ToList();
            foreach (var some in due.Chunk(Together)) await Settle(some, cancel);
            foreach (var lease in meter.Leases) await ReturnIdle(lease, returnAll, cancel);
        }
        catch (Exception fault) when (fault is NpgsqlException or TimeoutException)
        {
            // Nothing is lost: the same bookings are tried again.
            log.LogWarning(fault, "Metered calls could not be booked; they will be tried again");
        }
    }

    private Booking? Due(Lease lease)
    {
        if (lease.Key.Test)
        {
            // Play is in nobody's books.
            lease.Book();
            lease.Booked();
            return null;
        }
        if (lease.Book() is { } booking) return booking;
        var now = time.GetTimestamp();
        if (!lease.Drawn || time.GetElapsedTime(renewedAt.GetValueOrDefault(lease.Id, lease.DrawnAt), now).TotalSeconds < options.LeaseSeconds / 3.0) return null;
        return lease.Renewal();
    }

    private async Task Settle(IReadOnlyList<(Lease Lease, Booking Booking)> some, CancellationToken cancel)
    {
        IReadOnlyList<bool> there;
        try
        {
            there = await rows.Settle(some, cancel);
        }
        catch (PostgresException fault) when (some.Count > 1)
        {
            log.LogError(fault, "Bookings of {Count} accounts failed together; they are tried one by one", some.Count);
            foreach (var one in some) await Settle([one], cancel);
            return;
        }
        foreach (var ((lease, booking), stands) in some.Zip(there))
        {
            if (stands)
            {
                lease.Booked();
                renewedAt[lease.Id] = time.GetTimestamp();
                if (booking.Credits == 0) continue;
                Measured.CallsBooked(booking.Credits);
                live.TellCount(CreditQueries.Spendable, lease.Key.AccountId);
                continue;
            }
            log.LogError("The lease {Lease} of account {Account} was taken back before this node had booked {Credits} credits of it", lease.Id, lease.Key.AccountId, booking.Credits);
            lease.Lose();
            Forget(lease);
        }
    }

    private async Task ReturnIdle(Lease lease, bool now, CancellationToken cancel)
    {
        var since = time.GetTimestamp() - (now ? 0 : (long)(Idle.TotalSeconds * time.TimestampFrequency));
        if (!await lease.Drawing.WaitAsync(0, cancel)) return;
        try
        {
            if (!lease.TryClose(since)) return;
            if (lease.Drawn) await rows.Return(lease, lease.Free, cancel);
            Forget(lease);
            live.TellCount(CreditQueries.Spendable, lease.Key.AccountId);
        }
        finally
        {
            lease.Drawing.Release();
        }
    }

    private void Forget(Lease lease)
    {
        meter.Remove(lease);
        renewedAt.Remove(lease.Id);
    }
}
