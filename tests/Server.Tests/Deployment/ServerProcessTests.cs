using System.Globalization;
using System.Text.Json;
using Npgsql;
using Rpd.Server.Tests.Support;

namespace Rpd.Server.Tests.Deployment;

public sealed class ServerProcessTests(TestPostgres postgres) : IDisposable
{
    private const string Healthy = """{"status":"ok""";
    private readonly TestFolder folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Data => folder.Below("data");

    [Fact]
    public async Task A_killed_servers_database_is_adopted_by_the_next_and_stopped_with_it()
    {
        var (killed, _) = await ServerProcess.Start(Data);
        using (killed)
        {
            await Execute("CREATE TABLE notes AS SELECT 'kept' AS text");
            await killed.Kill();
        }
        var postmaster = Postmaster();
        Assert.True(Directory.Exists($"/proc/{postmaster}"), "The database outlives a killed server.");

        var (next, address) = await ServerProcess.Start(Data);
        using (next)
        {
            Assert.Equal(postmaster, Postmaster());
            Assert.Equal("kept", await Execute("SELECT text FROM notes"));
            Assert.StartsWith(Healthy, await Get(new Uri(address, "/health")), StringComparison.Ordinal);
            Assert.Equal(0, await next.Stop());
        }
        Assert.False(File.Exists(Path.Combine(Data, "postgres", "postmaster.pid")));
    }

    [Fact]
    public async Task A_second_server_is_refused_in_one_sentence_and_the_first_goes_on()
    {
        var (first, address) = await ServerProcess.Start(Data);
        using var _ = first;

        var (exitCode, output, errors) = await ServerProcess.Run(Data);

        Assert.Equal((1, ""), (exitCode, output));
        Assert.StartsWith(string.Create(CultureInfo.InvariantCulture, $"Another RPD Create server (process {first.Id}) is using the data folder"), errors, StringComparison.Ordinal);
        Assert.StartsWith(Healthy, await Get(new Uri(address, "/health")), StringComparison.Ordinal);
        Assert.Equal(1, await Execute("SELECT 1"));
        Assert.Equal(0, await first.Stop());
    }

    [Fact]
    public async Task A_command_works_beside_a_running_server_and_says_nothing_but_its_answer()
    {
        var (server, address) = await ServerProcess.Start(Data);
        using var _ = server;

        var (exitCode, output, _) = await ServerProcess.Run(Data, "backup", folder.Below("backup.tar"));

        Assert.Equal(0, exitCode);
        Assert.Equal(folder.Below("backup.tar"), JsonDocument.Parse(output).RootElement.GetProperty("file").GetString());
        Assert.StartsWith(Healthy, await Get(new Uri(address, "/health")), StringComparison.Ordinal);
        Assert.Contains("Stop the server, then restore", (await ServerProcess.Run(Data, "restore", folder.Below("backup.tar"), "--force")).Errors, StringComparison.Ordinal);
        Assert.Equal(0, await server.Stop());
    }

    [Fact]
    public async Task A_database_of_the_operators_own_is_used_and_none_is_started()
    {
        var database = await postgres.CreateEmptyDatabase();
        var (server, address) = await ServerProcess.Start(Data, new Dictionary<string, string> { ["ConnectionStrings__Postgres"] = database });
        using var _ = server;

        Assert.StartsWith(Healthy, await Get(new Uri(address, "/health")), StringComparison.Ordinal);
        Assert.Equal((long)Rpd.Server.Database.Migration.Embedded.Count, await Scalar(database, "SELECT count(*) FROM schema_migrations"));
        Assert.False(Directory.Exists(Path.Combine(Data, "postgres")));
        Assert.Equal(0, await server.Stop());
    }

    [Theory]
    [InlineData("PublicUrl", "ftp://create.example.org", "PublicUrl must be an http or https address")]
    [InlineData("Proxies__Trusted__0", "my-proxy", "Proxies:Trusted holds \"my-proxy\"")]
    [InlineData("Accounts__PasswordIterations", "1", "Accounts:PasswordIterations must be between")]
    [InlineData("Smtp__Port", "mail", "Failed to convert configuration value")]
    [InlineData("ConnectionStrings__Postgres", "postgres://rpd@database/rpd", "ConnectionStrings__Postgres cannot be read")]
    public async Task A_wrong_setting_is_one_sentence_and_leaves_no_database_running(string name, string value, string sentence)
    {
        var (exitCode, _, errors) = await ServerProcess.Run(Data, new Dictionary<string, string> { [name] = value });

        Assert.Equal(1, exitCode);
        Assert.StartsWith(sentence, errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", errors, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(Data, "postgres", "postmaster.pid")));
    }

    [Fact]
    public async Task The_id_on_a_page_that_broke_is_found_in_the_log()
    {
        var database = await postgres.CreateEmptyDatabase();
        var (server, address) = await ServerProcess.Start(Data, new Dictionary<string, string> { ["ConnectionStrings__Postgres"] = database });
        using var _ = server;
        await Scalar(database, "ALTER TABLE publications RENAME TO hidden");
        using var client = new HttpClient();

        using var broken = await client.GetAsync(new Uri(address, "/explore"), Cancel);

        Assert.Equal(0, await server.Stop());
        Assert.Contains(broken.Headers.GetValues("X-Request-Id").Single(), server.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_demo_that_cannot_be_made_says_why_and_writes_nothing()
    {
        var database = await postgres.CreateEmptyDatabase();
        Directory.CreateDirectory(folder.Below("nothing"));

        var (exitCode, _, errors) = await ServerProcess.Run(Data, new Dictionary<string, string> { ["ConnectionStrings__Postgres"] = database, ["PATH"] = folder.Below("nothing") }, "demo");

        Assert.Equal(1, exitCode);
        Assert.Contains("is missing: install the package", errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", errors, StringComparison.Ordinal);
        Assert.Equal(0L, await Scalar(database, "SELECT count(*) FROM accounts"));
    }

    [Fact]
    public async Task Words_that_are_no_command_are_answered_with_those_that_are()
    {
        var (exitCode, _, errors) = await ServerProcess.Run(Data, "bakcup");

        Assert.Equal(2, exitCode);
        Assert.StartsWith($"There is no command \"bakcup\". There are: {string.Join(", ", Commands.Names)};", errors, StringComparison.Ordinal);
    }

    public void Dispose() => folder.Dispose();

    private string Postmaster() => File.ReadLines(Path.Combine(Data, "postgres", "postmaster.pid")).First();

    private Task<object?> Execute(string sql)
    {
        var address = JsonDocument.Parse(File.ReadAllText(Path.Combine(Data, "postgres.json"))).RootElement;
        return Scalar($"Host=127.0.0.1;Port={address.GetProperty("port")};Username=rpd;Database=rpd;Password={address.GetProperty("password")};Pooling=false", sql);
    }

    private static async Task<object?> Scalar(string database, string sql)
    {
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync(Cancel);
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(Cancel);
    }

    private static async Task<string> Get(Uri address)
    {
        using var client = new HttpClient();
        return await client.GetStringAsync(address, Cancel);
    }
}
