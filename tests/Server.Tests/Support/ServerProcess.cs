using System.Diagnostics;
using System.Text;

namespace Rpd.Server.Tests.Support;

/// <summary>The real program in a process of its own, for what cannot be seen from inside: signals, kills, exit codes, standard output.</summary>
public sealed class ServerProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private readonly TaskCompletionSource<Uri> ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly StringBuilder errors = new();
    private readonly StringBuilder output = new();
    private readonly Process process;

    private ServerProcess(string dataFolder, IReadOnlyDictionary<string, string>? settings, string[] args)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(CannotStart).Assembly.Location, .. args]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["DATA_DIR"] = dataFolder;
        start.Environment["PORT"] = "0";
        start.Environment.Remove("ConnectionStrings__Postgres");
        foreach (var (name, value) in settings ?? new Dictionary<string, string>()) start.Environment[name] = value;
        process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => Heard(line.Data);
        process.ErrorDataReceived += (_, line) => { lock (errors) errors.AppendLine(line.Data); };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public int Id => process.Id;

    /// <summary>What it has written to standard output so far.</summary>
    public string Output
    {
        get
        {
            lock (output) return output.ToString();
        }
    }

    /// <summary>Starts a server and waits until it says that it is ready.</summary>
    public static async Task<(ServerProcess Server, Uri Address)> Start(string dataFolder, IReadOnlyDictionary<string, string>? settings = null)
    {
        var server = new ServerProcess(dataFolder, settings, []);
        var ended = server.process.WaitForExitAsync();
        if (await Task.WhenAny(server.ready.Task, ended).WaitAsync(Patience) == ended) throw new InvalidOperationException($"The server ended: {server.errors}");
        return (server, await server.ready.Task);
    }

    /// <summary>Runs the program to its end.</summary>
    public static Task<(int ExitCode, string Output, string Errors)> Run(string dataFolder, params string[] args) => Run(dataFolder, new Dictionary<string, string>(), args);

    public static async Task<(int ExitCode, string Output, string Errors)> Run(string dataFolder, IReadOnlyDictionary<string, string> settings, params string[] args)
    {
        using var run = new ServerProcess(dataFolder, settings, args);
        await run.process.WaitForExitAsync().WaitAsync(Patience);
        return (run.process.ExitCode, run.Output.Trim(), run.errors.ToString().Trim());
    }

    /// <summary>As the system asks a program to end.</summary>
    public async Task<int> Stop()
    {
        using var kill = Process.Start("kill", ["-TERM", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        await process.WaitForExitAsync().WaitAsync(Patience);
        return process.ExitCode;
    }

    /// <summary>As a power cut ends it: without a word.</summary>
    public async Task Kill()
    {
        process.Kill();
        await process.WaitForExitAsync().WaitAsync(Patience);
    }

    public void Dispose()
    {
        if (!process.HasExited) process.Kill();
        process.Dispose();
    }

    private void Heard(string? line)
    {
        lock (output) output.AppendLine(line);
        const string Words = "RPD Create is ready at ";
        if (line?.StartsWith(Words, StringComparison.Ordinal) == true) ready.TrySetResult(new Uri(line[Words.Length..].Split(' ')[0]));
    }
}
