using System.Diagnostics;
using System.Globalization;
using Npgsql;
using Rpd.Server.Database;

namespace Rpd.Bench;

/// <summary>The published server (./run builds it) with its own durable PostgreSQL on an empty folder, or on one that is kept.</summary>
public sealed class Installation : IAsyncDisposable
{
    private readonly DirectoryInfo data;
    private readonly Process server;
    private readonly string program;
    private readonly bool kept;

    private Installation(DirectoryInfo data, Process server, string program, string address, bool kept) =>
        (this.data, this.server, this.program, Address, this.kept) = (data, server, program, address, kept);

    public string Address { get; }

    public static string Root { get; } = FindRoot();

    public static async Task<Installation> Start(params (string Name, string Value)[] settings)
    {
        var data = Directory.CreateTempSubdirectory("rpd-bench-");
        File.SetUnixFileMode(data.FullName, (UnixFileMode)0b111_101_101);
        return await Start(data, kept: false, settings);
    }

    /// <summary>On a folder that stays.</summary>
    public static Task<Installation> StartIn(DirectoryInfo data, params (string Name, string Value)[] settings) => Start(data, kept: true, settings);

    private static async Task<Installation> Start(DirectoryInfo data, bool kept, (string Name, string Value)[] settings)
    {
        var program = Published();
        var ready = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        var server = Launch(program, data, [], settings);
        server.OutputDataReceived += (_, line) =>
        {
            if (line.Data?.StartsWith("RPD Create is ready at ", StringComparison.Ordinal) == true) ready.TrySetResult(line.Data["RPD Create is ready at ".Length..].Trim());
            // A server in trouble says so; a figure of it is worth nothing.
            else if (ready.Task.IsCompleted && line.Data is not null) Console.Error.WriteLine(line.Data);
        };
        server.BeginOutputReadLine();
        return new(data, server, program, await ready.Task.WaitAsync(TimeSpan.FromSeconds(90)), kept);
    }

    public long MemoryBytes
    {
        get
        {
            server.Refresh();
            return server.WorkingSet64;
        }
    }

    /// <summary>Used so far by the server and its children, those included that have ended; without its database.</summary>
    public double ProcessorSeconds() => Directory.EnumerateDirectories("/proc").Select(folder => Path.GetFileName(folder)).Where(name => int.TryParse(name, out _))
        .Select(Stat).Where(stat => stat is not null && (stat[0] == server.Id || stat[1] == server.Id) && stat[6] == 0).Sum(stat => stat![2] + stat[3] + stat[4] + stat[5]) / 100.0;

    public NpgsqlDataSource Database() => NpgsqlDataSource.Create(ConnectionString);

    public string ConnectionString => ClusterAddress.Read(new DataFolder(data.FullName))!.ConnectionString;

    public async Task<string> Command(params string[] args)
    {
        using var command = Launch(program, data, args, []);
        var output = await command.StandardOutput.ReadToEndAsync();
        await command.WaitForExitAsync();
        return command.ExitCode == 0 ? output : throw new InvalidOperationException($"{string.Join(' ', args)} exited with {command.ExitCode}");
    }

    public async ValueTask DisposeAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", server.Id.ToString(CultureInfo.InvariantCulture)]);
        await server.WaitForExitAsync();
        server.Dispose();
        if (!kept) data.Delete(recursive: true);
    }

    /// <summary>Runs a program to its end and gives its output.</summary>
    public static async Task<string> Run(string program, params string[] args)
    {
        using var process = Process.Start(new ProcessStartInfo(program, args) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{program}: {await errors}");
    }

    // proc(5): id, parent, user and system time, those of children that were waited for, in hundredths of a second; and whether it is PostgreSQL.
    private static long[]? Stat(string process)
    {
        try
        {
            var text = File.ReadAllText($"/proc/{process}/stat");
            var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
            return [long.Parse(process, CultureInfo.InvariantCulture), .. new[] { 1, 11, 12, 13, 14 }.Select(field => long.Parse(fields[field], CultureInfo.InvariantCulture)), text.Contains("(postgres)", StringComparison.Ordinal) ? 1 : 0];
        }
        catch (IOException)
        {
            // It has just ended.
            return null;
        }
    }

    private static Process Launch(string program, DirectoryInfo data, string[] args, (string Name, string Value)[] settings)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(program, "Rpd.Server.dll"), .. args]) { RedirectStandardOutput = true };
        start.Environment["DATA_DIR"] = data.FullName;
        start.Environment["PORT"] = "0";
        start.Environment["ASPNETCORE_CONTENTROOT"] = program;
        start.Environment["Logging__LogLevel__Default"] = "Warning";
        start.Environment.Remove("ConnectionStrings__Postgres");
        foreach (var (name, value) in settings) start.Environment[name] = value;
        return Process.Start(start)!;
    }

    private static string Published() => Directory.Exists(Path.Combine(Root, ".build"))
        ? new DirectoryInfo(Path.Combine(Root, ".build")).GetDirectories().MaxBy(folder => folder.LastWriteTimeUtc)!.FullName
        : throw new InvalidOperationException("Build the server first: ./run ledger check");

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "RpdDashboard.sln"))) return folder.FullName;
        throw new InvalidOperationException("The benches run inside the project.");
    }
}
