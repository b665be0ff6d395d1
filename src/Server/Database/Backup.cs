using System.Formats.Tar;
using System.Text.Json;
using Npgsql;
using Rpd.Server.Storage;

namespace Rpd.Server.Database;

/// <param name="Files">Files of users, beside the database.</param>
public sealed record BackupWritten(string File, long SizeBytes, int Files, int Migration);

/// <summary>Writes the database and the files into one tar file, beside a running server or without one.</summary>
public static class Backup
{
    /// <remarks>
    /// The database first, the files after it: a file that comes in between is only one too many, and one that goes in between was being deleted anyway.
    /// </remarks>
    public static async Task<BackupWritten> Write(string file, DatabaseAddress database, EmbeddedPostgresOptions options, TimeProvider time, CancellationToken cancel)
    {
        var target = Path.GetFullPath(file);
        if (Path.GetDirectoryName(target) is not { } folder || !Directory.Exists(folder)) throw new CannotStart($"The folder of {target} is not there. Make it first.");
        var partial = target + ".partial";
        var dump = target + ".dump.partial";
        try
        {
            var head = await Dump(dump, database, options, time, cancel);
            var files = await Pack(partial, head, dump, new DataFolder(options.DataFolder), cancel);
            File.Move(partial, target, overwrite: true);
            return new BackupWritten(target, new FileInfo(target).Length, files, head.Migration);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new CannotStart($"The backup cannot be written: {e.Message}", e);
        }
        finally
        {
            File.Delete(dump);
            File.Delete(partial);
        }
    }

    private static async Task<BackupFile> Dump(string dump, DatabaseAddress database, EmbeddedPostgresOptions options, TimeProvider time, CancellationToken cancel)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(database.ConnectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(cancel);
        var major = connection.PostgreSqlVersion.Major;
        await using var question = new NpgsqlCommand("SELECT to_regclass('schema_migrations') IS NOT NULL", connection);
        if (await question.ExecuteScalarAsync(cancel) is not true) throw new CannotStart("The database has no schema yet: there is nothing to back up. Start the server once.");
        await using var last = new NpgsqlCommand("SELECT coalesce(max(number), 0) FROM schema_migrations", connection);
        var migration = (int)(await last.ExecuteScalarAsync(cancel))!;

        // Made empty and private before anything is written into it.
        await DataFolder.WritePrivate(dump, "", cancel);
        var client = await PostgresBinaries.FindClient("pg_dump", major, options, cancel);
        var done = await Tool.Run(null, client, ["--format=custom", "--no-owner", "--no-privileges", $"--file={dump}"], cancel, ClientEnvironment.For(database.ConnectionString));
        if (!done.Succeeded) throw new CannotStart($"pg_dump did not finish: {done.Said}");
        return new BackupFile(BackupFile.CurrentFormat, migration, major, time.GetUtcNow());
    }

    private static async Task<int> Pack(string partial, BackupFile head, string dump, DataFolder data, CancellationToken cancel)
    {
        await DataFolder.WritePrivate(partial, "", cancel);
        await using var stream = new FileStream(partial, FileMode.Truncate, FileAccess.Write, FileShare.None, 1 << 16);
        await using var tar = new TarWriter(stream, TarEntryFormat.Pax);
        await tar.WriteEntryAsync(new PaxTarEntry(TarEntryType.RegularFile, BackupFile.HeadEntry) { DataStream = new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(head, BackupFile.Json)) }, cancel);
        await tar.WriteEntryAsync(dump, BackupFile.DumpEntry, cancel);
        var files = 0;
        foreach (var folder in DataFolder.BackedUp.Select(data.Below).Where(Directory.Exists))
        {
            // What the storage is just writing is no file yet: nothing in the database names it.
            foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(file => !file.EndsWith(DiskStorage.DraftSuffix, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
            {
                try
                {
                    await tar.WriteEntryAsync(file, Path.GetRelativePath(data.Path, file), cancel);
                    files++;
                }
                catch (FileNotFoundException)
                {
                    // Deleted by its owner since the folder was listed.
                }
            }
        }
        return files;
    }
}
