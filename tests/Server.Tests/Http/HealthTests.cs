using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Rpd.Server.Tests.Support;

namespace Rpd.Server.Tests.Http;

public sealed class HealthTests(TestPostgres postgres)
{
    [Fact]
    public async Task The_server_answers_with_the_database_it_was_given()
    {
        var database = await postgres.CreateDatabase();
        await using var app = new WebApplicationFactory<Program>().WithWebHostBuilder(host => host.UseSetting("ConnectionStrings:Postgres", database));

        Assert.Equal("""{"status":"ok"}""", await app.CreateClient().GetStringAsync(new Uri("/health", UriKind.Relative), TestContext.Current.CancellationToken));

        var source = app.Services.GetRequiredService<NpgsqlDataSource>();
        Assert.Equal(new NpgsqlConnectionStringBuilder(database).Database, new NpgsqlConnectionStringBuilder(source.ConnectionString).Database);
    }
}
