using System.Threading.Channels;
using Rpd.Server.Media;
using Rpd.Server.Providers.Studio.Sources;

namespace Rpd.Server.Providers.Studio.Film;

/// <summary>A video taken apart, every frame painted over, and put together again with the sound it had.</summary>
internal static class Reprint
{
    /// <param name="paint">The frame's number, the frame as it was, and where the new one goes.</param>
    /// <param name="more">Frames to follow the last; their source is the last one.</param>
    public static async Task<bool> Run(Tools tools, string video, MediaFacts facts, Reel reel, Action<int, Raster, Raster> paint, IProgress<int> progress, CancellationToken cancel, int more = 0)
    {
        var expected = Math.Max(1, (int)Math.Round(Math.Min(facts.DurationSeconds!.Value, Source.VideoSecondsMax) * Reel.FramesPerSecond)) + more;
        var decoded = Channel.CreateBounded<Raster>(2);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var reading = Decode(tools, video, reel, decoded.Writer, stop.Token);
        var writing = FilmReel.Stream(tools, reel, (pipe, halt) => Paint(pipe, reel, decoded.Reader, paint, more, done => progress.Report(Math.Min(99, 99 * done / expected)), halt), stop.Token);
        try
        {
            // If either fails the other would wait for it for ever.
            await await Task.WhenAny(reading, writing);
            await reading;
            return await writing;
        }
        catch
        {
            await stop.CancelAsync();
            await Task.WhenAll(reading, writing).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            throw;
        }
    }

    private static async Task Decode(Tools tools, string video, Reel reel, ChannelWriter<Raster> frames, CancellationToken cancel)
    {
        try
        {
            await Frames.Each(tools, video, reel.Width, reel.Height, "rgb24", async (bytes, stop) => await frames.WriteAsync(Raster.FromRgb(bytes, reel.Width, reel.Height), stop), cancel);
        }
        finally
        {
            frames.Complete();
        }
    }

    private static async Task Paint(Stream pipe, Reel reel, ChannelReader<Raster> frames, Action<int, Raster, Raster> paint, int more, Action<int> done, CancellationToken stop)
    {
        var target = new Raster(reel.Width, reel.Height);
        var bytes = new byte[reel.Width * reel.Height * 3];
        var number = 0;
        Raster? last = null;
        async Task Write(Raster source)
        {
            paint(number, source, target);
            target.CopyRgb(bytes);
            await pipe.WriteAsync(bytes, stop);
            done(++number);
        }
        await foreach (var frame in frames.ReadAllAsync(stop)) await Write(last = frame);
        for (var i = 0; i < more && last is not null; i++) await Write(last);
    }
}
