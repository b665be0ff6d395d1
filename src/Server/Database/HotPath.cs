using System.Data.Common;
using Npgsql;

namespace Rpd.Server.Database;

/// <summary>Settings that every connection of ours has unless the operator chose otherwise in the connection string.</summary>
internal static class HotPath
{
    public static string Tuned(string connectionString)
    {
        var connection = new NpgsqlConnectionStringBuilder(connectionString);
        var given = new DbConnectionStringBuilder { ConnectionString = connectionString }.Keys.Cast<string>()
            .Select(key => key.Replace(" ", "", StringComparison.Ordinal)).ToHashSet(StringComparer.OrdinalIgnoreCase);

        // Statements that come back are parsed and planned once per connection instead of once per call.
        if (!given.Contains("MaxAutoPrepare")) connection.MaxAutoPrepare = 100;
        if (!given.Contains("AutoPrepareMinUsages")) connection.AutoPrepareMinUsages = 2;
        // No code of ours leaves anything in a pooled session (locks and settings are the transaction's, the migrator has a session of its own), and
        // resetting it is seven statements before each use.
        if (!given.Contains("NoResetOnClose")) connection.NoResetOnClose = true;
        if (!given.Contains("ApplicationName")) connection.ApplicationName = "RPD Create";
        // A peer that vanished without a word (a node's power cut) must not hold a pooled connection for hours.
        if (!given.Contains("TcpKeepalive")) connection.TcpKeepAlive = true;
        return connection.ConnectionString;
    }
}
