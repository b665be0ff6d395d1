using System.Text.RegularExpressions;
using Rpd.Server.Http;
using Rpd.Server.Tests.Support;

namespace Rpd.Server.Tests.Deployment;

/// <summary>There is no container engine where the tests run; these hold the container files against the project and against each other.</summary>
public sealed partial class ContainerTests
{
    private static readonly IReadOnlyDictionary<string, string> Compose = SimpleYaml.Read(Source.Read("docker-compose.yml"));
    private static readonly string Dockerfile = Source.Read("Dockerfile");

    private static readonly string Code = string.Join(
        '\n',
        Directory.EnumerateFiles(Path.Combine(Source.Root, "src"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin" or "node_modules"))
            .Select(File.ReadAllText));

    [Fact]
    public void Both_services_restart_report_their_health_and_keep_their_data_in_named_volumes()
    {
        foreach (var service in new[] { "server", "postgres" })
        {
            Assert.Equal("unless-stopped", Compose[$"services.{service}.restart"]);
            Assert.NotEmpty(Compose[$"services.{service}.healthcheck.test"]);
            Assert.Contains($"volumes.{Compose[$"services.{service}.volumes.0"].Split(':')[0]}", Compose.Keys);
        }
        Assert.Equal("service_healthy", Compose["services.server.depends_on.postgres.condition"]);
        Assert.DoesNotContain(Compose.Keys, key => key.StartsWith("services.postgres.ports", StringComparison.Ordinal));
    }

    [Fact]
    public void The_server_is_bound_to_loopback_on_the_port_it_listens_on()
    {
        var port = Compose["services.server.environment.PORT"];
        Assert.Matches($@"^127\.0\.0\.1:\$\{{HOST_PORT:-\d+\}}:{port}$", Compose["services.server.ports.0"]);
        Assert.Equal(Listening.PortDefault.ToString(System.Globalization.CultureInfo.InvariantCulture), port);
        Assert.Contains($"EXPOSE {port}\n", Dockerfile, StringComparison.Ordinal);
        Assert.Contains($" PORT={port} ", Dockerfile, StringComparison.Ordinal);
        Assert.Contains($"http://localhost:{port}/health", Dockerfile, StringComparison.Ordinal);
        Assert.Contains($"http://localhost:{port}/health", Compose["services.server.healthcheck.test"], StringComparison.Ordinal);
        Assert.Contains("\"/health\"", Code, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_setting_the_server_is_given_is_one_it_reads()
    {
        var given = Compose.Keys.Where(key => key.StartsWith("services.server.environment.", StringComparison.Ordinal)).Select(key => key["services.server.environment.".Length..]).ToArray();
        Assert.NotEmpty(given);
        // A list's entries are numbered, and read by the list's name.
        Assert.All(given, name => Assert.Contains($"\"{Number().Replace(name, "").Replace("__", ":", StringComparison.Ordinal)}\"", Code, StringComparison.Ordinal));
    }

    [Fact]
    public void The_connection_leads_to_the_database_that_is_made()
    {
        var connection = new Npgsql.NpgsqlConnectionStringBuilder(Variable().Replace(Compose["services.server.environment.ConnectionStrings__Postgres"], "secret"));
        Assert.Equal("postgres", connection.Host);
        Assert.Equal(Compose["services.postgres.environment.POSTGRES_USER"], connection.Username);
        Assert.Equal(Compose["services.postgres.environment.POSTGRES_DB"], connection.Database);
        Assert.StartsWith("${POSTGRES_PASSWORD:?", Compose["services.postgres.environment.POSTGRES_PASSWORD"], StringComparison.Ordinal);
    }

    [Fact]
    public void Every_variable_stands_in_the_example_and_no_secret_does()
    {
        var example = Source.Read(".env.example").Split('\n').Where(line => line.Contains('=', StringComparison.Ordinal) && !line.StartsWith('#')).ToDictionary(line => line.Split('=')[0], line => line.Split('=')[1]);
        var used = Variable().Matches(string.Join('\n', Compose.Values)).Select(match => match.Groups[1].Value).Distinct();
        Assert.Equal(used.Order(), example.Keys.Order());
        Assert.Equal("", example["POSTGRES_PASSWORD"]);
        Assert.Contains(".env", Source.Read(".gitignore").Split('\n'));
        Assert.Contains(".env", Source.Read(".dockerignore").Split('\n'));
    }

    [Fact]
    public void The_image_is_built_from_files_that_exist_runs_our_program_and_not_as_root()
    {
        var copied = Dockerfile.Split('\n').Where(line => line.StartsWith("COPY ", StringComparison.Ordinal) && !line.Contains("--from", StringComparison.Ordinal)).SelectMany(line => line.Split(' ')[1..^1]);
        Assert.All(copied, path => Assert.True(Source.Exists(path), path));
        Assert.Contains($"ENTRYPOINT [\"dotnet\", \"{typeof(CannotStart).Assembly.GetName().Name}.dll\"]", Dockerfile, StringComparison.Ordinal);
        Assert.Contains("\nUSER $APP_UID\n", Dockerfile, StringComparison.Ordinal);
        var data = Compose["services.server.environment.DATA_DIR"];
        Assert.Equal(data, Compose["services.server.volumes.0"].Split(':')[1]);
        Assert.Contains($"\nVOLUME {data}\n", Dockerfile, StringComparison.Ordinal);
        Assert.Contains($"DATA_DIR={data} ", Dockerfile, StringComparison.Ordinal);
    }

    [Fact]
    public void The_images_backup_programs_are_as_new_as_the_database()
    {
        var major = Compose["services.postgres.image"].Split(':')[1];
        Assert.Contains($"postgresql-client-{major}", Dockerfile, StringComparison.Ordinal);
    }

    [GeneratedRegex(@"\$\{([A-Z_]+)[^}]*\}")]
    private static partial Regex Variable();

    [GeneratedRegex("__[0-9]+$")]
    private static partial Regex Number();
}
