using Npgsql;

namespace Rpd.Server.Database;

/// <summary>The database as part of the host: there before any feature is built, gone after the last of them has stopped.</summary>
public static class PostgresHosting
{
    /// <summary>
    /// Finds or starts PostgreSQL, brings its schema up to date, and registers an <see cref="NpgsqlDataSource"/>.
    /// </summary>
    /// <returns>The address, for registrations that need the connection string; the host disposes of it.</returns>
    public static async Task<DatabaseAddress> AddPostgres(this WebApplicationBuilder builder)
    {
        using var stop = new StopSignals();
        try
        {
            var address = await Open(builder, stop.Token);
            // Made by a factory, so that the container disposes of it even when the host fails to start.
            builder.Services.AddSingleton(_ => address);
            builder.Services.AddHostedService<PostgresStop>();
            builder.Services.AddSingleton(services => NpgsqlDataSource.Create(services.GetRequiredService<DatabaseAddress>().ConnectionString));
            return address;
        }
        catch (OperationCanceledException e) when (stop.Token.IsCancellationRequested)
        {
            throw new CannotStart("Stopped while the database was starting.", e);
        }
    }

    private static async Task<DatabaseAddress> Open(WebApplicationBuilder builder, CancellationToken cancel)
    {
        using var logs = LoggerFactory.Create(logging => logging.AddConfiguration(builder.Configuration.GetSection("Logging")).AddSimpleConsole(console => console.SingleLine = true));
        var log = logs.CreateLogger("Rpd.Server.Database");
        var address = await DatabaseAddress.ForServer(builder.Configuration, builder.Environment.ContentRootPath, log, cancel);
        try
        {
            await ReachableDatabase.Wait(address.ConnectionString, TimeSpan.FromSeconds(30), log, cancel);
            await new Migrator(address.ConnectionString, Migration.Embedded, log).Apply(cancel);
            return address;
        }
        catch
        {
            await address.DisposeAsync();
            throw;
        }
    }

    /// <summary>Registered first and hence stopped last, after everything that still writes.</summary>
    private sealed class PostgresStop(DatabaseAddress address) : IHostedService
    {
        public Task StartAsync(CancellationToken cancel) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancel) => address.DisposeAsync().AsTask();
    }
}
