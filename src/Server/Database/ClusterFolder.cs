using System.Security.Cryptography;

namespace Rpd.Server.Database;

/// <summary>Where the cluster of a data folder lies, and how it comes into being whole or not at all.</summary>
internal static class ClusterFolder
{
    /// <summary>
    /// The data folder itself, or, when its user may not go there (a clone under root's closed home), a folder of the system.
    /// Its name is new each time, so that a data folder which is deleted and made again does not meet the cluster of its forerunner.
    /// </summary>
    public static async Task<string> Choose(DataFolder data, UnprivilegedUser? user, EmbeddedPostgresOptions options, CancellationToken cancel)
    {
        if (user is null || await user.CanEnter(data.Path, cancel)) return data.Cluster;
        var parent = Path.Combine(options.SystemFolder, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8)));
        Directory.CreateDirectory(parent);
        if (!await user.CanEnter(parent, cancel))
            throw new CannotStart($"The user {user.Name}, who runs the database, can enter neither {data.Path} nor {parent}. Make one of them passable (chmod o+x), or set DATA_DIR to a folder that is.");
        return Path.Combine(parent, "postgres");
    }

    /// <summary>
    /// A copied data folder still names the cluster of its original. Two servers on one cluster would be the end of it, so the cluster knows whose it is:
    /// by a note beside it, or by lying in its owner's data folder.
    /// </summary>
    public static async Task Claim(string cluster, DataFolder data, CancellationToken cancel)
    {
        if (cluster == data.Cluster) return;
        var parent = Path.GetDirectoryName(cluster)!;
        var note = Path.Combine(parent, "data-folder");
        var owner = File.Exists(note) ? (await File.ReadAllTextAsync(note, cancel)).Trim() : parent;
        if (owner != data.Path && File.Exists(new DataFolder(owner).AddressFile))
            throw new CannotStart($"{data.AddressFile} names the database cluster {cluster}, which belongs to {owner}. A copied data folder does not carry its database: use ./run backup and ./run restore.");
        await File.WriteAllTextAsync(note, data.Path + "\n", cancel);
    }

    /// <summary>Null when there is no cluster yet.</summary>
    public static int? MajorOf(string cluster)
    {
        try
        {
            return int.Parse(File.ReadAllText(Path.Combine(cluster, "PG_VERSION")).Trim().Split('.')[0], System.Globalization.CultureInfo.InvariantCulture);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (UnauthorizedAccessException e)
        {
            throw new CannotStart($"The database cluster {cluster} belongs to another user. Start the server as the user who started it first, or as root.", e);
        }
    }

    /// <summary>Made beside its final place and renamed at the very end: a crash on the way leaves only a folder that the next start clears away.</summary>
    public static async Task Make(string cluster, string adminPassword, PostgresBinaries binaries, UnprivilegedUser? user, bool durable, CancellationToken cancel)
    {
        ClearHalfMade(cluster);
        var partial = $"{cluster}.new-{Environment.ProcessId}";
        var passwordFile = partial + ".password";
        DataFolder.CreatePrivate(partial);
        await DataFolder.WritePrivate(passwordFile, adminPassword + "\n", cancel);
        if (user is not null)
        {
            await user.Own(partial, cancel);
            await user.Own(passwordFile, cancel);
        }
        // Text sorts by code point, which no update of the C library can change under an index; letters of all scripts still fold.
        string[] arguments =
        [
            $"--pgdata={partial}", $"--username={ClusterAddress.Admin}", $"--pwfile={passwordFile}", "--auth=scram-sha-256", "--data-checksums",
            "--encoding=UTF8", "--locale=C", OperatingSystem.IsMacOS() ? "--lc-ctype=UTF-8" : "--lc-ctype=C.UTF-8", .. durable ? Array.Empty<string>() : ["--no-sync"],
        ];
        var made = await Tool.Run(user, binaries.Program("initdb"), arguments, cancel);
        File.Delete(passwordFile);
        if (!made.Succeeded) throw new CannotStart($"The database cluster could not be made in {cluster}:\n{made.Said}");
        await File.AppendAllTextAsync(Path.Combine(partial, "postgresql.conf"), ClusterSettings.Include, cancel);
        Directory.Move(partial, cluster);
    }

    private static void ClearHalfMade(string cluster)
    {
        foreach (var path in Directory.EnumerateFileSystemEntries(Path.GetDirectoryName(cluster)!, Path.GetFileName(cluster) + ".new-*"))
        {
            try
            {
                if (Directory.Exists(path)) Directory.Delete(path, recursive: true);
                else File.Delete(path);
            }
            catch (IOException)
            {
                // The initdb of a killed server is still writing there. It is in nobody's way, and the folder is only litter.
            }
        }
    }
}
