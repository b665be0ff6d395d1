using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Rpd.Server.Database;
using Rpd.Server.Tests.Support;

namespace Rpd.Server.Tests.Database;

public sealed class EmbeddedPostgresTests : IDisposable
{
    private readonly TestFolder folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Data => folder.Below("data");

    [Fact]
    public async Task What_was_written_is_there_at_the_next_start_and_only_the_owner_may_read_the_password()
    {
        await using (var postgres = await Start()) await Execute(postgres, "CREATE TABLE notes AS SELECT 'kept' AS text");
        await using var again = await Start();

        Assert.Equal("kept", await Execute(again, "SELECT text FROM notes"));
        Assert.Equal("127.0.0.1", new NpgsqlConnectionStringBuilder(again.ConnectionString).Host);
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(Data, "postgres.json")));
    }

    [Fact]
    public async Task The_programs_role_is_no_superuser_and_the_ledgers_settings_stand()
    {
        await using var postgres = await EmbeddedPostgres.Start(Options with { Durable = true }, NullLogger.Instance, Cancel);

        Assert.Equal(
            "off on on scram-sha-256 127.0.0.1 on",
            await Execute(postgres, "SELECT concat_ws(' ', current_setting('is_superuser'), current_setting('fsync'), current_setting('synchronous_commit'), current_setting('password_encryption'), current_setting('listen_addresses'), current_setting('data_checksums'))"));
        var wrong = new NpgsqlConnectionStringBuilder(postgres.ConnectionString) { Password = "guess", Pooling = false };
        await Assert.ThrowsAsync<PostgresException>(() => Scalar(wrong.ConnectionString, "SELECT 1"));
    }

    [Fact]
    public async Task A_postmaster_killed_in_the_middle_recovers_with_everything_committed()
    {
        var postgres = await EmbeddedPostgres.Start(Options with { Durable = true }, NullLogger.Instance, Cancel);
        await Execute(postgres, "CREATE TABLE notes AS SELECT 'committed' AS text");
        Process.GetProcessById(Postmaster()).Kill();
        // Its holder goes as well, without a chance to stop anything properly.
        await postgres.DisposeAsync();

        await using var again = await Start();

        Assert.Equal("committed", await Execute(again, "SELECT text FROM notes"));
    }

    [Fact]
    public async Task A_process_file_that_points_at_a_stranger_does_not_stop_the_start()
    {
        await (await Start()).DisposeAsync();
        var stranger = Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        await File.WriteAllLinesAsync(Path.Combine(Data, "postgres", "postmaster.pid"), [stranger, Path.Combine(Data, "postgres"), "1700000000", "5432"], Cancel);

        await using var again = await Start();

        Assert.Equal(1, await Execute(again, "SELECT 1"));
    }

    [Fact]
    public async Task A_half_made_cluster_is_cleared_away()
    {
        Directory.CreateDirectory(Path.Combine(Data, "postgres.new-1", "base"));

        await using var postgres = await Start();

        Assert.Equal(1, await Execute(postgres, "SELECT 1"));
        Assert.False(Directory.Exists(Path.Combine(Data, "postgres.new-1")));
    }

    [Fact]
    public async Task A_second_holder_is_refused_by_name_and_does_no_harm()
    {
        await using var first = await Start();

        var refusal = await Assert.ThrowsAsync<CannotStart>(Start);

        Assert.StartsWith(string.Create(CultureInfo.InvariantCulture, $"Another RPD Create server (process {Environment.ProcessId}) is using the data folder {Data}."), refusal.Message, StringComparison.Ordinal);
        Assert.Equal(1, await Execute(first, "SELECT 1"));
    }

    [Fact]
    public async Task A_cluster_of_another_version_is_refused_with_what_to_install()
    {
        await (await Start()).DisposeAsync();
        await File.WriteAllTextAsync(Path.Combine(Data, "postgres", "PG_VERSION"), "11\n", Cancel);

        var refusal = await Assert.ThrowsAsync<CannotStart>(Start);

        Assert.StartsWith("The database cluster was made by PostgreSQL 11, and found only ", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("apt-get install postgresql-11", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cluster_that_vanished_is_refused_and_not_replaced_by_an_empty_one()
    {
        await (await Start()).DisposeAsync();
        Directory.Move(Path.Combine(Data, "postgres"), Path.Combine(Data, "elsewhere"));

        Assert.Contains("it is not there any more", (await Assert.ThrowsAsync<CannotStart>(Start)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cluster_whose_passwords_are_gone_is_refused_with_what_to_do()
    {
        await (await Start()).DisposeAsync();
        File.Delete(Path.Combine(Data, "postgres.json"));

        Assert.Contains("postgres.json is missing, and it holds the passwords", (await Assert.ThrowsAsync<CannotStart>(Start)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_that_somebody_took_is_exchanged()
    {
        var postgres = await Start();
        var port = new NpgsqlConnectionStringBuilder(postgres.ConnectionString).Port;
        await postgres.DisposeAsync();
        using var squatter = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, port);
        squatter.Start();

        await using var again = await Start();

        Assert.NotEqual(port, new NpgsqlConnectionStringBuilder(again.ConnectionString).Port);
        // Not one of those that are lent to outgoing connections: it would be taken at some restart.
        Assert.All([port, new NpgsqlConnectionStringBuilder(again.ConnectionString).Port], chosen => Assert.InRange(chosen, 20_000, 29_999));
        Assert.Equal(1, await Execute(again, "SELECT 1"));
    }

    [Fact]
    public async Task Root_in_a_closed_home_keeps_the_cluster_where_its_user_can_go_and_finds_it_again()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "Only root runs the database as somebody else.");
        using var home = new TestFolder(open: false);
        using var system = new TestFolder();
        var options = Options with { DataFolder = home.Below("data"), SystemFolder = system.Path };

        await using (var postgres = await EmbeddedPostgres.Start(options, NullLogger.Instance, Cancel))
        {
            Assert.StartsWith(system.Path, postgres.ClusterPath, StringComparison.Ordinal);
            await Execute(postgres, "CREATE TABLE notes AS SELECT 'kept' AS text");
        }
        await using (var again = await EmbeddedPostgres.Start(options, NullLogger.Instance, Cancel)) Assert.Equal("kept", await Execute(again, "SELECT text FROM notes"));

        // A copy of the data folder names the same cluster, and must not get it.
        Directory.CreateDirectory(home.Below("copy"));
        File.Copy(home.Below("data/postgres.json"), home.Below("copy/postgres.json"));
        var refusal = await Assert.ThrowsAsync<CannotStart>(() => EmbeddedPostgres.Start(options with { DataFolder = home.Below("copy") }, NullLogger.Instance, Cancel));
        Assert.Contains("A copied data folder does not carry its database", refusal.Message, StringComparison.Ordinal);

        // A data folder made anew in the same place begins empty, whatever its forerunner left in the system.
        Directory.Delete(home.Below("data"), recursive: true);
        await using var anew = await EmbeddedPostgres.Start(options, NullLogger.Instance, Cancel);
        Assert.Equal(DBNull.Value, await Execute(anew, "SELECT to_regclass('notes')::text"));
    }

    [Fact]
    public async Task A_copied_data_folder_runs_on_its_own_copy_of_the_database()
    {
        await using (var original = await Start()) await Execute(original, "CREATE TABLE notes AS SELECT 'original' AS text");
        await Run("cp", "-a", Data, folder.Below("copy"));

        await using (var copy = await EmbeddedPostgres.Start(Options with { DataFolder = folder.Below("copy") }, NullLogger.Instance, Cancel))
        {
            Assert.Equal(folder.Below("copy/postgres"), copy.ClusterPath);
            await Execute(copy, "UPDATE notes SET text = 'copy'");
        }

        await using var again = await Start();
        Assert.Equal("original", await Execute(again, "SELECT text FROM notes"));
    }

    [Fact]
    public async Task A_copy_without_its_cluster_does_not_get_the_one_that_lies_in_its_original()
    {
        await (await Start()).DisposeAsync();
        Directory.CreateDirectory(folder.Below("copy"));
        File.Copy(Path.Combine(Data, "postgres.json"), folder.Below("copy/postgres.json"));

        var refusal = await Assert.ThrowsAsync<CannotStart>(() => EmbeddedPostgres.Start(Options with { DataFolder = folder.Below("copy") }, NullLogger.Instance, Cancel));

        Assert.Contains($"which belongs to {Data}. A copied data folder", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_is_found_running_behind_a_link_to_its_folder()
    {
        Directory.CreateDirectory(Data);
        Directory.CreateSymbolicLink(folder.Below("link"), Data);
        var options = Options with { DataFolder = folder.Below("link"), StartTimeout = TimeSpan.FromSeconds(10) };
        await using var running = await EmbeddedPostgres.Start(options, NullLogger.Instance, Cancel);
        var user = UnprivilegedUser.Needed();
        var binaries = await PostgresBinaries.Find(running.Address.Major, user, options, Cancel);

        var port = await new Postmaster(running.ClusterPath, binaries, user, options, NullLogger.Instance).StartOrAdopt(running.Address, Cancel);

        Assert.Equal(running.Address.Port, port);
    }

    [Fact]
    public async Task A_shell_left_open_in_the_cluster_does_not_stop_the_start()
    {
        await (await Start()).DisposeAsync();
        string[] line = [.. UnprivilegedUser.Needed()?.Prefix ?? [], "sleep", "60"];
        // As the cluster's user, who alone is told where such a process is.
        using var shell = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", "cd \"$1\" && shift && exec \"$@\"", "sh", Path.Combine(Data, "postgres"), .. line]))!;
        try
        {
            await using var again = await EmbeddedPostgres.Start(Options with { StartTimeout = TimeSpan.FromSeconds(10) }, NullLogger.Instance, Cancel);
            Assert.Equal(1, await Execute(again, "SELECT 1"));
        }
        finally
        {
            shell.Kill();
        }
    }

    [Fact]
    public async Task Root_leaves_nothing_of_its_own_in_somebodys_data_folder_and_follows_no_link_out_of_the_cluster()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "Only root can write in the place of others.");
        Directory.CreateDirectory(Data);
        await Run("chown", "nobody", Data);
        await (await Start()).DisposeAsync();
        await File.WriteAllTextAsync(folder.Below("of-root"), "untouched", Cancel);
        File.Delete(Path.Combine(Data, "postgres", "rpd.conf"));
        File.CreateSymbolicLink(Path.Combine(Data, "postgres", "rpd.conf"), folder.Below("of-root"));
        Directory.CreateDirectory(Path.Combine(Data, "storage", "works"));

        await (await Start()).DisposeAsync();

        Assert.Equal("untouched", await File.ReadAllTextAsync(folder.Below("of-root"), Cancel));
        Assert.Equal("", await Run("find", Data, "!", "-user", "nobody"));
    }

    [Fact]
    public async Task Settings_that_root_wrote_in_an_earlier_version_are_replaced()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "Only root can write in the place of others.");
        await (await Start()).DisposeAsync();
        var settings = Path.Combine(Data, "postgres", "rpd.conf");
        await Run("chown", "root:root", settings);
        await File.AppendAllTextAsync(settings, "max_connections = 3\n", Cancel);

        await using var again = await Start();

        Assert.Equal("200", await Execute(again, "SHOW max_connections"));
    }

    public void Dispose() => folder.Dispose();

    private EmbeddedPostgresOptions Options => new() { DataFolder = Data, Durable = false };

    private Task<EmbeddedPostgres> Start() => EmbeddedPostgres.Start(Options, NullLogger.Instance, Cancel);

    private int Postmaster() => int.Parse(File.ReadLines(Path.Combine(Data, "postgres", "postmaster.pid")).First(), CultureInfo.InvariantCulture);

    private static async Task<string> Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        var output = await process.StandardOutput.ReadToEndAsync(Cancel);
        await process.WaitForExitAsync(Cancel);
        Assert.Equal(0, process.ExitCode);
        return output;
    }

    private static Task<object?> Execute(EmbeddedPostgres postgres, string sql) =>
        Scalar(new NpgsqlConnectionStringBuilder(postgres.ConnectionString) { Pooling = false }.ConnectionString, sql);

    private static async Task<object?> Scalar(string database, string sql)
    {
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync(Cancel);
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(Cancel);
    }
}
