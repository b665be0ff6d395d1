using System.Diagnostics;
using System.Text;

namespace Rpd.Server.Media;

/// <summary>
/// A program of the system that we run as a child: never through a shell, never without a time limit, and with everything it started when it is stopped.
/// </summary>
public sealed class Tool(string name, string package)
{
    /// <summary>More output than this is read and thrown away, so that a child neither blocks on a full pipe nor fills our memory.</summary>
    public const int OutputBytesMax = 64 * 1024;

    private static readonly TimeSpan LookAgainAfter = TimeSpan.FromSeconds(30);
    private readonly Lock _lock = new();
    private string? _path;
    private long _lookedAt = -1;

    public string Name => name;

    /// <summary>The Debian package that brings it.</summary>
    public string Package => package;

    /// <summary>Set for each of its runs.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>One sentence for people.</summary>
    public string Missing => $"{name} is missing: install the package {package}.";

    public bool Present => Find() is not null;

    /// <summary>Looks on PATH now, whatever an earlier look found.</summary>
    public bool Recheck()
    {
        lock (_lock) _lookedAt = -1;
        return Present;
    }

    /// <exception cref="ToolMissing">It is not on PATH.</exception>
    /// <exception cref="TimeoutException">It ran longer than <see cref="ToolOptions.Limit"/> and was killed.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> asked for it; the child and its children are gone by then.</exception>
    public async Task<ToolResult> Run(IReadOnlyList<string> args, ToolOptions options, CancellationToken cancel)
    {
        using var process = new Process { StartInfo = Prepare(args, options) };
        cancel.ThrowIfCancellationRequested();
        process.Start();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(options.Limit);
        // The pipes are read without the token: killing the child closes them, and what it said until then is kept.
        var output = options.Read is { } read ? Hand(process.StandardOutput.BaseStream, read, limit.Token) : Collect(process.StandardOutput.BaseStream, options.OutputBytesMax);
        var errors = Collect(process.StandardError.BaseStream, OutputBytesMax);
        try
        {
            await Feed(process, options, limit.Token);
            if (options.Read is not null) await output;
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            await Kill(process);
            cancel.ThrowIfCancellationRequested();
            throw new TimeoutException($"{name} took longer than {options.Limit.TotalSeconds:0} seconds.");
        }
        catch
        {
            // Whoever feeds it has a fault of its own; the child must not outlive that.
            await Kill(process);
            throw;
        }
        return new ToolResult(process.ExitCode, await output, Encoding.UTF8.GetString(await errors));
    }

    /// <summary>How it is started, for whoever keeps it running and looks after its time and its end himself.</summary>
    /// <exception cref="ToolMissing">It is not on PATH.</exception>
    public ProcessStartInfo Prepare(IReadOnlyList<string> args, ToolOptions options)
    {
        var path = Find() ?? throw new ToolMissing(this);
        var start = new ProcessStartInfo
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        };
        if (options.Folder is not null) start.WorkingDirectory = options.Folder;
        var limiter = options.MemoryBytesMax is null ? null : OnPath("prlimit");
        start.FileName = limiter ?? path;
        if (limiter is not null)
        {
            start.ArgumentList.Add($"--as={options.MemoryBytesMax}");
            start.ArgumentList.Add("--");
            start.ArgumentList.Add(path);
        }
        foreach (var arg in args) start.ArgumentList.Add(arg);
        foreach (var (key, value) in Environment.Concat(options.Environment)) start.Environment[key] = value;
        return start;
    }

    private static async Task Feed(Process process, ToolOptions options, CancellationToken cancel)
    {
        try
        {
            if (options.Input is { } input) await process.StandardInput.WriteAsync(input.AsMemory(), cancel);
            if (options.Write is { } write) await write(process.StandardInput.BaseStream, cancel);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // The child closed its input before the end. Whether that was a failure, its exit code says.
        }
    }

    // What the reader leaves is thrown away, so that the child can finish.
    private static async Task<byte[]> Hand(Stream stream, Func<Stream, CancellationToken, Task> read, CancellationToken cancel)
    {
        await read(stream, cancel);
        return await Collect(stream, 0);
    }

    private static async Task<byte[]> Collect(Stream stream, int bytesMax)
    {
        var kept = new MemoryStream();
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = await stream.ReadAsync(buffer)) > 0)
            kept.Write(buffer, 0, (int)Math.Min(read, Math.Max(0, bytesMax - kept.Length)));
        return kept.ToArray();
    }

    private static async Task Kill(Process process)
    {
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync(CancellationToken.None);
    }

    private string? Find()
    {
        lock (_lock)
        {
            var known = _lookedAt >= 0 && (_path is not null ? File.Exists(_path) : Stopwatch.GetElapsedTime(_lookedAt) < LookAgainAfter);
            if (known) return _path;
            _lookedAt = Stopwatch.GetTimestamp();
            return _path = OnPath(name);
        }
    }

    private static string? OnPath(string program) =>
        (System.Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);
}

/// <param name="Limit">Wall-clock time after which the child is killed.</param>
/// <param name="Input">Text for its standard input.</param>
/// <param name="MemoryBytesMax">Address space; held to where the system has <c>prlimit</c>.</param>
/// <param name="Folder">Where it works.</param>
public sealed record ToolOptions(TimeSpan Limit, string? Input = null, long? MemoryBytesMax = null, string? Folder = null, int OutputBytesMax = Tool.OutputBytesMax)
{
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Writes bytes to its standard input, such as frames as they are painted. Its faults end the child.</summary>
    public Func<Stream, CancellationToken, Task>? Write { get; init; }

    /// <summary>Takes its standard output as it comes, instead of keeping it. Its faults end the child.</summary>
    public Func<Stream, CancellationToken, Task>? Read { get; init; }

    public static ToolOptions Within(int seconds) => new(TimeSpan.FromSeconds(seconds));
}

/// <param name="Out">Standard output, cut at <see cref="ToolOptions.OutputBytesMax"/>.</param>
/// <param name="Error">Standard error, cut at <see cref="Tool.OutputBytesMax"/>; may hold paths, so it is for the log and not for people.</param>
public sealed record ToolResult(int ExitCode, byte[] Out, string Error)
{
    public string Text => Encoding.UTF8.GetString(Out);
}

/// <summary>A program that is not installed; the message names the Debian package.</summary>
public sealed class ToolMissing(Tool tool) : Exception(tool.Missing)
{
    public Tool Tool => tool;
}
