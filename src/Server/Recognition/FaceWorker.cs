using System.Buffers.Binary;
using System.Diagnostics;
using System.Text.Json;
using Rpd.Server.Media;

namespace Rpd.Server.Recognition;

/// <summary>One process of <c>faces.py</c>. It is asked one thing at a time; after any fault it is of no use and has to be disposed.</summary>
internal sealed class FaceWorker : IDisposable
{
    private const int HeadBytesMax = 1024 * 1024;

    private static readonly TimeSpan StartsWithin = TimeSpan.FromSeconds(30);
    private static readonly Lazy<string> Script = new(() =>
    {
        using var stream = typeof(FaceWorker).Assembly.GetManifestResourceStream("faces.py") ?? throw new InvalidOperationException("faces.py is not in the program.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    });

    private readonly Process process;

    private FaceWorker(Process process) => this.process = process;

    public int ProcessId => process.Id;

    /// <exception cref="ToolMissing">A package is not installed.</exception>
    /// <exception cref="TimeoutException">It does not come up.</exception>
    public static async Task<FaceWorker> Start(RecognitionOptions options, ILogger log, CancellationToken cancel)
    {
        var start = new Tool(options.Python, "python3-opencv").Prepare(["-I", "-c", Script.Value, options.Cascades], new(StartsWithin, MemoryBytesMax: (long)options.MemoryMegabytes << 20)
        {
            // Processes are what runs beside each other here; threads within them would only take turns, and their stacks count as memory.
            Environment = new Dictionary<string, string> { ["OMP_NUM_THREADS"] = "1", ["OPENBLAS_NUM_THREADS"] = "1" },
        });
        var worker = new FaceWorker(new Process { StartInfo = start });
        worker.process.ErrorDataReceived += (_, line) => { if (line.Data is { Length: > 0 } said) log.LogInformation("A face worker says: {Said}", said); };
        worker.process.Start();
        worker.process.BeginErrorReadLine();
        try
        {
            var (hello, _) = await worker.Within(StartsWithin, worker.Hear, cancel);
            if (hello.Missing is { } package) throw new ToolMissing(new Tool("OpenCV", package));
            return worker;
        }
        catch
        {
            worker.Dispose();
            throw;
        }
    }

    /// <param name="rgb">Rows of red, green, blue.</param>
    /// <exception cref="IOException">It died.</exception>
    /// <exception cref="TimeoutException">It takes too long.</exception>
    public Task<(IReadOnlyList<FoundFace> Faces, byte[] Painted)> Ask(ReadOnlyMemory<byte> rgb, int width, int height, FaceQuestion question, TimeSpan limit, CancellationToken cancel) => Within(limit, async within =>
    {
        var colour = Convert.FromHexString(question.Colour).Select(part => (int)part);
        await Tell(new Asked(width, height, question.Finder, question.Threshold, question.Paint, [.. colour], rgb.Length), rgb, within);
        var (answer, painted) = await Hear(within);
        return (answer.Faces ?? throw new InvalidDataException("A face worker answered without faces."), painted);
    }, cancel);

    public void Dispose()
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It has ended by itself.
        }
        process.Dispose();
    }

    private async Task<T> Within<T>(TimeSpan limit, Func<CancellationToken, Task<T>> work, CancellationToken cancel)
    {
        using var within = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        within.CancelAfter(limit);
        try
        {
            return await work(within.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw new TimeoutException($"A face worker took longer than {limit.TotalSeconds:0} seconds.");
        }
    }

    private async Task Tell(Asked asked, ReadOnlyMemory<byte> body, CancellationToken cancel)
    {
        var head = JsonSerializer.SerializeToUtf8Bytes(asked, JsonSerializerOptions.Web);
        var size = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(size, head.Length);
        var pipe = process.StandardInput.BaseStream;
        await pipe.WriteAsync((byte[])[.. size, .. head], cancel);
        await pipe.WriteAsync(body, cancel);
        await pipe.FlushAsync(cancel);
    }

    private async Task<(Answer Answer, byte[] Body)> Hear(CancellationToken cancel)
    {
        var pipe = process.StandardOutput.BaseStream;
        var size = BinaryPrimitives.ReadInt32BigEndian(await Read(pipe, 4, cancel));
        if (size is < 2 or > HeadBytesMax) throw new InvalidDataException("A face worker speaks another language.");
        var answer = JsonSerializer.Deserialize<Answer>(await Read(pipe, size, cancel), JsonSerializerOptions.Web)!;
        return (answer, await Read(pipe, answer.Bytes, cancel));
    }

    private static async Task<byte[]> Read(Stream pipe, int count, CancellationToken cancel)
    {
        var bytes = new byte[count];
        await pipe.ReadExactlyAsync(bytes, cancel);
        return bytes;
    }

    private sealed record Asked(int Width, int Height, int Finder, double Threshold, string? Paint, int[] Colour, int Bytes);

    private sealed record Answer(int Bytes, string? Missing, IReadOnlyList<FoundFace>? Faces);
}
