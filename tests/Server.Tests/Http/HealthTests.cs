using System.Net;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Npgsql;
using Rpd.Server.Events;
using Rpd.Server.Tests.Support;

namespace Rpd.Server.Tests.Http;

public sealed class HealthTests(TestPostgres postgres, SharedApp shared) : IClassFixture<SharedApp>
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

    [Fact]
    public async Task Ready_means_database_storage_and_workers_and_says_which_of_them_is_not()
    {
        var app = shared.App;
        using var http = app.CreateClient();

        using var ready = await http.GetAsync(new Uri("/health/ready", UriKind.Relative), TestContext.Current.CancellationToken);
        Directory.Delete(Path.Combine(app.DataFolder, "storage"), recursive: true);
        await File.WriteAllTextAsync(Path.Combine(app.DataFolder, "storage"), "no folder", TestContext.Current.CancellationToken);
        await Task.Delay(TimeSpan.FromSeconds(1.2), TestContext.Current.CancellationToken);
        using var broken = await http.GetAsync(new Uri("/health/ready", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal((HttpStatusCode.OK, """{"status":"ok","checks":{"database":"ok","worker":"ok","storage":"ok"}}"""), (ready.StatusCode, await ready.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)));
        var expected = $$"""{"status":"unavailable","checks":{"database":"ok","worker":"ok","storage":"failed"},"requestId":"{{broken.Headers.GetValues("X-Request-Id").Single()}}"}""";
        Assert.Equal((HttpStatusCode.ServiceUnavailable, expected), (broken.StatusCode, await broken.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)));
    }

    [Theory]
    [InlineData("Jobs:LeaseSeconds", "0", "Jobs: The field LeaseSeconds must be between")]
    [InlineData("Jobs:SlowWorkers", "-1", "SlowWorkers")]
    [InlineData("Generations:DeadlineSeconds", "0", "DeadlineSeconds")]
    [InlineData("Credits:Welcome", "-1", "Welcome")]
    [InlineData("Pages:PerMinute", "none", "Pages:PerMinute")]
    public void A_setting_that_makes_no_sense_stops_the_start_and_is_named(string name, string value, string said)
    {
        var settings = new ConfigurationBuilder().AddJsonFile(Path.Combine(Source.Root, "src/Server/appsettings.json")).AddInMemoryCollection([new(name, value)]).Build();
        using var parts = new ServiceCollection().AddLogging().AddParts(settings, Path.GetTempPath()).BuildServiceProvider();

        var refusal = Assert.ThrowsAny<Exception>(parts.GetRequiredService<IStartupValidator>().Validate);

        Assert.Contains(said, CannotStart.Said(refusal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Events_are_forgotten_after_thirty_days()
    {
        var app = shared.App;
        var account = (await app.Caller(credits: 0)).Account;
        await app.Execute("insert into events (account_id, name, data, at) select $1, 'test', '{}', now() - n * interval '1 day' + interval '12 hours' from generate_series(20, 40) n", account);

        await app.Services.GetRequiredService<ForgetEvents>().Run(TestContext.Current.CancellationToken);

        Assert.Equal(11, await app.Scalar<long>("select count(*) from events where name = 'test'"));
    }
}
