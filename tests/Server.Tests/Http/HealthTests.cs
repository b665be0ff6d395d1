using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Rpd.Server.Tests.Support;

namespace Rpd.Server.Tests.Http;

public sealed class HealthTests(TestPostgres postgres)
{
    private const string Healthy = """{"status":"ok""";

    [Fact]
    public async Task The_server_answers_with_the_database_it_was_given()
    {
        var database = await postgres.CreateDatabase();
        await using var app = new WebApplicationFactory<Program>().WithWebHostBuilder(host => host.UseSetting("ConnectionStrings:Postgres", database));

        Assert.StartsWith(Healthy, await app.CreateClient().GetStringAsync(new Uri("/health", UriKind.Relative), TestContext.Current.CancellationToken), StringComparison.Ordinal);

        var source = app.Services.GetRequiredService<NpgsqlDataSource>();
        Assert.Equal(new NpgsqlConnectionStringBuilder(database).Database, new NpgsqlConnectionStringBuilder(source.ConnectionString).Database);
    }
}
