using System.Globalization;

namespace Rpd.Server.Database;

/// <summary>Who keeps the embedded database running: a server for its life, a command for its duration.</summary>
public enum HolderRole { Server, Command }

internal sealed record Holder(int ProcessId, HolderRole Role);

/// <summary>
/// The one process that may start and stop the embedded database of a data folder. The kernel drops the lock when the process ends, however it ends,
/// so a killed server leaves nothing behind that has to be cleared by hand.
/// </summary>
internal sealed class DataFolderLock : IDisposable
{
    private readonly FileStream file;
    private readonly DataFolder folder;

    private DataFolderLock(FileStream file, DataFolder folder) => (this.file, this.folder) = (file, folder);

    public static DataFolderLock? TryTake(DataFolder folder, HolderRole role)
    {
        FileStream? file = null;
        try
        {
            folder.Create();
            file = new FileStream(folder.LockFile, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            // The name stands in a second file because the lock keeps everybody, readers too, out of the first.
            File.WriteAllText(folder.HolderFile, string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessId} {role}\n"));
            return new DataFolderLock(file, folder);
        }
        catch (IOException) when (file is null && File.Exists(folder.LockFile))
        {
            return null;
        }
        catch (UnauthorizedAccessException e)
        {
            file?.Dispose();
            throw new CannotStart($"The data folder belongs to another user: {e.Message} Start as that user, or give the folder to yours: chown -R \"$(id -un)\" {folder.Path}", e);
        }
    }

    /// <summary>Waits for a command to finish, because that is a matter of seconds; refuses at once when a server holds the folder.</summary>
    public static async Task<DataFolderLock> Take(DataFolder folder, HolderRole role, TimeSpan patience, CancellationToken cancel)
    {
        var deadline = DateTime.UtcNow + patience;
        while (true)
        {
            if (TryTake(folder, role) is { } taken) return taken;
            var holder = Who(folder);
            if (holder is { Role: HolderRole.Server } || DateTime.UtcNow > deadline) throw new CannotStart(Refusal(folder, holder));
            await Task.Delay(100, cancel);
        }
    }

    /// <summary>Whoever wrote its name last; only meaningful while the lock is taken.</summary>
    public static Holder? Who(DataFolder folder)
    {
        if (!File.Exists(folder.HolderFile)) return null;
        var words = File.ReadAllText(folder.HolderFile).Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries);
        return words.Length == 2 && int.TryParse(words[0], CultureInfo.InvariantCulture, out var pid) && Enum.TryParse<HolderRole>(words[1], out var role)
            ? new Holder(pid, role)
            : null;
    }

    public void Dispose()
    {
        File.Delete(folder.HolderFile);
        file.Dispose();
    }

    private static string Refusal(DataFolder folder, Holder? holder) => holder switch
    {
        { Role: HolderRole.Command } => $"A command (process {holder.ProcessId}) is still using the data folder {folder.Path}. Wait for it to end, then start again.",
        _ => $"Another RPD Create server (process {holder?.ProcessId.ToString(CultureInfo.InvariantCulture) ?? "unknown"}) is using the data folder {folder.Path}. "
            + "Stop it first, or give this one its own folder with DATA_DIR.",
    };
}
