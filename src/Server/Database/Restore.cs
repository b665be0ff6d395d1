using System.Formats.Tar;
using System.Text.Json;
using Npgsql;

namespace Rpd.Server.Database;

public sealed record BackupRead(string File, int Files, int Migration, DateTimeOffset MadeAt);

/// <summary>Puts back what <see cref="Backup"/> wrote, into an empty database, or in the place of everything when forced.</summary>
public static class Restore
{
    public static async Task<BackupRead> Read(string file, bool force, DatabaseAddress database, EmbeddedPostgresOptions options, CancellationToken cancel)
    {
        if (!File.Exists(file)) throw new CannotStart($"There is no file {file}.");
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(database.ConnectionString) { Pooling = false, CommandTimeout = 0 }.ConnectionString);
        await connection.OpenAsync(cancel);
        await RefuseInUse(connection, database, cancel);
        await RefuseFull(connection, force, cancel);

        await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16);
        await using var tar = new TarReader(stream);
        try
        {
            var head = await Head(tar, file, cancel);
            await Database(tar, file, connection, database, options, cancel);
            return new BackupRead(Path.GetFullPath(file), await Files(tar, new DataFolder(options.DataFolder), cancel), head.Migration, head.MadeAt);
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or FormatException)
        {
            throw new CannotStart($"{file} is damaged or not whole: {e.Message}", e);
        }
    }

    private static async Task<BackupFile> Head(TarReader tar, string file, CancellationToken cancel)
    {
        if (await tar.GetNextEntryAsync(cancellationToken: cancel) is not { Name: BackupFile.HeadEntry, DataStream: { } text }) throw new CannotStart($"{file} is no backup of RPD Create.");
        var head = await JsonSerializer.DeserializeAsync<BackupFile>(text, BackupFile.Json, cancel);
        if (head is not { Format: BackupFile.CurrentFormat }) throw new CannotStart($"{file} has backup format {head?.Format}; this program reads {BackupFile.CurrentFormat}.");
        if (head.Migration > Migration.Embedded.Count) throw new CannotStart($"{file} was made by a newer program (migration {head.Migration:0000}, this one ends at {Migration.Embedded.Count:0000}). Restore it with that one.");
        return head;
    }

    private static async Task Database(TarReader tar, string file, NpgsqlConnection connection, DatabaseAddress database, EmbeddedPostgresOptions options, CancellationToken cancel)
    {
        if (await tar.GetNextEntryAsync(cancellationToken: cancel) is not { Name: BackupFile.DumpEntry } entry) throw new CannotStart($"{file} holds no database.");
        var data = new DataFolder(options.DataFolder);
        data.Create();
        var dump = data.Below("restore.partial");
        try
        {
            await DataFolder.WritePrivate(dump, "", cancel);
            await entry.ExtractToFileAsync(dump, overwrite: true, cancel);
            var client = await PostgresBinaries.FindClient("pg_restore", connection.PostgreSqlVersion.Major, options, cancel);
            // Looked through before anything is dropped: a damaged dump must not cost the data that is there.
            var list = await Tool.Run(null, client, ["--list", dump], cancel);
            if (!list.Succeeded) throw new CannotStart($"The database inside {file} cannot be read: {list.Said}");
            await using (var clear = new NpgsqlCommand("DROP SCHEMA public CASCADE; CREATE SCHEMA public; ALTER SCHEMA public OWNER TO pg_database_owner; GRANT USAGE ON SCHEMA public TO PUBLIC", connection))
            {
                await clear.ExecuteNonQueryAsync(cancel);
            }
            var name = new NpgsqlConnectionStringBuilder(database.ConnectionString).Database ?? "";
            var done = await Tool.Run(null, client, ["--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges", $"--dbname={name}", dump], cancel, ClientEnvironment.For(database.ConnectionString));
            if (!done.Succeeded) throw new CannotStart($"pg_restore did not finish, and the database is empty now; mend the cause and restore again: {done.Said}");
        }
        finally
        {
            File.Delete(dump);
        }
    }

    private static async Task<int> Files(TarReader tar, DataFolder data, CancellationToken cancel)
    {
        var files = 0;
        while (await tar.GetNextEntryAsync(cancellationToken: cancel) is { } entry)
        {
            if (entry.EntryType is not (TarEntryType.RegularFile or TarEntryType.V7RegularFile)) continue;
            var target = Path.GetFullPath(data.Below(entry.Name));
            // A file from elsewhere must not write outside the folders a backup has.
            if (!DataFolder.BackedUp.Any(name => target.StartsWith(data.Below(name) + Path.DirectorySeparatorChar, StringComparison.Ordinal)))
                throw new CannotStart($"The backup names a file outside the data folder: {entry.Name}");
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            await entry.ExtractToFileAsync(target, overwrite: true, cancel);
            files++;
        }
        return files;
    }

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
