using System.Collections.Concurrent;
using System.Diagnostics;
using Rpd.Server.Media;
using Rpd.Shared;

namespace Rpd.Server.Recognition;

/// <summary>
/// The processes that find faces: as many as may run at once, started when they are first needed and kept. One that dies is replaced and the picture given
/// to another once; one that hangs is stopped. The system ends what is left when this server is gone: they end with their input.
/// </summary>
public sealed class FaceWorkers(RecognitionOptions options, ILogger<FaceWorkers> log) : IDisposable
{
    private static readonly TimeSpan LookAgainAfter = TimeSpan.FromSeconds(30);

    private readonly SemaphoreSlim places = new(options.WorkersAtOnce);
    private readonly ConcurrentBag<FaceWorker> idle = [];
    private int inside;
    private (string Said, long At)? missing;
    private volatile bool over;

    /// <summary>Processes that wait for a picture.</summary>
    internal IReadOnlyList<int> Idle => [.. idle.Select(worker => worker.ProcessId)];

    /// <summary>A place for one picture, from decoding it to the answer: so many are in work at once, and no more in memory.</summary>
    public async Task<Outcome<IDisposable>> Enter(CancellationToken cancel)
    {
        if (Interlocked.Increment(ref inside) > options.WorkersAtOnce + options.WaitingMax)
        {
            Interlocked.Decrement(ref inside);
            return Unavailable("Too many pictures are waiting to be looked at. Try again in a moment.");
        }
        try
        {
            await places.WaitAsync(cancel);
        }
        catch
        {
            Interlocked.Decrement(ref inside);
            throw;
        }
        return new Place(this);
    }

    /// <summary>Within a place.</summary>
    public async Task<Outcome<(IReadOnlyList<FoundFace> Faces, byte[] Painted)>> Ask(ReadOnlyMemory<byte> rgb, int width, int height, FaceQuestion question, CancellationToken cancel)
    {
        if (missing is { } known && Stopwatch.GetElapsedTime(known.At) < LookAgainAfter) return Unavailable(known.Said);
        for (var again = false; ; again = true)
        {
            FaceWorker? worker = null;
            var well = false;
            try
            {
                worker = idle.TryTake(out var warm) ? warm : await FaceWorker.Start(options, log, cancel);
                var answer = await worker.Ask(rgb, width, height, question, TimeSpan.FromSeconds(options.PictureSeconds), cancel);
                well = true;
                return answer;
            }
            catch (ToolMissing fault)
            {
                log.LogWarning("{Missing}", fault.Message);
                missing = (fault.Message, Stopwatch.GetTimestamp());
                return Unavailable(fault.Message);
            }
            catch (TimeoutException fault)
            {
                log.LogWarning("{Fault} It was stopped", fault.Message);
                return Failed("The picture takes too long to look at.");
            }
            catch (IOException fault)
            {
                log.LogWarning("A face worker died at a picture of {Width} × {Height}: {Fault}", width, height, fault.Message);
                if (again) return Failed("The picture could not be looked at.");
            }
            finally
            {
                // Somebody who has gone away leaves a process in the middle of its work.
                if (well && !over) idle.Add(worker!);
                else worker?.Dispose();
            }
        }
    }

    public void Dispose()
    {
        over = true;
        while (idle.TryTake(out var worker)) worker.Dispose();
        places.Dispose();
    }

    private static Refusal Unavailable(string why) => new("PROVIDER_UNAVAILABLE", 503, why);

    private static Refusal Failed(string why) => new("MODEL_FAULT", 502, why);

    private sealed class Place(FaceWorkers workers) : IDisposable
    {
        public void Dispose()
        {
            Interlocked.Decrement(ref workers.inside);
            if (!workers.over) workers.places.Release();
        }
    }
}
