using Npgsql;

namespace Rpd.Server.Database;

/// <summary>The database as part of the program: there before any feature is built.</summary>
public static class PostgresHosting
{
    /// <summary>
    /// Finds or starts PostgreSQL, brings its schema up to date, and registers an <see cref="NpgsqlDataSource"/>.
    /// </summary>
    /// <returns>The caller's, to be given up after the host and everything in it that still writes.</returns>
    public static async Task<DatabaseAddress> AddPostgres(this WebApplicationBuilder builder)
    {
        using var stop = new StopSignals();
        try
        {
            using var logs = LoggerFactory.Create(logging => logging.AddConfiguration(builder.Configuration.GetSection("Logging")).AddSimpleConsole(console => console.SingleLine = true));
            var log = logs.CreateLogger("Rpd.Server.Database");
            var address = await DatabaseAddress.ForServer(builder.Configuration, builder.Environment.ContentRootPath, log, stop.Token);
            await address.Ready(TimeSpan.FromSeconds(30), migrate: true, log, stop.Token);
            builder.Services.AddSingleton(_ => NpgsqlDataSource.Create(address.ConnectionString));
            return address;
        }
        catch (OperationCanceledException e) when (stop.Token.IsCancellationRequested)
        {
            throw new CannotStart("Stopped while the database was starting.", e);
        }
    }
}
