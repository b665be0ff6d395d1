namespace Rpd.Server.Database;

/// <summary>The settings of the embedded cluster. Written anew at each start, so a new version of the program brings its own.</summary>
internal static class ClusterSettings
{
    public const string FileName = "rpd.conf";

    public const string Include = $"""

        # RPD Create rewrites this file at each start. What you set below the line wins.
        include '{FileName}'

        """;

    /// <param name="memoryBytes">Of the machine, or what the container may use of it.</param>
    public static string Text(int port, bool durable, long memoryBytes)
    {
        var sync = durable ? "on" : "off";
        return $"""
            # Written by RPD Create at each start; put your own settings at the end of postgresql.conf.
            listen_addresses = '127.0.0.1'
            port = {port}
            unix_socket_directories = ''
            password_encryption = scram-sha-256
            max_connections = 200
            timezone = 'UTC'

            # The ledger is in here: a commit that was answered is on the disk.
            fsync = {sync}
            synchronous_commit = {sync}
            full_page_writes = {sync}

            shared_buffers = {SharedBuffers(memoryBytes)}MB
            wal_compression = on
            max_wal_size = 1GB
            checkpoint_timeout = 10min
            # Solid-state disks are the rule, and short statements gain nothing from compilation.
            random_page_cost = 1.1
            jit = off
            # Queue tables turn over quickly. A cluster that is thrown away is not tidied: with hundreds of databases, a worker would come by ten times a second.
            autovacuum = {sync}
            autovacuum_naptime = 15s
            # A forgotten transaction stops the clearing of dead rows in every table.
            idle_in_transaction_session_timeout = 5min

            # The program logs the errors of its own statements; what is written here is the life of the cluster.
            log_min_messages = log
            log_checkpoints = off
            log_line_prefix = '%m [%p] '

            """;
    }

    // An eighth: the server and what renders live beside it. With PostgreSQL's usual 128 MB, a list of a gallery of a million works that jumps through
    // their rows (the most liked with a tag) waited for the same pages again and again.
    private static long SharedBuffers(long memoryBytes) => Math.Clamp(memoryBytes / 8 >> 20, 128, 2048);
}
