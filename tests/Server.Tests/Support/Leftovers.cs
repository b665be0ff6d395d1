using System.Diagnostics;
using System.Globalization;

namespace Rpd.Server.Tests.Support;

/// <summary>A killed run leaves its folder and its PostgreSQL behind. The next run ends the one and removes the other.</summary>
internal static class Leftovers
{
    private const string Prefix = "rpd-tests-";

    private const string Memory = "/dev/shm";

    public static string FolderOfThisRun { get; } = Path.Combine(HasRoom() ? Memory : Path.GetTempPath(), string.Create(CultureInfo.InvariantCulture, $"{Prefix}{Environment.ProcessId}"));

    public static async Task Clear()
    {
        foreach (var folder in new[] { Memory, Path.GetTempPath() }.Where(Directory.Exists).SelectMany(root => Directory.EnumerateDirectories(root, Prefix + "*")).Where(IsDead))
        {
            foreach (var postmaster in Process.GetProcessesByName("postgres").Where(process => CommandLine(process).Contains(folder + "/", StringComparison.Ordinal)))
            {
                // Nothing in it is wanted any more, so it need not end in good order. Its children follow it.
                postmaster.Kill();
                await postmaster.WaitForExitAsync();
            }
            await Delete(folder);
        }
    }

    // A run makes some six hundred databases of a thousand files each: on ext4 finding inodes for them is a third of all that the processors do.
    private static bool HasRoom() => Directory.Exists(Memory) && new DriveInfo(Memory).AvailableFreeSpace > 12L << 30 && GC.GetGCMemoryInfo().TotalAvailableMemoryBytes > 16L << 30;

    /// <returns>Empty for one that has ended.</returns>
    public static string CommandLine(Process process)
    {
        try
        {
            return File.ReadAllText($"/proc/{process.Id}/cmdline");
        }
        catch (IOException)
        {
            // Gone since the list was made, or a system without /proc: no leftover that could be told from others.
            return "";
        }
    }

    /// <summary>The children of a killed postmaster may still be writing for a moment.</summary>
    private static async Task Delete(string folder)
    {
        for (var tries = 0; ; tries++)
        {
            try
            {
                Directory.Delete(folder, recursive: true);
                return;
            }
            catch (DirectoryNotFoundException)
            {
                // Another run was quicker.
                return;
            }
            catch (IOException) when (tries < 50)
            {
                await Task.Delay(100);
            }
        }
    }

    /// <summary>A folder of our own number cannot be ours: this run has not made it yet.</summary>
    private static bool IsDead(string folder) =>
        int.TryParse(Path.GetFileName(folder)[Prefix.Length..], CultureInfo.InvariantCulture, out var pid)
        && (pid == Environment.ProcessId || !Process.GetProcesses().Any(process => process.Id == pid));
}
