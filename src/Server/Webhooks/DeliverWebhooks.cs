using System.Threading.Channels;
using Rpd.Server.Jobs;
using Rpd.Shared.Webhooks;

namespace Rpd.Server.Webhooks;

/// <summary>
/// The lane of the deliveries: claims in batches, tries each receiver's with bounded concurrency, records in batches. A receiver that hangs holds its own
/// places and nobody else's. Whatever is lost between an attempt and its record is tried again under the same id.
/// </summary>
public sealed class DeliverWebhooks(DeliveryQueue queue, AttemptDelivery attempt, RecordAttempts record, JobBell bell, WorkerPulse pulse, WebhookOptions options, TimeProvider time,
    ILogger<DeliverWebhooks> log)
    : BackgroundService
{
    private const int AtOnce = 256;
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(250), SlowDelay = TimeSpan.FromSeconds(5), Farewell = TimeSpan.FromSeconds(5);
    private readonly Lock gate = new();
    private readonly Dictionary<Guid, Receiver> receivers = [];
    private readonly HashSet<Task> attempts = [];
    private readonly Channel<AttemptOutcome> outcomes = Channel.CreateUnbounded<AttemptOutcome>();
    private Task aside = Task.CompletedTask;
    private bool hungry;

    protected override async Task ExecuteAsync(CancellationToken stopping)
    {
        if (options.Concurrency == 0) return;
        using var abandon = new CancellationTokenSource();
        var recording = RecordAll();
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                var claimed = await ClaimMore(stopping);
                pulse.Beat(Lanes.Webhooks);
                Hand(claimed, abandon.Token);
                if (claimed.Count < AtOnce) await bell.Wait(Lanes.Webhooks, Pause(), stopping);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                break;
            }
            catch (Exception fault)
            {
                log.LogError(fault, "Webhook deliveries could not be claimed; trying again");
                await Task.Delay(TimeSpan.FromSeconds(1), stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
        await Leave(abandon);
        outcomes.Writer.Complete();
        await recording;
    }

    private async Task<IReadOnlyList<ClaimedDelivery>> ClaimMore(CancellationToken stopping)
    {
        Guid[] full;
        int room;
        lock (gate)
        {
            if (aside.IsCompleted) SetSlowAside();
            foreach (var idle in receivers.Values.Where(receiver => receiver.Idle).ToArray()) receivers.Remove(idle.Target);
            full = [.. receivers.Values.Where(receiver => receiver.Full).Select(receiver => receiver.Target)];
            room = Math.Min(AtOnce, options.Concurrency - receivers.Values.Sum(receiver => receiver.Held));
            hungry = full.Length > 0 || room < AtOnce;
        }
        return room > 0 ? await queue.Claim(room, full, stopping) : [];
    }

    // Under the lock. What waits for slow receivers may be thousands of rows: nobody else's deliveries wait while they are written.
    private void SetSlowAside()
    {
        ClaimedDelivery[] back = [.. receivers.Values.SelectMany(receiver => receiver.Judge())];
        (Guid Target, TimeSpan? Delay)[] slow = [.. receivers.Values.Select(receiver => (receiver.Target, Delay: receiver.PutOff())).Where(one => one.Delay is not null)];
        if (back.Length == 0 && slow.Length == 0) return;
        aside = Task.Run(async () =>
        {
            if (back.Length > 0) await queue.GiveBack(back, SlowDelay, CancellationToken.None);
            foreach (var (target, delay) in slow) await queue.PutOff(target, delay!.Value, CancellationToken.None);
        });
        Track(aside);
    }

    private void Hand(IReadOnlyList<ClaimedDelivery> claimed, CancellationToken abandon)
    {
        var dead = claimed.Where(one => one.Body is null || one.Status is null || (one.Status != WebhookStatus.Active && !one.Test)).ToArray();
        lock (gate)
        {
            if (dead.Length > 0) Track(queue.Cancel(dead, CancellationToken.None));
            foreach (var delivery in claimed.Except(dead))
            {
                if (!receivers.TryGetValue(delivery.Target, out var receiver)) receivers[delivery.Target] = receiver = new(delivery.Target, options.ConcurrencyPerReceiver);
                receiver.Add(delivery);
                StartNext(receiver, abandon);
            }
        }
    }

    // Under the lock.
    private void StartNext(Receiver receiver, CancellationToken abandon)
    {
        while (!abandon.IsCancellationRequested && receiver.Start() is { } next) Track(Task.Run(() => Try(receiver, next, abandon), CancellationToken.None));
    }

    private async Task Try(Receiver receiver, ClaimedDelivery delivery, CancellationToken abandon)
    {
        try
        {
            // Waited for so long that another node could take it up during the attempt: not tried here, where it would be tried twice.
            if (time.GetUtcNow() + options.Timeout > delivery.LeaseUntil) await queue.GiveBack([delivery], TimeSpan.Zero, abandon);
            else await outcomes.Writer.WriteAsync(await attempt.Run(delivery, abandon), CancellationToken.None);
        }
        catch (OperationCanceledException) when (abandon.IsCancellationRequested)
        {
            // The server stops: somebody takes it up at once. The receiver may have seen it; it knows the id.
            await queue.GiveBack([delivery], TimeSpan.Zero, CancellationToken.None);
        }
        catch (Exception fault)
        {
            log.LogError(fault, "Webhook delivery {Delivery} could not be tried; its lease will run out", delivery.Id);
        }
        lock (gate)
        {
            receiver.Ended(delivery.Id);
            StartNext(receiver, abandon);
            if (receiver.Idle) receivers.Remove(receiver.Target);
            if (!hungry || receiver.Full) return;
            hungry = false;
        }
        bell.Ring(Lanes.Webhooks);
    }

    private void Track(Task task)
    {
        attempts.Add(task);
        _ = task.ContinueWith(done =>
        {
            lock (gate) attempts.Remove(done);
            if (done.Exception is { } fault) log.LogError(fault, "Webhook deliveries could not be written; their lease will run out");
        }, TaskScheduler.Default);
    }

    private async Task RecordAll()
    {
        var batch = new List<AttemptOutcome>();
        while (await outcomes.Reader.WaitToReadAsync())
        {
            while (batch.Count < AtOnce && outcomes.Reader.TryRead(out var outcome)) batch.Add(outcome);
            try
            {
                await record.Run(batch, CancellationToken.None);
            }
            catch (Exception fault)
            {
                // Not kept: they come due again when their leases end, and memory stays what it is while the database is away.
                log.LogError(fault, "{Count} webhook attempts could not be recorded; they will be tried again", batch.Count);
            }
            batch.Clear();
        }
    }

    private TimeSpan Pause()
    {
        var poll = TimeSpan.FromMilliseconds(options.PollMilliseconds);
        lock (gate) return receivers.Count > 0 && Look < poll ? Look : poll;
    }

    private async Task Leave(CancellationTokenSource abandon)
    {
        List<ClaimedDelivery> waiting = [];
        Task[] running;
        lock (gate)
        {
            foreach (var receiver in receivers.Values) waiting.AddRange(receiver.Drain());
            running = [.. attempts];
        }
        try
        {
            if (waiting.Count > 0) await queue.GiveBack(waiting, TimeSpan.Zero, CancellationToken.None);
            abandon.CancelAfter(Farewell);
            await Task.WhenAll(running);
        }
        catch (Exception fault)
        {
            log.LogError(fault, "Webhook deliveries could not be given back; their lease will run out");
        }
    }
}
