using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Rpd.Server.Database;

namespace Rpd.Server.Tests.Support;

/// <summary>A killed run leaves its folder and its PostgreSQL behind. The next run ends the one and removes the other.</summary>
internal static class Leftovers
{
    private const string Prefix = "rpd-tests-";

    public static string FolderOfThisRun { get; } = Path.Combine(Path.GetTempPath(), string.Create(CultureInfo.InvariantCulture, $"{Prefix}{Environment.ProcessId}"));

    public static async Task Clear()
    {
        foreach (var folder in Directory.EnumerateDirectories(Path.GetTempPath(), Prefix + "*").Where(IsDead))
        {
            // Starting it is the product's own way of taking over what a killed process left, and then it can be stopped.
            if (File.Exists(Path.Combine(folder, "postgres", "postmaster.pid")))
            {
                await using var _ = await EmbeddedPostgres.Start(new EmbeddedPostgresOptions { DataFolder = folder, Durable = false }, NullLogger.Instance, CancellationToken.None);
            }
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>A folder of our own number cannot be ours: this run has not made it yet.</summary>
    private static bool IsDead(string folder) =>
        int.TryParse(Path.GetFileName(folder)[Prefix.Length..], CultureInfo.InvariantCulture, out var pid)
        && (pid == Environment.ProcessId || !Process.GetProcesses().Any(process => process.Id == pid));
}
