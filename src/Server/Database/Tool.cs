using System.Diagnostics;

namespace Rpd.Server.Database;

internal sealed record ToolResult(int ExitCode, string Output, string Errors)
{
    public bool Succeeded => ExitCode == 0;

    public string Said => string.Join('\n', new[] { Output.Trim(), Errors.Trim() }.Where(text => text.Length > 0));
}

/// <summary>Runs one program of PostgreSQL or of the system to its end, as another user where that is asked.</summary>
internal static class Tool
{
    /// <param name="user">Null runs it as ourselves.</param>
    /// <param name="environment">Added to ours, from which every <c>PG…</c> variable is removed: none of the operator's own may redirect these programs.</param>
    public static async Task<ToolResult> Run(
        UnprivilegedUser? user,
        string program,
        IEnumerable<string> arguments,
        CancellationToken cancel,
        IReadOnlyDictionary<string, string>? environment = null)
    {
        string[] line = user is null ? [program, .. arguments] : [.. user.Prefix, program, .. arguments];
        // "/" because the other user may not be able to enter the folder we were started in.
        var start = new ProcessStartInfo(line[0], line[1..]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = "/" };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("PG", StringComparison.Ordinal)).ToArray()) start.Environment.Remove(name);
        start.Environment["LC_ALL"] = "C";
        foreach (var (name, value) in environment ?? new Dictionary<string, string>()) start.Environment[name] = value;

        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{line[0]} did not start.");
        process.StandardInput.Close();
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(cancel);
            var errors = process.StandardError.ReadToEndAsync(cancel);
            await process.WaitForExitAsync(cancel);
            return new ToolResult(process.ExitCode, await output, await errors);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    /// <summary>The first of <paramref name="name"/> on PATH, or null.</summary>
    public static string? OnPath(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, name))
            .FirstOrDefault(File.Exists);
}
