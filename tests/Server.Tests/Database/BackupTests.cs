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
    public async Task A_torn_file_costs_nothing_that_is_there()
    {
        var source = await Installation("source", "CREATE TABLE notes AS SELECT 'new' AS text");
        await Backup.Write(folder.Below("b.tar"), source, Options("source"), TimeProvider.System, Cancel);
        await using (var torn = new FileStream(folder.Below("b.tar"), FileMode.Open)) torn.SetLength(2500);
        var target = await Installation("target", "CREATE TABLE notes AS SELECT 'old' AS text");

        await Assert.ThrowsAsync<CannotStart>(() => Restore.Read(folder.Below("b.tar"), force: true, target, Options("target"), Cancel));

        Assert.Equal("old", await Scalar(target, "SELECT text FROM notes"));
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
