using System.Diagnostics;
using Rpd.Server.Tests.Support;

namespace Rpd.Server.Tests.OpenApi;

/// <summary>Programs of others that say whether we keep to a standard; their packages are installed from <c>tests/judges</c> before the first use.</summary>
public static class Judges
{
    private static readonly string Folder = Path.Combine(Source.Root, "tests/judges");
    private static readonly Lazy<Task> Installed = new(Install);

    /// <summary>A program of ours that runs one of theirs, with its input and output open.</summary>
    public static async Task<Process> Open(string script)
    {
        await Installed.Value;
        return Process.Start(new ProcessStartInfo("node", [script]) { RedirectStandardInput = true, RedirectStandardOutput = true, WorkingDirectory = Folder })!;
    }

    /// <summary>A program of ours that uses theirs, run to its end.</summary>
    public static async Task<(int ExitCode, string Output)> Script(string script, params string[] args)
    {
        await Installed.Value;
        return await Start("node", [script, .. args]);
    }

    public static async Task<(int ExitCode, string Output)> Run(string judge, params string[] args)
    {
        await Installed.Value;
        return await Start(Path.Combine(Folder, "node_modules/.bin", judge), args);
    }

    private static async Task Install()
    {
        var done = Path.Combine(Folder, "node_modules/.package-lock.json");
        if (File.Exists(done) && File.GetLastWriteTimeUtc(done) >= File.GetLastWriteTimeUtc(Path.Combine(Folder, "package-lock.json"))) return;
        var (exitCode, output) = await Start("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]);
        if (exitCode != 0) throw new InvalidOperationException($"The judges could not be installed: {output}");
        File.SetLastWriteTimeUtc(done, DateTime.UtcNow);
    }

    private static async Task<(int ExitCode, string Output)> Start(string program, string[] args)
    {
        var start = new ProcessStartInfo(program, args) { WorkingDirectory = Folder };
        start.Environment["REDOCLY_TELEMETRY"] = "off";
        start.Environment["REDOCLY_SUPPRESS_UPDATE_NOTICE"] = "true";
        var (exitCode, output, errors) = await ChildProcess.Run(start);
        return (exitCode, output.Length > 0 ? output : errors);
    }
}
