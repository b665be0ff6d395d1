using System.Globalization;
using Npgsql;

namespace Rpd.Server.Database;

internal static class ClientEnvironment
{
    /// <summary>A connection string in the words of PostgreSQL's own clients. In the environment, because everybody may read a command line.</summary>
    public static IReadOnlyDictionary<string, string> For(string connectionString)
    {
        var connection = new NpgsqlConnectionStringBuilder(connectionString);
        var environment = new Dictionary<string, string>
        {
            ["PGHOST"] = connection.Host ?? "localhost",
            ["PGPORT"] = connection.Port.ToString(CultureInfo.InvariantCulture),
            ["PGDATABASE"] = connection.Database ?? connection.Username ?? "postgres",
            ["PGSSLMODE"] = connection.SslMode switch { SslMode.VerifyCA => "verify-ca", SslMode.VerifyFull => "verify-full", var mode => mode.ToString().ToLowerInvariant() },
        };
        if (connection.Username is { } user) environment["PGUSER"] = user;
        if (connection.Password is { } password) environment["PGPASSWORD"] = password;
        if (connection.RootCertificate is { } root) environment["PGSSLROOTCERT"] = root;
        return environment;
    }
}
