using System.Globalization;
using Npgsql;

namespace Rpd.Server.Database;

/// <summary>The running PostgreSQL of one cluster: found alive, or started; stopped when asked.</summary>
internal sealed class Postmaster(string cluster, PostgresBinaries binaries, UnprivilegedUser? user, EmbeddedPostgresOptions options, ILogger log)
{
    private string LogFile => Path.Combine(cluster, "postgres.log");

    private string ProcessFile => Path.Combine(cluster, "postmaster.pid");

    /// <summary>
    /// Whatever a killed server left is taken as it is: a live postmaster is adopted, orphaned children are waited for, a stale process file is removed.
    /// </summary>
    /// <returns>The port it listens on.</returns>
    public async Task<int> StartOrAdopt(ClusterAddress address, CancellationToken cancel)
    {
        var deadline = DateTime.UtcNow + options.StartTimeout;
        var port = LoopbackPort.Prefer(address.Port);
        while (true)
        {
            var inside = await Processes(cancel);
            var noted = ReadProcessFile();
            if (noted is { } live && inside.Contains(live.ProcessId))
            {
                if (await Answers(address, live.Port, cancel))
                {
                    log.LogInformation("Adopted the database that an earlier process left running (process {ProcessId}, port {Port})", live.ProcessId, live.Port);
                    return live.Port;
                }
            }
            else if (inside.Count == 0)
            {
                // Number reuse could point this file at a stranger, for whose sake PostgreSQL would refuse to start. Nobody lives in the cluster: it is stale.
                if (noted is not null) File.Delete(ProcessFile);
                if (await TryStart(port, cancel)) return port;
                port = LoopbackPort.Any();
            }
            if (DateTime.UtcNow > deadline)
                throw new CannotStart($"The database in {cluster} does not answer, though its processes ({string.Join(", ", inside)}) are there. The end of {LogFile}:\n{EndOfLog()}");
            await Task.Delay(100, cancel);
        }
    }

    /// <summary>Fast shutdown: open transactions are rolled back, everything committed is written out.</summary>
    public async Task Stop()
    {
        var stopped = await Tool.Run(user, binaries.Program("pg_ctl"), ["stop", "-D", cluster, "-m", "fast", "-w", "-t", "60", "-s"], CancellationToken.None);
        if (!stopped.Succeeded && (await Processes(CancellationToken.None)).Count > 0)
            log.LogError("The database in {Cluster} did not stop: {Reason}", cluster, stopped.Said);
    }

    /// <returns>False when the port was taken in the meantime.</returns>
    private async Task<bool> TryStart(int port, CancellationToken cancel)
    {
        await WriteSettings(port, cancel);
        if (File.Exists(LogFile)) File.Move(LogFile, LogFile + ".1", overwrite: true);
        // pg_ctl puts it into a session of its own, so Ctrl+C in the server's terminal reaches the server alone and requests can finish.
        var seconds = ((int)options.StartTimeout.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        var started = await Tool.Run(user, binaries.Program("pg_ctl"), ["start", "-D", cluster, "-w", "-t", seconds, "-s", "-l", LogFile], cancel);
        if (started.Succeeded) return true;
        var end = EndOfLog();
        if (end.Contains("could not bind", StringComparison.Ordinal) || end.Contains("still in use", StringComparison.Ordinal)) return false;
        throw new CannotStart($"The database in {cluster} did not start: {started.Said}\nThe end of {LogFile}:\n{end}");
    }

    /// <summary>
    /// As the cluster's own user: root would follow a link that stands in the file's place, wherever it leads. A new file takes the old one's place, because the
    /// old one may be root's, and whole, because a full disk must not leave half of it.
    /// </summary>
    private async Task WriteSettings(int port, CancellationToken cancel)
    {
        var file = Path.Combine(cluster, ClusterSettings.FileName);
        var written = await Tool.Run(user, "/bin/sh", ["-c", "printf %s \"$2\" > \"$1.new\" && mv -f \"$1.new\" \"$1\"", "sh", file, ClusterSettings.Text(port, options.Durable, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes)], cancel);
        if (!written.Succeeded) throw new CannotStart($"{file} cannot be written: {written.Said}");
    }

    /// <summary>
    /// Every postgres whose working directory is the cluster, which all of them have. Somebody's shell in there is none, and the kernel knows no links on
    /// the way. Asked as their own user: the kernel tells nobody else, at times not even root.
    /// </summary>
    private async Task<IReadOnlyList<int>> Processes(CancellationToken cancel)
    {
        if (!OperatingSystem.IsLinux())
        {
            var status = await Tool.Run(user, binaries.Program("pg_ctl"), ["status", "-D", cluster], cancel);
            return status.Succeeded && ReadProcessFile() is { } noted ? [noted.ProcessId] : [];
        }
        const string Script = """
            here=$(cd "$1" && pwd -P) || exit
            for process in /proc/[0-9]*; do
              read -r name 2>/dev/null < "$process/comm" || continue
              if [ "$name" = postgres ] && [ "$(readlink "$process/cwd" 2>/dev/null)" = "$here" ]; then echo "${process#/proc/}"; fi
            done
            """;
        var found = await Tool.Run(user, "/bin/sh", ["-c", Script, "sh", cluster], cancel);
        return [.. found.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(pid => int.Parse(pid, CultureInfo.InvariantCulture))];
    }

    private (int ProcessId, int Port)? ReadProcessFile()
    {
        if (!File.Exists(ProcessFile)) return null;
        var lines = File.ReadAllLines(ProcessFile);
        return lines.Length >= 4 && int.TryParse(lines[0], CultureInfo.InvariantCulture, out var pid) && int.TryParse(lines[3], CultureInfo.InvariantCulture, out var port)
            ? (pid, port)
            : null;
    }

    private async Task<bool> Answers(ClusterAddress address, int port, CancellationToken cancel)
    {
        try
        {
            await using var connection = new NpgsqlConnection(address.AdminConnectionString("postgres", port));
            await connection.OpenAsync(cancel);
            return true;
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.InvalidPassword)
        {
            throw new CannotStart($"The database in {cluster} runs, but does not take the password in postgres.json. Was that file replaced? Put back the one that belongs to this cluster.", e);
        }
        catch (NpgsqlException)
        {
            // Starting up, recovering, or on its way out: the caller asks again until its patience ends.
            return false;
        }
    }

    private string EndOfLog() => File.Exists(LogFile) ? string.Join('\n', File.ReadLines(LogFile).TakeLast(15)) : "(no log)";
}
