using System.Formats.Tar;
using System.Text.Json;
using Npgsql;

namespace Rpd.Server.Database;

public sealed record BackupRead(string File, int Files, int Migration, DateTimeOffset MadeAt);

/// <summary>
/// Puts back what <see cref="Backup"/> wrote, into an empty database, or in the place of everything when forced. Whatever goes wrong, the database that
/// is there stays as it is: the file is read to its end before anything is touched, and the exchange is one transaction.
/// </summary>
public static class Restore
{
    /// <summary>Two blocks of nothing end a tar file.</summary>
    private const int EndBytes = 1024;

    public static async Task<BackupRead> Read(string file, bool force, DatabaseAddress database, EmbeddedPostgresOptions options, CancellationToken cancel)
    {
        if (!File.Exists(file)) throw new CannotStart($"There is no file {file}.");
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(database.ConnectionString) { Pooling = false, CommandTimeout = 0 }.ConnectionString);
        await connection.OpenAsync(cancel);
        await RefuseInUse(connection, database, cancel);
        await RefuseFull(connection, force, cancel);

        var data = new DataFolder(options.DataFolder);
        data.Create();
        var dump = data.Below("restore.partial");
        try
        {
            var head = await Check(file, data, connection.PostgreSqlVersion.Major, cancel);
            var files = await Unpack(file, dump, data, cancel);
            await Exchange(dump, file, connection.PostgreSqlVersion.Major, database, options, cancel);
            return new BackupRead(Path.GetFullPath(file), files, head.Migration, head.MadeAt);
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or FormatException or JsonException)
        {
            throw new CannotStart($"{file} is damaged or not whole: {e.Message}", e);
        }
        finally
        {
            File.Delete(dump);
        }
    }

    /// <summary>Reads all of it: what is torn, or is not for this installation, must be found out while nothing has been touched.</summary>
    private static async Task<BackupFile> Check(string file, DataFolder data, int serverMajor, CancellationToken cancel)
    {
        await using var stream = Open(file);
        await using var tar = new TarReader(stream, leaveOpen: true);
        var head = await Head(tar, file, cancel);
        if (head.PostgresMajor > serverMajor)
            throw new CannotStart($"{file} was made of PostgreSQL {head.PostgresMajor}, and this database is PostgreSQL {serverMajor}. A backup goes into the same or a newer major version.");
        if (await tar.GetNextEntryAsync(cancellationToken: cancel) is not { Name: BackupFile.DumpEntry } dump) throw new CannotStart($"{file} holds no database.");
        await ReadThrough(dump, cancel);
        while (await tar.GetNextEntryAsync(cancellationToken: cancel) is { } entry)
        {
            Target(entry, data);
            await ReadThrough(entry, cancel);
        }
        var end = new byte[EndBytes];
        stream.Position = Math.Max(0, stream.Length - EndBytes);
        await stream.ReadExactlyAsync(end, cancel);
        if (end.AsSpan().ContainsAnyExcept((byte)0)) throw new InvalidDataException("its end is missing.");
        return head;
    }

    private static async Task<BackupFile> Head(TarReader tar, string file, CancellationToken cancel)
    {
        if (await tar.GetNextEntryAsync(cancellationToken: cancel) is not { Name: BackupFile.HeadEntry, DataStream: { } text }) throw new CannotStart($"{file} is no backup of RPD Create.");
        var head = await JsonSerializer.DeserializeAsync<BackupFile>(text, BackupFile.Json, cancel);
        if (head is not { Format: BackupFile.CurrentFormat }) throw new CannotStart($"{file} has backup format {head?.Format}; this program reads {BackupFile.CurrentFormat}.");
        if (head.Migration > Migration.Embedded.Count) throw new CannotStart($"{file} was made by a newer program (migration {head.Migration:0000}, this one ends at {Migration.Embedded.Count:0000}). Restore it with that one.");
        return head;
    }

    private static async Task ReadThrough(TarEntry entry, CancellationToken cancel)
    {
        if (entry.DataStream is not { } content) return;
        await content.CopyToAsync(Stream.Null, cancel);
        if (content.Position < entry.Length) throw new InvalidDataException($"{entry.Name} is cut off.");
    }

    /// <returns>How many files of users there were. They come before the database, which names them.</returns>
    private static async Task<int> Unpack(string file, string dump, DataFolder data, CancellationToken cancel)
    {
        await using var stream = Open(file);
        await using var tar = new TarReader(stream);
        var files = 0;
        while (await tar.GetNextEntryAsync(cancellationToken: cancel) is { } entry)
        {
            if (entry.Name == BackupFile.HeadEntry) continue;
            if (entry.Name == BackupFile.DumpEntry)
            {
                await DataFolder.WritePrivate(dump, "", cancel);
                await entry.ExtractToFileAsync(dump, overwrite: true, cancel);
            }
            else if (Target(entry, data) is { } target)
            {
                Directory.CreateDirectory(Path.GetDirectoryName(target)!);
                await entry.ExtractToFileAsync(target, overwrite: true, cancel);
                files++;
            }
        }
        return files;
    }

    /// <summary>Where a file of users belongs; null for an entry that is no file.</summary>
    private static string? Target(TarEntry entry, DataFolder data)
    {
        if (entry.EntryType is not (TarEntryType.RegularFile or TarEntryType.V7RegularFile)) return null;
        var target = Path.GetFullPath(data.Below(entry.Name));
        // A file from elsewhere must not write outside the folders a backup has.
        return DataFolder.BackedUp.Any(name => target.StartsWith(data.Below(name) + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            ? target : throw new CannotStart($"The backup names a file outside the data folder: {entry.Name}");
    }

    /// <summary>
    /// The old goes and the new comes in one transaction, or neither does. pg_restore alone cannot do that, as it would have to drop each thing by its
    /// name; so it writes a script, and psql runs that after the drop.
    /// </summary>
    private static async Task Exchange(string dump, string file, int serverMajor, DatabaseAddress database, EmbeddedPostgresOptions options, CancellationToken cancel)
    {
        const string Clear = "DROP SCHEMA public CASCADE; CREATE SCHEMA public; ALTER SCHEMA public OWNER TO pg_database_owner; GRANT USAGE ON SCHEMA public TO PUBLIC";
        // This database numbers its transactions anew; the feed's readers are told so by another epoch.
        const string Renumber = """
            DO $$ BEGIN IF to_regclass('events') IS NOT NULL THEN
              UPDATE events SET transaction_id = '0';
              INSERT INTO installation VALUES ('events.epoch', gen_random_uuid()::text) ON CONFLICT (name) DO UPDATE SET value = excluded.value;
            END IF; END $$
            """;
        var script = dump + ".sql";
        try
        {
            await DataFolder.WritePrivate(script, "", cancel);
            var restore = await PostgresBinaries.FindClient("pg_restore", serverMajor, options, cancel);
            var written = await Tool.Run(null, restore, ["--no-owner", "--no-privileges", $"--file={script}", dump], cancel);
            if (!written.Succeeded) throw new CannotStart($"The database inside {file} cannot be read: {written.Said}");
            var psql = await PostgresBinaries.FindClient("psql", serverMajor, options, cancel);
            var done = await Tool.Run(
                null, psql, ["--no-psqlrc", "--quiet", "--output=/dev/null", "--single-transaction", "--set=ON_ERROR_STOP=1", $"--command={Clear}", $"--file={script}", "--command=SET search_path = public", $"--command={Renumber}"], cancel, ClientEnvironment.For(database.ConnectionString));
            if (!done.Succeeded) throw new CannotStart($"The database inside {file} cannot be put back, and the one that is there is unchanged: {done.Said}");
        }
        finally
        {
            File.Delete(script);
        }
    }

    private static FileStream Open(string file) => new(file, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16);

    private static async Task RefuseInUse(NpgsqlConnection connection, DatabaseAddress database, CancellationToken cancel)
    {
        await using var others = new NpgsqlCommand("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'", connection);
        if (database.IsServedByAnother || (long)(await others.ExecuteScalarAsync(cancel))! > 0) throw new CannotStart("The database is in use. Stop the server, then restore.");
    }

    private static async Task RefuseFull(NpgsqlConnection connection, bool force, CancellationToken cancel)
    {
        await using var tables = new NpgsqlCommand("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'", connection);
        var count = (long)(await tables.ExecuteScalarAsync(cancel))!;
        if (count > 0 && !force) throw new CannotStart($"The database is not empty ({count} tables). To replace everything in it, say so: ./run restore <file> --force");
    }
}
