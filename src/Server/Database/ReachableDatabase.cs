using Npgsql;

namespace Rpd.Server.Database;

internal static class ReachableDatabase
{
    /// <summary>A database in the next container may come up after us; one that refuses the password never will, and is not waited for.</summary>
    public static async Task Wait(string connectionString, TimeSpan patience, ILogger log, CancellationToken cancel)
    {
        var where = new NpgsqlConnectionStringBuilder(connectionString);
        var deadline = DateTime.UtcNow + patience;
        while (true)
        {
            try
            {
                await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
                await connection.OpenAsync(cancel);
                if (connection.PostgreSqlVersion.Major < PostgresBinaries.MajorMin)
                    throw new CannotStart($"The database at {where.Host}:{where.Port} is PostgreSQL {connection.PostgreSqlVersion}; {PostgresBinaries.MajorMin} or newer is needed.");
                return;
            }
            catch (NpgsqlException e) when (DateTime.UtcNow < deadline && (e is not PostgresException answer || answer.IsTransient || answer.SqlState == PostgresErrorCodes.CannotConnectNow))
            {
                log.LogWarning("The database at {Host}:{Port} does not answer yet: {Reason}", where.Host, where.Port, e.Message);
                await Task.Delay(TimeSpan.FromSeconds(1), cancel);
            }
            catch (NpgsqlException e)
            {
                throw new CannotStart($"The database {where.Database} at {where.Host}:{where.Port} cannot be used as {where.Username}: {e.Message}", e);
            }
        }
    }
}
