using System.Globalization;

namespace Rpd.Server.Database;

/// <summary>Everything one installation keeps on disk lives below this folder (<c>DATA_DIR</c>, default <c>data/</c> under the content root).</summary>
public sealed class DataFolder
{
    public DataFolder(string path) => Path = System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(path));

    public string Path { get; }

    /// <summary>Files of users: uploads, outputs, thumbnails.</summary>
    public string Storage => Below("storage");

    /// <summary>Where the embedded cluster lives, unless the user it runs as cannot get here (see <see cref="ClusterFolder"/>).</summary>
    public string Cluster => Below("postgres");

    internal string AddressFile => Below("postgres.json");

    internal string LockFile => Below("server.lock");

    internal string HolderFile => Below("server.pid");

    /// <summary>What a start writes.</summary>
    internal static IReadOnlyList<string> OfTheStart { get; } = ["server.lock", "server.pid", "postgres.json"];

    /// <summary>What is written while the server runs.</summary>
    internal static IReadOnlyList<string> OfTheRun { get; } = ["storage", "outbox"];

    /// <summary>What a backup holds beside the database: files of users.</summary>
    internal static IReadOnlyList<string> BackedUp { get; } = ["storage"];

    public static DataFolder From(IConfiguration settings, string contentRoot) =>
        new(System.IO.Path.GetFullPath(Setting(settings, "DATA_DIR") ?? "data", contentRoot));

    internal static string? Setting(IConfiguration settings, string key) =>
        string.IsNullOrWhiteSpace(settings[key]) ? null : settings[key]!.Trim();

    internal string Below(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>The folder itself may be entered by the database's user; what is private inside is closed one by one.</summary>
    internal void Create()
    {
        Directory.CreateDirectory(Path);
        CreatePrivate(Storage);
    }

    /// <summary>
    /// What root has written into somebody's data folder becomes that somebody's: one start by root must not lock out the one who started it before.
    /// </summary>
    /// <param name="names">Below the folder; those that are not there are passed over.</param>
    internal async Task GiveToOwner(IEnumerable<string> names, CancellationToken cancel)
    {
        if (OperatingSystem.IsWindows() || !Environment.IsPrivilegedProcess || (await UnprivilegedUser.OwnerOf(Path, cancel)).UserId == 0) return;
        var there = names.Select(Below).Where(System.IO.Path.Exists).ToArray();
        if (there.Length == 0) return;
        // Of root's alone: the cluster's user keeps what is its own.
        var given = await Tool.Run(null, "chown", ["--recursive", "--no-dereference", "--from=0", $"--reference={Path}", .. there], cancel);
        if (!given.Succeeded) throw new CannotStart($"What root has written into {Path} cannot be given to the folder's owner: {given.Said}");
    }

    /// <summary>A folder that only its owner may enter; one that exists is left as it is.</summary>
    internal static void CreatePrivate(string path)
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(path);
        else Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    /// <summary>Writes a file that only its owner may read, all of it or nothing: a crash leaves the old one.</summary>
    internal static async Task WritePrivate(string path, string text, CancellationToken cancel)
    {
        var partial = string.Create(CultureInfo.InvariantCulture, $"{path}.{Environment.ProcessId}.partial");
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, Share = FileShare.None };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        await using (var file = new FileStream(partial, options))
        {
            await file.WriteAsync(System.Text.Encoding.UTF8.GetBytes(text), cancel);
            file.Flush(flushToDisk: true);
        }
        File.Move(partial, path, overwrite: true);
    }
}
