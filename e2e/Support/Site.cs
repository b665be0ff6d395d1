using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using Rpd.E2E.Support;

[assembly: AssemblyFixture(typeof(Site))]

namespace Rpd.E2E.Support;

/// <summary>The real server in a process of its own, with its own PostgreSQL, on an empty data folder; one for the whole run, and one for who needs it untouched.</summary>
public sealed partial class Site : IAsyncLifetime
{
    private readonly DirectoryInfo data = Directory.CreateTempSubdirectory("rpd-e2e-");
    private readonly StringBuilder log = new();
    // Addresses in letters and answers name the port, so it must be known before the start.
    private readonly int port = Ports.Free();
    private Process? process;

    /// <summary>Beside the usual ones, as the environment names them: <c>Section__Name</c>.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    public string Address { get; private set; } = "";

    /// <summary>From the first start's one line.</summary>
    public string FirstAdminLink { get; private set; } = "";

    public static string Root { get; } = FindRoot();

    private static string ServerFolder => Path.Combine(Root, "src", "Server");

    public async ValueTask InitializeAsync()
    {
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(data.FullName, (UnixFileMode)0b111_101_101);
        var ready = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        process = Start([], line =>
        {
            if (line.StartsWith("RPD Create is ready at ", StringComparison.Ordinal)) ready.TrySetResult(line["RPD Create is ready at ".Length..].Trim());
            if (line.Contains("/setup?token=", StringComparison.Ordinal)) FirstAdminLink = line[line.IndexOf("/setup", StringComparison.Ordinal)..].Trim();
        });
        var ended = process.WaitForExitAsync();
        if (await Task.WhenAny(ready.Task, ended).WaitAsync(TimeSpan.FromSeconds(90)) == ended) throw new InvalidOperationException($"The server ended: {log}");
        Address = await ready.Task;
    }

    /// <summary>An operator's command beside the running server.</summary>
    public async Task<string> Command(params string[] args)
    {
        var answer = new StringBuilder();
        using var command = Start(args, line => answer.AppendLine(line));
        await command.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));
        if (command.ExitCode != 0) throw new InvalidOperationException($"{string.Join(' ', args)} exited with {command.ExitCode}: {log}");
        return answer.ToString();
    }

    /// <summary>Waits for a letter and gives the first address in it that contains <paramref name="path"/>, without scheme and host.</summary>
    public async Task<string> MailedLink(string to, string path)
    {
        for (var waited = 0; waited < 100; waited++)
        {
            var outbox = Path.Combine(data.FullName, "outbox");
            foreach (var letter in Directory.Exists(outbox) ? Directory.GetFiles(outbox, "*.eml").OrderDescending().ToArray() : [])
            {
                var text = await File.ReadAllTextAsync(letter);
                if (!text.Contains(to, StringComparison.OrdinalIgnoreCase)) continue;
                var link = Link().Matches(text.Replace("=\r\n", "", StringComparison.Ordinal).Replace("=3D", "=", StringComparison.Ordinal)).Select(match => match.Groups[1].Value).FirstOrDefault(found => found.StartsWith(path, StringComparison.Ordinal));
                if (link is not null) return link;
            }
            await Task.Delay(100);
        }
        throw new TimeoutException($"No letter to {to} with a link to {path}.");
    }

    public async ValueTask DisposeAsync()
    {
        if (process is { HasExited: false })
        {
            using var kill = Process.Start("kill", ["-TERM", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
            await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(30));
        }
        process?.Dispose();
        data.Delete(recursive: true);
    }

    private Process Start(string[] args, Action<string> heard)
    {
        var configuration = AppContext.BaseDirectory.Contains("/Release/", StringComparison.Ordinal) ? "Release" : "Debug";
        var start = new ProcessStartInfo("dotnet", [Path.Combine(ServerFolder, "bin", configuration, "net10.0", "Rpd.Server.dll"), .. args]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in new Dictionary<string, string>
        {
            ["DATA_DIR"] = data.FullName,
            ["PORT"] = port.ToString(System.Globalization.CultureInfo.InvariantCulture),
            ["ASPNETCORE_CONTENTROOT"] = ServerFolder,
            ["ASPNETCORE_ENVIRONMENT"] = "Development",
            // Most code runs a few times here: instrumenting it first costs more than it saves.
            ["DOTNET_TieredPGO"] = "0",
            ["Accounts__PasswordIterations"] = "1000",
            ["Credits__WelcomePerNetworkPerDay"] = "1000",
            ["Plans__free__GenerationsPerMinute"] = "1000",
            ["Plans__business__GenerationsPerMinute"] = "1000",
            // For receivers of webhooks beside the browser.
            ["Outbound__AllowedHosts"] = "127.0.0.1",
            ["Webhooks__PollMilliseconds"] = "50",
        }.Concat(Settings)) start.Environment[name] = value;
        start.Environment.Remove("ConnectionStrings__Postgres");
        var started = Process.Start(start)!;
        started.OutputDataReceived += (_, line) =>
        {
            if (line.Data is null) return;
            lock (log) log.AppendLine(line.Data);
            heard(line.Data);
        };
        started.ErrorDataReceived += (_, line) => { lock (log) log.AppendLine(line.Data); };
        started.BeginOutputReadLine();
        started.BeginErrorReadLine();
        return started;
    }

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "RpdDashboard.sln"))) return folder.FullName;
        throw new InvalidOperationException("The journeys run outside the project.");
    }

    [GeneratedRegex(@"https?://[^/\s""<>]+(/[^\s""<>]*)")]
    private static partial Regex Link();
}
